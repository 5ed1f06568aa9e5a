"""The obligation clock's geometry: one turn is seven days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from arasha.ui.rules.clock import CENTRE, Ring, clock

OPENED = datetime(2026, 3, 20, 15, 40, tzinfo=ZoneInfo("Asia/Almaty"))


def ring(kind: str, due: float, met: float | None = None) -> Ring:
    """A ring raised at the opening, due and met after so many hours."""
    return Ring(kind, OPENED, OPENED + timedelta(hours=due), None if met is None else OPENED + timedelta(hours=met))


def test_the_hand_stands_at_the_bottom_after_half_the_turn() -> None:
    drawn = clock(OPENED, OPENED + timedelta(hours=84), [], frozenset())
    assert drawn.hand is not None
    assert float(drawn.hand[1]) == pytest.approx(CENTRE, abs=0.1)
    assert float(drawn.hand[2]) == pytest.approx(CENTRE + 137, abs=0.1)
    assert drawn.day == 4


def test_after_the_seventh_day_the_hand_stays_away() -> None:
    drawn = clock(OPENED, OPENED + timedelta(hours=169), [], frozenset())
    assert drawn.hand is None
    assert drawn.ends == date(2026, 3, 27)


def test_at_most_six_rings_are_drawn_from_the_outside() -> None:
    drawn = clock(OPENED, OPENED, [ring("open", 24)] * 8, frozenset())
    assert len(drawn.badges) == 6
    assert list(drawn.tracks) == sorted(drawn.tracks, reverse=True)


def test_a_late_ring_runs_on_from_its_due_moment_to_now() -> None:
    drawn = clock(OPENED, OPENED + timedelta(hours=100), [ring("late", 50)], frozenset())
    waited, late = drawn.arcs
    assert "wait" in waited.style
    assert late.style == "late"
    assert late.path.split("A")[0].strip("M").split() == waited.path.split()[-2:]


def test_a_met_ring_has_no_late_arc_even_when_it_was_met_late() -> None:
    drawn = clock(OPENED, OPENED + timedelta(hours=100), [ring("met", 24, 48)], frozenset())
    assert {arc.style for arc in drawn.arcs} == {"open c-thin", "met"}


def test_days_off_hatch_the_rim_and_each_whole_day_has_its_name() -> None:
    off = frozenset({date(2026, 3, 21), date(2026, 3, 22), date(2026, 4, 30)})
    drawn = clock(OPENED, OPENED, [], off)
    assert len(drawn.off) == 2
    assert [label.day.day for label in drawn.labels] == [20, 21, 22, 23, 24, 25, 26, 27]
