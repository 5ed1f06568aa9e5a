"""After a restore the journal goes on behind what went out before it was lost, and says what is not there."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from arasha.kernel.journal import actions, queries, rules
from arasha.kernel.journal.exporters import read_folder
from arasha.kernel.journal.rules.words import summary
from arasha.kernel.journal.tests.sample import CLOCK, entered
from arasha.kernel.journal.tests.world import World, told

# What a backup from before does to a database: the last acts, their changes, rows and seals are not there.
FORGET = (
    "DELETE FROM sample_row WHERE dossier_id = '{dossier}'",
    "DELETE FROM vault_history WHERE scope_key = '{dossier}'",
    "DELETE FROM journal_change WHERE act_id = {act}",
    "DELETE FROM journal_act WHERE id = {act}",
    "DELETE FROM journal_stream WHERE key = '{dossier}'",
    "DELETE FROM journal_export WHERE seal_id = {seal}",
    "DELETE FROM journal_seal WHERE number = {seal}",
)


def lose(world: World, number: int, dossier: UUID) -> tuple[int, int]:
    """Write and seal one act, then go back to before it; returns the act's and the seal's number."""
    act, _ = world.write(dossier)
    sealed = world.seal()
    assert sealed is not None
    assert sealed.number == number
    world.tamper(*(statement.format(dossier=dossier, act=act, seal=number) for statement in FORGET))
    return act, number


def note(world: World, lost: queries.Outside) -> int:
    """Write the act of a restore as the owner, and seal it."""
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(entered(CLOCK))
        actions.skip_lost(lost)
        act = actions.note_restore(backup="2026-03-21T120000Z", lost=lost, now=datetime.now(UTC))
    actions.seal_once(now=datetime.now(UTC), using="owner", least=lost.to + 1)
    actions.export_seals(using="owner")
    return act


@pytest.fixture
def lost(world: World) -> tuple[int, int]:
    """A world with two seals, and a third that is outside only; the lost act and the lost seal."""
    for _ in range(2):
        world.write(uuid4())
        world.seal()
    return lose(world, 3, uuid4())


def test_what_lies_outside_and_is_not_here_is_counted(world: World, lost: tuple[int, int]) -> None:
    found = queries.sealed_outside([world.seals], after=2)
    assert (found.after, found.to, found.seals, found.rows, found.act) == (2, 3, 1, 1, lost[0])
    assert found.since == found.until
    assert queries.sealed_outside([world.seals], after=3) == queries.Outside(3, 3)
    assert queries.sealed_outside([], after=2, known_to=9) == queries.Outside(2, 9)


def test_a_seal_that_no_key_signed_moves_nothing(world: World, lost: tuple[int, int]) -> None:
    (world.seals / "seal-000000000900.txt").write_text(
        (world.seals / "seal-000000000003.txt").read_text().replace('"number": 3', '"number": 900')
    )
    assert queries.sealed_outside([world.seals], after=2).to == 3


def test_without_a_note_the_lost_are_wrong_and_the_next_seal_would_stand_in_their_place(
    world: World, lost: tuple[int, int]
) -> None:
    assert told(world.verify()) >= {("seal_missing",), ("act_deleted", lost[0])}
    world.write(uuid4())
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(entered(CLOCK))
        actions.seal_once(now=datetime.now(UTC))
        assert actions.export_seals() == ["folder"], "what lies outside is never written over"


def test_with_its_note_verify_tells_of_the_loss_and_finds_nothing_wrong(world: World, lost: tuple[int, int]) -> None:
    act = note(world, queries.sealed_outside([world.seals], after=2))
    assert act > lost[0], "no number is used twice"
    report = world.verify()
    assert told(report) == set()
    assert [(finding.kind, finding.act, finding.seal) for finding in report.findings] == [("lost_in_restore", act, 3)]
    assert report.counts["lost_rows"] == 1
    assert any("1 " in line and "restore" in line for line in _english(report))
    _, seals = read_folder(world.seals)
    assert [name for name, _ in seals][-1] == "seal-000000000004.txt"
    world.write(uuid4())
    sealed = world.seal()
    assert sealed is not None
    assert sealed.number == 5
    assert told(world.verify()) == set()


def _english(report: queries.Report) -> list[str]:
    from django.utils import translation  # noqa: PLC0415

    with translation.override("en"):
        return [str(line) for line in summary(report.as_json())]


def test_a_second_copy_of_the_same_seals_is_not_counted_twice(world: World, lost: tuple[int, int]) -> None:
    copy = Path(shutil.copytree(world.seals, world.seals.parent / "copy"))
    note(world, queries.sealed_outside([world.seals, copy], after=2))
    report = world.verify(folders=[world.seals, copy])
    assert told(report) == set()
    assert report.counts["lost_rows"] == 1


@pytest.mark.parametrize("claim", [(0, 3), (1, 3), (2, 2), (2, 1)])
def test_a_note_excuses_nothing_but_its_own_gap(world: World, lost: tuple[int, int], claim: tuple[int, int]) -> None:
    note(world, queries.Outside(after=claim[0], to=claim[1], act=lost[0]))
    assert ("seal_missing",) in told(world.verify()) or ("seal_altered",) in told(world.verify())


def test_rows_that_are_deleted_later_are_wrong_in_spite_of_an_earlier_note(world: World, lost: tuple[int, int]) -> None:
    note(world, queries.sealed_outside([world.seals], after=2))
    act, seal = lose(world, 5, uuid4())
    assert told(world.verify()) == {("seal_missing",), ("act_deleted", act)}
    assert seal == 5


def test_the_application_cannot_skip_numbers(world: World) -> None:
    with (
        transaction.atomic(),
        connections["default"].cursor() as cursor,
        pytest.raises(Exception, match="permission denied"),
    ):
        cursor.execute("SELECT journal.claim_from(10, 100)")


def test_the_stream_of_restores_is_the_systems() -> None:
    assert str(rules.system_stream(rules.RESTORE)) == "system:restore"
