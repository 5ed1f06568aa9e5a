"""One act for one action; no row changes without one."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.journal import actions, queries, rules
from arasha.kernel.journal.tests.sample import CLASSES, DOCTOR

Rows = Callable[..., list[tuple[Any, ...]]]


def sql(statement: str, *arguments: Any) -> None:
    """Run a statement as the application."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)


def refusal(statement: str, *arguments: Any) -> str:
    """Return the SQLSTATE with which a statement is refused."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        sql(statement, *arguments)
    state: str = caught.value.__cause__.sqlstate  # type: ignore[union-attr]  # psycopg's error
    return state


INSERT = "INSERT INTO sample_row (id, dossier_id, name, note) VALUES (%s, %s, 'Айгүл', '\\x0102')"


def test_an_act_names_who_did_what_where_and_its_rows(rows: Rows, now: datetime) -> None:
    dossier, row = uuid4(), uuid4()
    with actions.act(
        verb="open_case", stream=rules.dossier_stream(dossier), now=now, codes={"grounds": ["a", "b"]}
    ) as opened:
        sql(INSERT, row, dossier)
        sql("UPDATE sample_row SET state = 'open' WHERE id = %s", row)
    assert opened.seq == 1
    assert rows(
        "SELECT verb, codes, actor_user, actor_post, actor_unit, request, at, closed, xid::text FROM journal_act"
    ) == [("open_case", '{"grounds": ["a", "b"]}', 471147111, 471147112, 471147113, "r471147114", now, True, None)]
    changes = rows("SELECT operation, row_key, columns->>'state', columns ? 'name' FROM journal_change ORDER BY id")
    assert changes == [("I", str(row), "new", True), ("U", str(row), "open", False)]


def test_the_hash_covers_the_act_and_its_changes_and_the_chain_goes_on(rows: Rows, now: datetime) -> None:
    stream = rules.dossier_stream(uuid4())
    for verb in ("first", "second"):
        with actions.act(verb=verb, stream=stream, now=now):
            sql(INSERT, uuid4(), stream.key)
    (first, second) = rows("SELECT hash, previous, seq, length(leaves) FROM journal_act ORDER BY id")
    assert bytes(first[1]) == b""
    assert bytes(second[1]) == bytes(first[0])
    assert (first[2:], second[2:]) == ((1, 32), (2, 32))
    assert rows("SELECT seq, head FROM journal_stream WHERE key = %s", stream.key) == [(2, second[0])]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO sample_row (id, dossier_id) VALUES (gen_random_uuid(), gen_random_uuid())",
        "UPDATE sample_row SET state = 'stolen'",
        "DELETE FROM sample_row",
        "MERGE INTO sample_row USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET state = 'stolen'",
    ],
)
def test_a_write_with_no_act_open_is_refused(rows: Rows, now: datetime, statement: str) -> None:
    with actions.act(verb="prepare", stream=rules.system_stream("test"), now=now):
        sql(INSERT, uuid4(), uuid4())
    assert refusal(statement) == "AR410"
    sql("SELECT set_config('arasha.act', id::text, true) FROM (SELECT 1 AS id) forged")
    assert refusal(statement) == "AR410"


def test_an_old_act_cannot_be_taken_up_again(rows: Rows, now: datetime) -> None:
    with actions.act(verb="prepare", stream=rules.system_stream("test"), now=now) as opened:
        sql(INSERT, uuid4(), uuid4())
    sql("SELECT set_config('arasha.act', %s, true)", str(opened.id))
    assert refusal("UPDATE sample_row SET state = 'stolen'") == "AR410"
    assert refusal("SELECT journal.close_act(%s)", opened.id) == "AR410"


def test_truncate_is_refused_even_inside_an_act(sample: None, now: datetime) -> None:
    with actions.act(verb="prepare", stream=rules.system_stream("test"), now=now):
        assert refusal("TRUNCATE sample_row") == "AR411"


def test_a_bulk_update_leaves_one_change_for_each_row(rows: Rows, now: datetime) -> None:
    with actions.act(verb="bulk", stream=rules.system_stream("test"), now=now):
        for _ in range(3):
            sql(INSERT, uuid4(), uuid4())
        sql("UPDATE sample_row SET state = 'counted'")
        sql("UPDATE sample_row SET state = 'counted'")
    assert rows("SELECT count(*) FROM journal_change WHERE operation = 'U'") == [(3,)]


def test_copy_is_journalled_and_refused_without_an_act(rows: Rows, now: datetime) -> None:
    def copy() -> None:
        with connection.cursor() as cursor, cursor.copy("COPY sample_row (id, dossier_id) FROM STDIN") as stream:
            stream.write_row((str(uuid4()), str(uuid4())))

    with pytest.raises(psycopg.DatabaseError) as caught, transaction.atomic():
        copy()
    assert caught.value.sqlstate == "AR410"
    with actions.act(verb="copy", stream=rules.system_stream("test"), now=now):
        copy()
    assert rows("SELECT operation FROM journal_change") == [("I",)]


def test_an_act_inside_an_act_is_refused(sample: None, now: datetime) -> None:
    stream = rules.system_stream("test")
    with actions.act(verb="outer", stream=stream, now=now):
        with (
            pytest.raises(rules.ActInsideAct),
            transaction.atomic(),
            actions.act(verb="inner", stream=stream, now=now),
        ):
            raise AssertionError("never reached")
        sql(INSERT, uuid4(), uuid4())


def test_two_acts_may_follow_each_other_in_one_transaction(rows: Rows, now: datetime) -> None:
    for seq in (1, 2):
        with actions.act(verb="step", stream=rules.system_stream("test"), now=now) as opened:
            assert opened.seq == seq


def test_an_act_needs_a_transaction_a_context_and_an_aware_moment(sample: None, now: datetime) -> None:
    stream = rules.system_stream("test")
    with pytest.raises(ValueError, match="aware"), actions.act(verb="x_y", stream=stream, now=now.replace(tzinfo=None)):
        pass
    sql("SELECT set_config('arasha.context', '', true)")
    with (
        pytest.raises(DatabaseError, match="no context"),
        transaction.atomic(),
        actions.act(verb="x_y", stream=stream, now=now),
    ):
        raise AssertionError("never reached")


def test_an_act_left_open_is_refused_at_commit(sample: None, now: datetime) -> None:
    def halt_and_commit() -> None:
        with suppress(RuntimeError), actions.act(verb="halt", stream=rules.system_stream("test"), now=now):
            raise RuntimeError
        sql("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="left open"), transaction.atomic():
        halt_and_commit()


@pytest.mark.parametrize("value", ["Айгүл Сапарова", "two words", 1.5, object(), ["ok", "not ok"], {"a": "b c"}])
def test_an_act_takes_codes_only_and_never_repeats_what_it_refuses(value: object) -> None:
    with pytest.raises(rules.NotACode) as caught:
        rules.checked_codes({"reason": value})
    assert "Айгүл" not in str(caught.value)
    assert "reason" in str(caught.value)


def test_personal_and_sealed_values_stand_as_commitments_with_their_past_in_the_vault(
    rows: Rows, now: datetime
) -> None:
    dossier, row = uuid4(), uuid4()
    with actions.act(verb="write", stream=rules.dossier_stream(dossier), now=now):
        sql(INSERT, row, dossier)
        sql("UPDATE sample_row SET name = 'Айгүл-Ару', note = '\\x0304', born = '2015-04-01' WHERE id = %s", row)
    assert rows(
        "SELECT count(*) FROM journal_change WHERE columns::text LIKE '%%Айг%%' OR columns::text ~ '030[4]'"
    ) == [(0,)]
    history = rows(
        "SELECT column_name, old_value, length(salt), scope_kind, scope_key, facet FROM vault_history h"
        " JOIN journal_change c ON c.id = h.change_id WHERE c.operation = 'U' ORDER BY 1"
    )
    assert [(name, old and bytes(old)) for name, old, *_ in history] == [
        ("born", None),
        ("name", "Айгүл".encode()),
        ("note", b"\1\2"),
    ]
    assert {tuple(entry[2:]) for entry in history} == {(16, "dossier", dossier, 0)}


def test_a_row_that_moves_leaves_its_past_with_the_earlier_owner(rows: Rows, now: datetime) -> None:
    dossier, other, row = uuid4(), uuid4(), uuid4()
    with actions.act(verb="write", stream=rules.dossier_stream(dossier), now=now):
        sql(INSERT, row, dossier)
        sql("UPDATE sample_row SET dossier_id = %s, facet = 8 WHERE id = %s", other, row)
    assert rows(
        "SELECT scope_key = %s, facet, salt IS NULL, convert_from(old_value, 'UTF8') FROM vault_history h"
        " JOIN journal_change c ON c.id = h.change_id WHERE operation = 'U' AND column_name = 'name' ORDER BY h.id",
        dossier,
    ) == [(True, 0, True, "Айгүл"), (False, 8, False, None)]


def test_a_key_never_changes(sample: None, now: datetime) -> None:
    with actions.act(verb="write", stream=rules.system_stream("test"), now=now):
        sql(INSERT, uuid4(), uuid4())
        assert refusal("UPDATE sample_row SET id = gen_random_uuid()") == "AR411"


def test_what_a_value_reads_like_does_not_depend_on_the_session(rows: Rows, now: datetime) -> None:
    sql("SET LOCAL timezone = 'Asia/Tokyo'")
    with actions.act(verb="write", stream=rules.system_stream("test"), now=now):
        sql("INSERT INTO sample_row (id, dossier_id, seen_at) VALUES (%s, %s, '2026-03-21 00:00+05')", uuid4(), uuid4())
    assert rows("SELECT columns->>'seen_at' FROM journal_change") == [("2026-03-20T19:00:00+00:00",)]


def test_the_time_line_pages_through_a_streams_acts_with_those_of_other_streams(
    rows: Rows, now: datetime, django_assert_num_queries: Callable[[int], Any]
) -> None:
    case, signal = rules.dossier_stream(uuid4()), rules.dossier_stream(uuid4())
    for number in range(5):
        with actions.act(verb=f"step_{number}", stream=case, now=now + timedelta(minutes=number)):
            pass
    with actions.act(verb="join", stream=signal, also=[case], now=now):
        pass
    with actions.act(verb="after", stream=case, now=now):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE arasha_definer")
    first = queries.acts_of(case, limit=3)
    assert [(line.seq, line.verb) for line in first] == [(7, "after"), (6, "join"), (5, "step_4")]
    assert first[1].stream == signal
    rest = queries.acts_of(case, before=first[-1].seq, limit=10)
    assert [line.seq for line in rest] == [4, 3, 2, 1]
    assert [line.verb for line in queries.acts_of(signal)] == ["join"]
    assert first[0].actor_user == DOCTOR["user"]


def test_without_a_policy_of_access_the_application_sees_no_act(sample: None, now: datetime) -> None:
    stream = rules.dossier_stream(uuid4())
    with actions.act(verb="write", stream=stream, now=now) as opened:
        sql(INSERT, uuid4(), stream.key)
    assert [queries.acts_of(stream), queries.changes_of(opened.id)] == [[], []]


def test_the_application_writes_no_journal_table_by_itself(sample: None) -> None:
    for table in ("stream", "act", "link", "change", "seal", "export", "source"):
        for statement in ("INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"):
            assert refusal(statement.format(f"journal_{table}")) == "42501"


def test_a_table_with_an_undeclared_class_or_owner_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown class"):
        rules.row_journal("sample_row", classes={**CLASSES, "name": "secret"}, owner="dossier_id", facet=0)
    with pytest.raises(ValueError, match="needs an owner"):
        rules.row_journal("sample_row", classes=CLASSES)
    with pytest.raises(ValueError, match="not a name"):
        rules.row_journal("sample_row; DROP", classes=CLASSES)
