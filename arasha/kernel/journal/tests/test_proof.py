"""Whoever rewrites the journal, or a row behind its back, is found, and what was rewritten is named."""

from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch
from uuid import uuid4

import psycopg
import pytest
from django.db import connections

from arasha.kernel.journal.queries import proof
from arasha.kernel.journal.queries.proof import reading
from arasha.kernel.journal.tests.world import World, told


@pytest.fixture
def story(world: World) -> dict[str, object]:
    """Three acts on one dossier, one on another, two looks, all sealed and exported."""
    dossier = uuid4()
    acts = [world.write(dossier, name=f"Name {number}") for number in range(3)]
    other = world.write(uuid4())
    look, second_look = world.look(), world.look()
    assert world.seal() is not None
    return {"dossier": dossier, "acts": acts, "other": other, "look": look, "second_look": second_look}


def test_an_untouched_journal_is_proved_and_says_how_much(world: World, story: dict[str, object]) -> None:
    report = world.verify()
    assert told(report) == set()
    assert (report.counts["acts"], report.counts["changes"], report.counts["log_rows"]) == (4, 4, 2)
    assert (report.counts["rows"], report.unsealed, report.seals_not_outside) == (4, 0, 0)


def test_what_is_not_sealed_yet_is_said_to_stand_by_itself(world: World, story: dict[str, object]) -> None:
    world.write(uuid4())
    report = world.verify()
    assert told(report) == set()
    assert report.unsealed == 1
    assert report.oldest_unsealed is not None


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE journal_act SET actor_user = 1 WHERE id = {act}", "act_altered"),
        ("UPDATE journal_act SET codes = '{{\"a\": 1}}' WHERE id = {act}", "act_altered"),
        ("UPDATE journal_act SET at = at + interval '1 second' WHERE id = {act}", "act_altered"),
        ("UPDATE journal_act SET sealed_reference = gen_random_uuid() WHERE id = {act}", "act_altered"),
        ("UPDATE journal_act SET hash = sha256('x') WHERE id = {act}", "act_altered"),
        ("DELETE FROM journal_change WHERE act_id = {act}; DELETE FROM journal_act WHERE id = {act}", "act_deleted"),
    ],
)
@pytest.mark.parametrize("which", [0, 2])
def test_an_altered_or_deleted_act_is_named_even_the_last_of_its_chain(
    world: World, story: dict[str, list[tuple[int, object]]], statement: str, kind: str, which: int
) -> None:
    act = story["acts"][which][0]
    world.tamper(statement.format(act=act))
    assert (kind, act) in told(world.verify(state=False))


def test_a_last_act_rewritten_with_its_hash_and_the_streams_head_is_named(
    world: World, story: dict[str, list[tuple[int, object]]]
) -> None:
    act = story["acts"][2][0]
    world.tamper(
        f"UPDATE journal_act SET verb = 'nothing', hash = sha256('a good forgery') WHERE id = {act}",
        f"UPDATE journal_stream SET head = sha256('a good forgery') WHERE key = '{story['dossier']}'",
    )
    assert ("act_altered", act) in told(world.verify(state=False))


def test_an_inserted_act_is_named(world: World, story: dict[str, list[tuple[int, object]]]) -> None:
    world.tamper(
        'INSERT INTO journal_act SELECT (a).* FROM (SELECT jsonb_populate_record(x, \'{"id": 900, "seq": 4}\') AS a'
        f" FROM journal_act x WHERE id = {story['acts'][2][0]}) y"
    )
    found = told(world.verify(state=False))
    assert {("act_altered", 900), ("act_inserted", 900), ("chain_broken", 900)} <= found


def test_reordered_acts_are_named(world: World, story: dict[str, list[tuple[int, object]]]) -> None:
    first, second, _ = (act for act, _ in story["acts"])
    world.tamper(
        f"UPDATE journal_act SET seq = 100 WHERE id = {first}",
        f"UPDATE journal_act SET seq = 1 WHERE id = {second}",
        f"UPDATE journal_act SET seq = 2 WHERE id = {first}",
    )
    found = told(world.verify(state=False))
    assert {("act_altered", first), ("act_altered", second), ("chain_broken", first)} <= found


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ('UPDATE journal_change SET columns = columns || \'{{"state": "x"}}\' WHERE act_id = {act}', "change_altered"),
        ("UPDATE journal_change SET row_key = 'x' WHERE act_id = {act}", "change_altered"),
        ("DELETE FROM journal_change WHERE act_id = {act}", "change_deleted"),
        (
            "INSERT INTO journal_change (act_id, table_name, row_key, operation, scope, columns)"
            " VALUES ({act}, 'sample_row', 'x', 'D', '', '{{}}')",
            "change_inserted",
        ),
    ],
)
def test_an_altered_deleted_or_inserted_change_is_named(
    world: World, story: dict[str, list[tuple[int, object]]], statement: str, kind: str
) -> None:
    act = story["acts"][1][0]
    world.tamper(statement.format(act=act))
    assert (kind, act) in {(found[0], found[-1]) for found in told(world.verify(state=False))}


def test_an_altered_or_deleted_look_is_named(world: World, story: dict[str, object]) -> None:
    world.tamper(
        f"UPDATE sample_log SET \"user\" = 2 WHERE id = '{story['look']}'",
        f"DELETE FROM sample_log WHERE id = '{story['second_look']}'",
    )
    assert told(world.verify(state=False)) == {
        ("log_altered", "sample_log", str(story["look"])),
        ("log_deleted", "sample_log", str(story["second_look"])),
    }


def test_a_look_rewritten_with_its_hash_is_named(world: World, story: dict[str, object]) -> None:
    world.tamper(
        f"UPDATE sample_log SET \"user\" = 2 WHERE id = '{story['look']}'",
        "UPDATE sample_log t SET hash = sha256(convert_to(jsonb_strip_nulls("
        "to_jsonb(t) - 'hash' - 'sealed_in')::text, 'UTF8'))",
    )
    assert ("log_altered", "sample_log", str(story["look"])) in told(world.verify(state=False))


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        ("UPDATE sample_row SET state = 'closed' WHERE id = '{row}'", "state"),
        ("UPDATE sample_row SET weight = 1.5 + 1 WHERE id = '{row}'", "weight"),
        ("UPDATE sample_row SET name = 'Another' WHERE id = '{row}'", "name"),
        ("UPDATE sample_row SET born = NULL WHERE id = '{row}'", "born"),
        ("UPDATE sample_row SET note = '\\x0103' WHERE id = '{row}'", "note"),
    ],
)
def test_a_row_altered_behind_the_triggers_back_is_named_with_its_column(
    world: World, story: dict[str, list[tuple[int, object]]], statement: str, column: str
) -> None:
    act, row = story["acts"][0]
    world.tamper(statement.format(row=row))
    assert told(world.verify(state=False)) == set()
    assert told(world.verify()) == {("row_altered", "sample_row", str(row), column, act)}


def test_a_row_deleted_or_inserted_without_an_act_is_named(
    world: World, story: dict[str, list[tuple[int, object]]]
) -> None:
    act, row = story["acts"][0]
    stranger = uuid4()
    world.tamper(
        f"DELETE FROM sample_row WHERE id = '{row}'",
        f"INSERT INTO sample_row (id, dossier_id) VALUES ('{stranger}', '{uuid4()}')",
    )
    assert told(world.verify()) == {
        ("row_deleted", "sample_row", str(row), act),
        ("row_inserted", "sample_row", str(stranger)),
    }


def test_a_replicas_session_is_no_way_around(world: World, story: dict[str, list[tuple[int, object]]]) -> None:
    with psycopg.connect(world.database.superuser) as superuser:
        superuser.execute("SET session_replication_role = replica")
        for statement, state in (
            ("UPDATE sample_row SET state = 'stolen'", "AR410"),
            ("TRUNCATE sample_row", "AR411"),
            ("DELETE FROM journal_act", "AR411"),
            ("UPDATE journal_change SET row_key = 'x'", "AR411"),
            ("TRUNCATE journal_change", "AR411"),
            ("DELETE FROM sample_log", "AR411"),
        ):
            with pytest.raises(psycopg.DatabaseError) as caught, superuser.transaction():
                superuser.execute(statement.encode())
            assert caught.value.sqlstate == state
    assert told(world.verify()) == set()


def test_a_trigger_that_is_off_or_gone_is_named(world: World, story: dict[str, object]) -> None:
    with psycopg.connect(world.database.superuser) as superuser:
        superuser.execute("ALTER TABLE sample_row DISABLE TRIGGER journal_row")
        superuser.execute("ALTER TABLE journal_act ENABLE TRIGGER guard")
    assert told(world.verify(state=False)) == {
        ("guard_missing", "sample_row", "journal_row"),
        ("guard_missing", "journal_act", "guard"),
    }


def test_history_in_the_vault_is_held_to_the_journals_commitments(
    world: World, story: dict[str, list[tuple[int, object]]]
) -> None:
    _, row = story["acts"][0]
    act = world.act(story["dossier"], "UPDATE sample_row SET name = 'Married' WHERE id = %s", row)  # type: ignore[arg-type]
    assert told(world.verify()) == set()
    world.tamper("UPDATE vault_history SET old_value = 'x' WHERE column_name = 'name' AND old_value IS NOT NULL")
    assert told(world.verify()) == {("history_altered", "sample_row", str(row), "name", act)}
    world.tamper("DELETE FROM vault_history WHERE column_name = 'born'")
    assert ("history_missing", "sample_row", str(row), "born") in {found[:4] for found in told(world.verify())}


def test_a_bulk_update_a_delete_and_a_moved_row_replay_cleanly(
    world: World, story: dict[str, list[tuple[int, object]]]
) -> None:
    for statement in (
        "UPDATE sample_row SET state = 'counted', weight = 2",
        f"UPDATE sample_row SET facet = 8, dossier_id = '{uuid4()}' WHERE id = '{story['acts'][0][1]}'",
        f"DELETE FROM sample_row WHERE id = '{story['acts'][1][1]}'",
        "UPDATE sample_row SET name = NULL, seen_at = now()",
    ):
        world.act(uuid4(), statement)
    report = world.verify()
    assert told(report) == set()
    assert report.counts["rows"] == 3


def test_both_halves_of_the_proof_see_one_moment(world: World, story: dict[str, object]) -> None:
    count = "SELECT count(*) FROM public.journal_act"
    with reading.snapshot("owner") as reader:
        shared = reader.share()
        world.write(uuid4())

        def beside() -> int:
            with reading.snapshot("owner", shared=shared) as other:
                found = other.all(count)
            connections["owner"].close()
            return int(found[0][0])

        with ThreadPoolExecutor(1) as thread:
            assert (reader.all(count)[0][0], thread.submit(beside).result()) == (4, 4)
    with reading.snapshot("owner") as reader:
        assert reader.all(count)[0][0] == 5


def test_what_is_found_is_told_in_one_order_acts_then_chains_then_logs_then_seals(
    world: World, story: dict[str, list[tuple[int, object]]]
) -> None:
    act = story["acts"][0][0]
    world.tamper(
        f"UPDATE journal_act SET hash = sha256('x') WHERE id = {act}",
        f"UPDATE sample_log SET \"user\" = 2 WHERE id = '{story['look']}'",
        "UPDATE journal_seal SET leaves = 7",
    )
    kinds = [finding.kind for finding in world.verify(state=False).findings]
    assert kinds == ["act_altered", "chain_broken", "log_altered", "seal_altered", "seal_signature", "act_altered"]


def test_a_failure_in_either_half_is_no_clean_report(world: World, story: dict[str, object]) -> None:
    for half in ("prove_acts", "prove_logs"):
        with (
            patch.object(proof, half, side_effect=RuntimeError("made up")),
            pytest.raises(RuntimeError, match="made up"),
        ):
            world.verify(state=False)
    assert told(world.verify(state=False)) == set()
