"""The board's counters equal a count, whatever happens and however long nobody folds them."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.cases.actions import judge_safety
from arasha.coordination import actions, queries, rules
from arasha.coordination.models import Delta, Sighting, Tally
from arasha.kernel.access.actions import enter_system
from arasha.obligations.actions import meet, sweep_batch
from arasha.obligations.models import Obligation
from arasha.obligations.rules import RUNNING
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NATION, NOW, REGION, District
from arasha.signals.actions import open_case_from
from arasha.signals.tests.test_reporting import reported
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def mended() -> int:
    """Return in how many cells counters and count differ."""
    return actions.mend_counters(actor=enter_system("count"), now=NOW)


def fold() -> None:
    actions.fold_counters(actor=enter_system("count"), now=NOW)


def board(district: District, who: str = "coordinator", now: datetime = NOW, asked: str = "") -> queries.Board:
    return queries.board(getattr(district, who).enter(), now, asked)


def counted(now: datetime) -> tuple[int, int]:
    """Return how many duties run and how many are late, counted one by one."""
    with as_owner():
        rows = Obligation.objects.filter(state__in=[state.value for state in RUNNING])
        return rows.count(), rows.filter(due_now__lt=now).count()


def test_whatever_is_done_to_duties_the_counters_equal_a_count(district: District) -> None:
    chance = random.Random(5)  # noqa: S311  a fixed order of happenings, not a secret
    duties = [cast.report(district) for _ in range(8)]
    for step in range(25):
        if chance.random() < 0.5:
            fold()
        duty = chance.choice(duties)
        with cast.building():
            row = Obligation.objects.filter(pk=duty.pk)
            match step % 5:
                case 0:
                    row.filter(state="open").update(state="overdue")
                case 1:
                    row.filter(met_at=None, ended_at=None).update(due_now=duty.due_at + chance.randrange(9) * DAY)
                case 2:
                    row.filter(met_at=None, ended_at=None).update(unit=None)
                case 3:
                    row.filter(state__in=["open", "overdue"]).update(
                        state="suspended", suspended_at=NOW, suspended_until=NOW + DAY, next_check_at=None
                    )
                case _:
                    row.filter(state="suspended").update(state="open", suspended_at=None, suspended_until=None)
        now = NOW + chance.randrange(12) * DAY + chance.randrange(24) * HOUR
        found = board(district, now=now)
        assert (found.whole.open, found.whole.late) == counted(now)
        assert sum(found.whole.bands) == found.whole.late
    assert mended() == 0


def test_late_counts_from_the_second_and_waits_for_no_sweeper(district: District) -> None:
    duty = cast.report(district)
    assert board(district, now=duty.due_at).whole.late == 0
    late = board(district, now=duty.due_at + timedelta(seconds=1))
    assert (late.whole.late, late.whole.open, late.whole.bands[0]) == (1, 1, 1)
    fold()
    assert board(district, now=duty.due_at + 8 * DAY).whole.bands == [0, 0, 0, 1, 0]


def test_a_sweep_writes_no_counter(district: District) -> None:
    cast.report(district)
    fold()
    sweep_batch(actor=cast.sweeper(), now=NOW + 25 * HOUR)
    with as_owner():
        assert not Delta.objects.filter(kind="duty").exists()
        assert Tally.objects.filter(kind="duty").count() == 1


def test_each_level_sees_its_own_territory_and_nothing_outside(district: District) -> None:
    cast.report(district)
    for who, asked in (("coordinator", ""), ("region", ""), ("region", DISTRICT), ("nation", REGION), ("nation", "")):
        assert board(district, who, asked=asked).whole.open == 1, (who, asked)
    for who, asked in (
        ("coordinator", REGION),
        ("coordinator", "613900000"),
        ("region", NATION),
        ("region", "750000000"),
    ):
        with pytest.raises(DatabaseError, match="not there"), transaction.atomic():
            board(district, who, asked=asked)
    for who in ("inspector", "doctor", "police_head"):
        with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
            board(district, who)


def test_a_file_barred_to_the_reader_is_in_no_figure(district: District) -> None:
    signal = reported(district)
    now = NOW + 30 * DAY
    before = board(district, now=now)
    assert (before.whole.late, sum(map(sum, before.signals.values()))) == (1, 1)
    with cast.building():
        cast.put_bars(signal.dossier_id, [{"user_id": district.coordinator.user}])
    for folded in (False, True):
        if folded:
            fold()
        found = board(district, now=now)
        assert (found.whole.open, found.whole.late, found.whole.oldest) == (0, 0, None)
        assert (dict(found.signals), dict(found.children), found.missing) == ({}, {}, [])
    assert board(district, "region", now=now).whole.late == 1


def test_a_child_counts_as_seen_when_the_step_that_needs_it_is_met(district: District) -> None:
    signal = reported(district)
    case = open_case_from(actor=district.coordinator.enter(), signal=signal.pk, now=NOW + HOUR)
    cast.end_opening(case.dossier_id)
    now = NOW + 20 * DAY
    assert (board(district, now=now).never, board(district, now=now).children[DISTRICT]) == (1, [0, 0, 1, 0])
    assert [row.dossier_id for row in queries.unseen(district.coordinator.enter(), now)] == [case.dossier_id]
    with as_owner():
        duty = Obligation.objects.get(dossier=case.dossier_id)
    meet(actor=district.inspector.enter(), obligation=duty.pk, answer="Seen at home.", now=NOW + 15 * DAY)
    found = board(district, now=now)
    assert (found.never, found.children[DISTRICT]) == (0, [1, 0, 0, 0])
    assert list(queries.unseen(district.coordinator.enter(), now)) == []
    assert queries.unseen(district.neighbour.enter(), NOW + 99 * DAY).count() == 0
    assert mended() == 0


def test_a_child_counts_as_seen_when_whoever_judges_safety_saw_it_and_not_otherwise(district: District) -> None:
    case = open_case_from(actor=district.coordinator.enter(), signal=reported(district).pk, now=NOW)

    def judge(seen: str, state: str) -> Sighting:
        judge_safety(
            actor=district.coordinator.enter(), dossier=case.dossier_id, state=state, where="home", seen=seen, why="",
            now=NOW + HOUR,
        )  # fmt: skip
        return Sighting.objects.get(dossier=case.dossier_id)

    assert judge("not_seen", "unknown").seen_at is None
    assert judge("alone", "safe").seen_at == NOW + HOUR
    assert mended() == 0


def test_what_somebody_changed_past_the_triggers_is_found_and_mended(district: District) -> None:
    cast.report(district)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE coordination_delta SET n = 5 WHERE kind = 'duty'")
        Sighting.objects.update(place="990000000")
    assert mended() > 0
    assert mended() == 0
    assert board(district).whole.open == 1


def test_fridays_are_written_once_and_say_how_it_stood_then(district: District) -> None:
    duty = cast.report(district)
    now = duty.due_at + 15 * DAY
    asked = rules.fridays((now + 5 * HOUR).date())
    assert actions.write_weeks(actor=enter_system("count"), now=now) == len(asked)
    assert actions.write_weeks(actor=enter_system("count"), now=now) == 0
    found = board(district, now=now)
    [row] = found.weeks.values()
    expected = [int(friday >= (duty.due_at + 5 * HOUR).date()) for friday in asked]
    assert row == expected
    assert found.last_friday == 1


def test_counting_is_the_clocks(district: District) -> None:
    actor = district.coordinator.enter()
    for action in (actions.fold_counters, actions.mend_counters, actions.write_weeks):
        with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
            action(actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 3, 27), date(2026, 3, 20)),
        (date(2026, 3, 28), date(2026, 3, 27)),
        (date(2026, 4, 2), date(2026, 3, 27)),
    ],
)
def test_a_friday_counts_when_it_is_over(today: date, last: date) -> None:
    found = rules.fridays(today)
    assert (len(found), found[-1], found[0]) == (12, last, last - 77 * DAY)


def test_cells_that_a_spreadsheet_would_run_are_neutral() -> None:
    assert [rules.neutral(cell) for cell in ("=1+1", "+1", "-1", "@a", "\t=1", "a=1", "")] == [
        *("'=1+1", "'+1", "'-1", "'@a", "'\t=1", "a=1", "")
    ]
