"""Whoever can run SQL as the application gains nothing by it."""

import uuid
from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest

from arasha.kernel.access.tests.world import Row, World, enter

App = psycopg.Connection[Row]
SEES = "SELECT count(*) FROM test_note"


def count(app: App, statement: LiteralString = SEES) -> int:
    row = app.execute(statement).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM test_note",
        "SELECT count(*) FROM access_dossier",
        "UPDATE test_note SET body = 'x'",
        "INSERT INTO test_note VALUES (gen_random_uuid(), gen_random_uuid(), 2, 'x')",
        "SELECT * FROM access_member",
        "SELECT * FROM access_post",
        "SELECT * FROM access_user",
        "SELECT access.may_read(gen_random_uuid(), 2::smallint)",
        "SELECT * FROM access.names(ARRAY[1, 2, 3])",
        "SELECT access.add_member(gen_random_uuid(), 1, NULL, 'lead', NULL, '')",
        "SELECT access.open_dossier(gen_random_uuid(), 'case', '615400000', '[]', now())",
    ],
)
def test_without_a_context_nothing_answers(world: World, statement: LiteralString) -> None:
    with world.login() as app, pytest.raises(psycopg.DatabaseError) as caught:
        app.execute(statement)
    assert caught.value.sqlstate == "AR400"


def test_the_context_ends_with_the_transaction(world: World) -> None:
    with world.login() as app:
        with app.transaction():
            enter(app, world.people["guardianship"])
            assert count(app) > 0
        with pytest.raises(psycopg.DatabaseError) as caught:
            app.execute(SEES)
    assert caught.value.sqlstate == "AR400"


def test_a_context_copied_from_another_transaction_is_no_good(world: World) -> None:
    with world.acting("guardianship") as app:
        (stolen,) = app.execute("SELECT current_setting('arasha.context')").fetchone() or ("",)
    with world.login() as app:
        for _ in range(2):
            with app.transaction(force_rollback=True):
                app.execute("SELECT set_config('arasha.context', %s, true)", [stolen])
                with pytest.raises(psycopg.DatabaseError) as caught:
                    app.execute(SEES)
            assert caught.value.sqlstate == "AR400"


FORGED = "repeat('0', 64) || substr(current_setting('arasha.context'), 65)"
INJECTIONS: list[LiteralString] = [
    "SELECT count(n.*) FROM (SELECT set_config('arasha.context', FORGED, true)) s, LATERAL (SELECT * FROM test_note) n",
    "WITH s AS MATERIALIZED (SELECT set_config('arasha.context', FORGED, true) AS c) "
    "SELECT count(*) FROM s, test_note WHERE s.c <> ''",
    "SELECT sum(c) FROM (SELECT length(set_config('arasha.context', FORGED, true)) * 0 AS c "
    "UNION ALL SELECT count(*) FROM test_note) u",
    "SELECT count(*) FROM test_note WHERE set_config('arasha.context', FORGED, true) <> ''",
    "SELECT count(*) FROM test_note WHERE body <> (SELECT set_config('arasha.context', FORGED, true))",
]


@pytest.mark.parametrize("number", range(len(INJECTIONS)))
def test_a_context_set_within_the_same_query_gains_nothing(world: World, number: int) -> None:
    statement = INJECTIONS[number].replace(
        "FORGED",
        "repeat('0', 64) || replace(substr(current_setting('arasha.context'), 65), '\"scope\": \"\"', "
        '\'"scope": "nation"\')',
    )
    with world.acting("education_school") as app:
        own = count(app)
        try:
            row = app.execute(statement.encode()).fetchone()
        except psycopg.DatabaseError as error:
            assert error.sqlstate == "AR400"  # noqa: PT017 - either answer is right, more rows are not
        else:
            assert row is not None
            assert int(row[0]) <= own


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE arasha_definer",
        "SET ROLE arasha_owner",
        "SET SESSION AUTHORIZATION arasha_owner",
        "SET session_replication_role = replica",
        "SELECT * FROM access_secret",
        "SELECT * FROM access_session",
        "SELECT * FROM access_bar",
        "SELECT access.set_context('{}')",
        "SELECT access.sign_context('{}')",
        "SELECT access.context_of(1, 1)",
        "SELECT access.put_part(gen_random_uuid(), 1, NULL, 'lead', NULL, '')",
        "SELECT access.install_secret('', '')",
        "SELECT access.renew_context_key()",
        "SELECT access.proven('', '')",
        "SELECT access.hmac('', '', '')",
        "UPDATE access_dossier SET access_units = '{1}'",
        "INSERT INTO access_member SELECT * FROM access_member",
        "UPDATE access_post SET holder_id = 1",
        "UPDATE access_user SET login = 'x'",
        "DELETE FROM access_look",
        "CREATE TABLE mine (id int)",
        "CREATE TEMP TABLE access_member (id int)",
        "CREATE FUNCTION access.units() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE test_note DISABLE ROW LEVEL SECURITY",
        "COPY access_dossier TO PROGRAM 'cat'",
    ],
)
def test_the_application_may_not(world: World, statement: LiteralString) -> None:
    with world.acting("coordination_district") as app, pytest.raises(psycopg.Error) as caught:
        app.execute(statement)
    assert caught.value.sqlstate in {"42501", "42883", "22023"}


def test_turning_row_security_off_shows_nothing(world: World) -> None:
    with world.acting("coordination_district") as app:
        app.execute("SET LOCAL row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(SEES)


TEMP = "DO $$ BEGIN EXECUTE format('{} TEMP ON DATABASE %I {} arasha_app', current_database()); END $$"


@pytest.fixture
def temporary(world: World) -> Iterator[None]:
    """As if an administrator had let the application make temporary tables."""
    world.superuser(TEMP.format("GRANT", "TO"))
    yield
    world.superuser(TEMP.format("REVOKE", "FROM"))


def test_a_temporary_table_named_like_ours_gains_nothing(world: World, temporary: None) -> None:
    with world.acting("education_school") as app:
        own = count(app)
        for table in ("access_member", "access_dossier", "access_secret", "access_session", "access_bar"):
            app.execute(f"CREATE TEMP TABLE {table} AS SELECT 1 AS id, now() AS since".encode())
        app.execute("SET LOCAL search_path = pg_temp, public")
        assert count(app, "SELECT count(*) FROM public.test_note") == own
        (reads,) = app.execute("SELECT access.may_read(%s, 3::smallint)", [world.dossiers["lead"]]).fetchone() or (1,)
        assert reads is False


def test_the_opener_inserts_but_does_not_read_back(world: World) -> None:
    told = uuid.uuid4()
    with world.acting("education_school") as app:
        app.execute("SELECT journal.open_act('dossier', %s, 'tell', '{}', now(), '[]', true)", [str(told)])
        app.execute("SELECT access.open_dossier(%s, 'signal', '615400000', '[]', now())", [told])
        app.execute("INSERT INTO test_note VALUES (%s, %s, 16, 'who told')", [uuid.uuid4(), told])
        with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
            app.execute("INSERT INTO test_note VALUES (%s, %s, 2, 'x') RETURNING id", [uuid.uuid4(), told])
        assert app.execute("SELECT 1 FROM test_note WHERE dossier_id = %s", [told]).fetchone() is None
        assert app.execute("SELECT 1 FROM access_dossier WHERE id = %s", [told]).fetchone() is None


def test_copy_into_a_protected_table_is_refused_and_staging_obeys_the_policies(world: World) -> None:
    world.superuser(
        "CREATE TABLE IF NOT EXISTS test_staging (id uuid, dossier_id uuid, facet smallint, body text);"
        "GRANT SELECT, INSERT ON test_staging TO arasha_app"
    )
    own, others = world.dossiers["lead"], world.dossiers["nobody"]
    with world.acting("guardianship") as app:
        with (
            pytest.raises(psycopg.errors.FeatureNotSupported),
            app.transaction(),
            app.cursor().copy("COPY test_note FROM STDIN") as copy,
        ):
            copy.write_row((str(uuid.uuid4()), str(own), 2, "x"))
        for dossier, allowed in ((own, True), (others, False)):
            with app.cursor().copy("COPY test_staging FROM STDIN") as copy:
                for _ in range(3):
                    copy.write_row((str(uuid.uuid4()), str(dossier), 2, "x"))
            if allowed:
                moved = app.execute("INSERT INTO test_note SELECT * FROM test_staging")
                assert moved.rowcount == 3
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                    app.execute("INSERT INTO test_note SELECT * FROM test_staging WHERE dossier_id = %s", [dossier])


def test_a_foreign_key_does_not_say_whether_a_dossier_exists(world: World) -> None:
    said = []
    for dossier in (world.dossiers["nobody"], uuid.uuid4()):
        with world.acting("guardianship") as app, pytest.raises(psycopg.Error) as caught:
            app.execute("INSERT INTO test_note VALUES (%s, %s, 2, 'x')", [uuid.uuid4(), dossier])
        said.append((caught.value.sqlstate, str(caught.value)))
    assert said[0] == said[1]


def test_a_unique_key_does_not_say_whose_row_it_is(world: World) -> None:
    with psycopg.connect(world.database.superuser) as superuser:
        (taken,) = superuser.execute(
            "SELECT id FROM test_note WHERE dossier_id = %s LIMIT 1", [world.dossiers["nobody"]]
        ).fetchone() or (None,)
    with world.acting("guardianship") as app, pytest.raises(psycopg.errors.UniqueViolation) as caught:
        app.execute("INSERT INTO test_note VALUES (%s, %s, 2, 'x')", [taken, world.dossiers["lead"]])
    # an id is 122 random bits: whoever has it, had the row; the error adds nothing to it
    assert caught.value.diag.message_detail is None
    with world.acting("guardianship") as app:
        before = count(app, "SELECT count(*) FROM access_dossier")
        app.execute("SELECT journal.open_act('system', 'x', 'attack', '{}', now(), '[]', false)")
        for dossier in (world.dossiers["nobody"], world.dossiers["lead"]):
            with pytest.raises(psycopg.DatabaseError) as refused, app.transaction():
                app.execute("SELECT access.open_dossier(%s, 'case', '615400000', '[]', now())", [dossier])
            assert (refused.value.sqlstate, refused.value.diag.message_primary) == ("AR403", "refused")
        assert count(app, "SELECT count(*) FROM access_dossier") == before


def test_updating_or_naming_what_is_not_there_answers_as_what_never_was(world: World) -> None:
    said = []
    for dossier in (world.dossiers["nobody"], uuid.uuid4()):
        for statement in (
            b"SELECT access.hand_over($1, 1, 'x', NULL)",
            b"SELECT access.bar($1, 1, NULL, 'x')",
            b"SELECT access.close_dossier($1, now())",
            b"SELECT access.grant_facet($1, 1, NULL, 17::smallint, false, now() + interval '1 day', 'x')",
        ):
            with world.acting("guardianship") as app, pytest.raises(psycopg.Error) as caught:
                app.execute(statement.replace(b"$1", b"%s::uuid"), [dossier])
            said.append((caught.value.sqlstate, caught.value.diag.message_primary))
    assert said[:4] == said[4:]
    assert {state for state, _ in said} == {"AR404"}
