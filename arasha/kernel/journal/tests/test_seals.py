"""Every minute a signed root leaves the database; nothing that commits late is missed."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

from arasha.kernel.journal import actions, queries, rules
from arasha.kernel.journal.exporters import ExportConflict, Exporter, FolderExporter, MailExporter, read_folder
from arasha.kernel.journal.rules import words
from arasha.kernel.journal.tests.sample import CLOCK, DOCTOR, entered
from arasha.kernel.journal.tests.world import World, told


def leaf(number: int) -> rules.Leaf:
    """Return a leaf."""
    return rules.Leaf("journal_act", str(number), bytes([number]) * 32)


def seal_as(who: dict[str, Any]) -> None:
    """Seal in somebody's context."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(entered(who))
        actions.seal_once(now=datetime.now(UTC))


def test_the_root_depends_on_every_leaf_and_not_on_the_order_they_come_in() -> None:
    leaves = [leaf(number) for number in range(7)]
    root = rules.merkle_root(leaves)
    assert rules.merkle_root(leaves[::-1]) == root
    others = [rules.merkle_root(leaves[:at] + leaves[at + 1 :]) for at in range(7)]
    others += [rules.merkle_root([*leaves[:at], leaf(9), *leaves[at + 1 :]]) for at in range(7)]
    assert root not in others
    assert len(set(others)) == 14


def test_a_seals_file_reads_back_and_holds_numbers_and_hashes_only() -> None:
    text = rules.SealText(3, rules.moment_text(datetime(2026, 3, 21, tzinfo=UTC)), 2, "aa", "bb", "cc")
    file = rules.SealFile(text, b"\1", [leaf(1), leaf(2)])
    assert rules.SealFile.parsed(file.lines()) == file
    assert file.lines().splitlines()[1] == "journal_act 1 " + "01" * 32
    with pytest.raises(ValueError, match="not a seal"):
        rules.SealFile.parsed("{}\n")


def test_seals_follow_each_other_and_lie_outside_read_only_with_a_key_for_one_account(world: World) -> None:
    numbers = [world.write(uuid4())[0] for _ in range(2)]
    first = world.seal()
    look = world.look()
    second = world.seal()
    assert world.seal() is None
    assert first is not None
    assert second is not None
    assert second.previous == first.hash().hex()
    keys, seals = read_folder(world.seals)
    files = [file for _, file in seals if file is not None]
    assert [leaf.key for leaf in files[0].leaves] == [str(number) for number in numbers]
    assert [(leaf.table, leaf.key) for leaf in files[1].leaves] == [("sample_log", str(look))]
    assert list(keys) == [first.key]
    assert stat.S_IMODE((world.seals / "seal-000000000001.txt").stat().st_mode) == 0o444
    key = world.seals.parent / "keys" / "seal_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert told(world.verify()) == set()


def test_nobody_but_the_clock_seals(world: World) -> None:
    world.write(uuid4())
    with pytest.raises(rules.NotTheSealer):
        seal_as(DOCTOR)
    assert queries.oldest_unsealed() is not None
    world.seal()
    assert queries.oldest_unsealed() is None


def test_a_transaction_open_for_long_is_sealed_when_it_commits_and_nothing_is_missed(world: World) -> None:
    slow, quick = uuid4(), uuid4()
    with psycopg.connect(world.database.app) as late:
        late.execute(entered(DOCTOR).encode())
        opened = late.execute(
            "SELECT act FROM journal.open_act('dossier', %s, 'slow', '{}', now() - interval '10 minutes', '[]', false)",
            [str(slow)],
        ).fetchone()
        assert opened is not None
        for _ in range(3):
            world.write(quick)
            assert world.seal() is not None
        late.execute("SELECT journal.close_act(%s)", [opened[0]])
    sealed = world.seal()
    assert sealed is not None
    assert sealed.leaves == 1
    report = world.verify()
    assert told(report) == set()
    assert report.unsealed == 0
    assert [(finding.kind, finding.act, finding.seconds) for finding in report.findings] == [
        ("clock_gap", opened[0], 600)
    ]


def test_a_seal_that_was_altered_deleted_or_signed_by_somebody_else_is_named(world: World) -> None:
    for _ in range(3):
        world.write(uuid4())
        world.seal()
    world.tamper(
        "UPDATE journal_seal SET root = sha256('x') WHERE number = 1",
        "UPDATE journal_seal SET signature = sha512('x') WHERE number = 2",
        "DELETE FROM journal_export WHERE seal_id = 3; DELETE FROM journal_seal WHERE number = 3",
    )
    found = {(finding.kind, finding.seal) for finding in world.verify().findings}
    assert {("seal_altered", 1), ("seal_signature", 2), ("seal_missing", 3)} <= found


def test_a_database_put_back_to_an_earlier_day_is_found_by_what_lies_outside(world: World) -> None:
    world.write(uuid4())
    world.seal()
    last, _ = world.write(uuid4())
    world.seal()
    world.tamper(
        "DELETE FROM journal_export WHERE seal_id = 2; DELETE FROM journal_seal WHERE number = 2",
        f"DELETE FROM journal_change WHERE act_id = {last}; DELETE FROM journal_act WHERE id = {last}",
        "DELETE FROM journal_stream s WHERE NOT EXISTS (SELECT FROM journal_act a WHERE a.stream_key = s.key)",
    )
    assert ("act_deleted", last) in told(world.verify(state=False))
    alone = world.verify(state=False, folders=[])
    assert told(alone) == set()
    assert (alone.outside, alone.unprovable) == ([], ["signatures"])


def test_without_a_copy_outside_a_rewritten_sealed_act_still_breaks_its_seal(world: World) -> None:
    act, _ = world.write(uuid4())
    world.seal()
    world.tamper(f"UPDATE journal_act SET hash = sha256('x') WHERE id = {act}")
    assert ("seal_root",) in told(world.verify(folders=[]))


def test_seals_go_to_every_way_out_and_a_broken_way_holds_no_other_up(world: World, tmp_path: Path) -> None:
    world.write(uuid4())
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, no folder")
    ways: list[Exporter] = [
        FolderExporter("broken", blocked),
        FolderExporter("copy", tmp_path / "copy"),
        MailExporter("mail", "archive@example.org"),
    ]
    seal_as(CLOCK)
    for _ in range(2):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(entered(CLOCK))
            assert actions.export_seals(exporters=ways) == ["broken"]
    assert [message.subject for message in mail.outbox] == ["Arasha seal 1"]
    assert told(world.verify(folders=[tmp_path / "copy"])) == set()


def test_another_seal_of_the_same_number_is_never_written_over(tmp_path: Path) -> None:
    way = FolderExporter("folder", tmp_path)
    text = rules.SealText(1, "0", 1, "aa", "", "cc")
    way.send(rules.SealFile(text, b"\1", [leaf(1)]), b"k" * 32)
    way.send(rules.SealFile(text, b"\1", [leaf(1)]), b"k" * 32)
    with pytest.raises(ExportConflict):
        way.send(rules.SealFile(text, b"\1", [leaf(2)]), b"k" * 32)


def test_a_lost_signing_key_stops_the_sealer_and_is_not_replaced_in_silence(world: World) -> None:
    world.write(uuid4())
    world.seal()
    (world.seals.parent / "keys" / "seal_key").unlink()
    world.write(uuid4())
    with pytest.raises(actions.SealKeyMissing):
        seal_as(CLOCK)


def test_the_command_seals_verifies_in_three_languages_and_fails_when_something_is_wrong(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    act, _ = world.write(uuid4())
    world.write(uuid4())
    call_command("journal", "seal")
    assert "2 rows sealed" in capsys.readouterr().out
    for language, said in (("en", "nothing wrong was found"), ("ru", "нарушений не найдено"), ("kk", "табылған жоқ")):
        call_command("journal", "verify", "--language", language)
        assert said in capsys.readouterr().out
    world.tamper(f"UPDATE journal_act SET verb = 'nothing' WHERE id = {act}")
    with pytest.raises(SystemExit):
        call_command("journal", "verify", "--language", "en")
    assert f"A journal entry was altered: entry {act}, stream dossier:" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("journal", "verify", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["findings"][0]["act"] == act


@pytest.mark.parametrize("kind", sorted(queries.KINDS))
def test_every_kind_of_finding_has_its_sentence(kind: str) -> None:
    with translation.override("en"):
        assert words.sentence({"kind": kind, "act": 12}) == f"{words.SENTENCES[kind]}: entry 12"
