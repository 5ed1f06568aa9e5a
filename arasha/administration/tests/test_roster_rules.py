"""Rosters as tables: who is on duty, until when, and which hours nobody covers."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.administration.rules.roster import Change, Kind, Line, holes, needed, on_duty, stretches, without
from arasha.kernel.worktime.rules import AROUND_THE_CLOCK, Calendar, Hours
from arasha.kernel.worktime.rules.calendar import Kind as DayKind
from arasha.kernel.worktime.rules.calendar import Mark
from arasha.kernel.worktime.rules.zone import ZONE

MONDAY = date(2026, 3, 16)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)


def on(day: int, clock: str) -> datetime:
    """A moment of the week that begins on Monday 16 March 2026; day 0 is that Monday."""
    return datetime.combine(MONDAY + timedelta(days=day), time.fromisoformat(clock), ZONE)


def line(weekday: int, starts: str, ends: str, name: str = "Aigul", *, deputy: bool = False, **more: datetime) -> Line:
    """Somebody's hours."""
    since, until = more.get("since", SINCE), more.get("until")
    phone = {"Aigul": "+77012345678"}.get(name, "102")
    return Line(weekday, time.fromisoformat(starts), time.fromisoformat(ends), name, phone, deputy, since, until)


def names(lines: list[Line], changes: list[Change], moment: datetime) -> list[str]:
    """Who is on duty."""
    return [one.name for one in on_duty(lines, changes, moment)]


NIGHTS = [line(day, "20:00", "08:00") for day in range(7)]
DAYS = [line(day, "08:00", "20:00", "Daulet") for day in range(7)]


@pytest.mark.parametrize(
    ("moment", "who"),
    [
        (on(0, "07:59"), ["Aigul"]),  # Sunday's night
        (on(0, "08:00"), ["Daulet"]),
        (on(0, "19:59"), ["Daulet"]),
        (on(0, "20:00"), ["Aigul"]),
        (on(1, "00:00"), ["Aigul"]),
    ],
)
def test_a_night_belongs_to_the_evening_on_which_it_begins(moment: datetime, who: list[str]) -> None:
    assert names(NIGHTS + DAYS, [], moment) == who


def test_hours_whose_end_is_their_start_last_a_day() -> None:
    whole = [line(0, "09:00", "09:00")]
    assert [names(whole, [], on(0, "08:59")), names(whole, [], on(1, "08:59"))] == [[], ["Aigul"]]


def test_the_end_of_a_duty_joins_what_follows_at_once_and_stops_at_a_break() -> None:
    lines = [line(0, "08:00", "12:00"), line(0, "12:00", "18:00"), line(0, "18:01", "20:00")]
    assert [one.ends for one in on_duty(lines, [], on(0, "09:00"))] == [on(0, "18:00")]


def test_somebody_who_is_always_there_is_there_for_the_week_ahead() -> None:
    lines = [line(day, "00:00", "00:00") for day in range(7)]
    assert [one.ends for one in on_duty(lines, [], on(0, "09:00"))] == [on(7, "09:00")]


def test_several_may_be_on_duty_and_first_persons_stand_before_deputies() -> None:
    lines = [line(0, "08:00", "20:00", "A", deputy=True), line(0, "08:00", "20:00", "Z"), line(0, "08:00", "20:00")]
    assert names(lines, [], on(0, "09:00")) == ["Aigul", "Z", "A"]


def test_a_change_takes_the_place_of_its_kind_only() -> None:
    lines = [line(0, "08:00", "20:00"), line(0, "08:00", "20:00", "Deputy", deputy=True)]
    instead = Change(Kind.INSTEAD, on(0, "10:00"), on(0, "12:00"), "Other", "102")
    besides = Change(Kind.BESIDES, on(0, "10:00"), on(0, "12:00"), "More", "102")
    nobody = Change(Kind.NOBODY, on(0, "10:00"), on(0, "12:00"))
    assert names(lines, [instead], on(0, "10:00")) == ["Other", "Deputy"]
    assert names(lines, [instead], on(0, "12:00")) == ["Aigul", "Deputy"]
    assert names(lines, [besides], on(0, "10:00")) == ["Aigul", "More", "Deputy"]
    assert names(lines, [nobody], on(0, "10:00")) == []


def test_a_change_cuts_the_duty_around_it() -> None:
    instead = Change(Kind.INSTEAD, on(0, "23:00"), on(1, "02:00"), "Other", "102")
    found = stretches([line(0, "20:00", "08:00")], [instead], on(0, "00:00"), on(2, "00:00"))
    assert [(one.begins, one.ends, one.name) for one in found] == [
        (on(0, "20:00"), on(0, "23:00"), "Aigul"),
        (on(0, "23:00"), on(1, "02:00"), "Other"),
        (on(1, "02:00"), on(1, "08:00"), "Aigul"),
    ]


def test_hours_begin_and_end_with_their_validity() -> None:
    lines = [line(0, "08:00", "20:00", since=on(0, "10:00"), until=on(0, "12:00"))]
    assert [names(lines, [], on(0, clock)) for clock in ("09:59", "10:00", "11:59", "12:00")] == [
        [],
        ["Aigul"],
        ["Aigul"],
        [],
    ]


def test_a_unit_round_the_clock_shows_the_night_that_nobody_covers() -> None:
    lines = [one for one in NIGHTS + DAYS if not (one.weekday == 5 and one.starts == time(20))]
    begin, end = on(0, "00:00"), on(7, "00:00")
    found = holes(needed(AROUND_THE_CLOCK, Calendar(), begin, end), stretches(lines, [], begin, end))
    assert found == [(on(5, "20:00"), on(6, "08:00"))]


def test_a_unit_with_hours_must_cover_them_on_working_days_only() -> None:
    off = {
        MONDAY + timedelta(days=1): Mark(DayKind.HOLIDAY, "м", "п", "h"),
        date(2026, 1, 1): Mark(DayKind.HOLIDAY, "", "", ""),
    }
    wanted = needed(Hours(time(9), time(18)), Calendar(off), on(0, "00:00"), on(7, "00:00"))
    assert [begin for begin, _ in wanted] == [on(day, "09:00") for day in (0, 2, 3, 4)]
    lunch = [line(day, "09:00", "13:00") for day in range(5)] + [line(day, "14:00", "18:00") for day in range(5)]
    found = holes(wanted, stretches(lunch, [], on(0, "00:00"), on(7, "00:00")))
    assert found == [(on(day, "13:00"), on(day, "14:00")) for day in (0, 2, 3, 4)]


def test_nobody_is_needed_where_nobody_said_when_the_door_is_open() -> None:
    assert needed(None, Calendar(), on(0, "00:00"), on(7, "00:00")) == []


minutes = st.integers(0, 3000)
periods = st.lists(st.tuples(minutes, st.integers(1, 400)), max_size=8)


@given(periods, periods)
def test_what_is_left_is_in_the_whole_and_in_nothing_that_was_taken(
    whole: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> None:
    def as_periods(some: list[tuple[int, int]]) -> list[tuple[datetime, datetime]]:
        return [(SINCE + timedelta(minutes=a), SINCE + timedelta(minutes=a + b)) for a, b in some]

    left = without(as_periods(whole), as_periods(taken))
    inside = {m for a, b in whole for m in range(a, a + b)} - {m for a, b in taken for m in range(a, a + b)}
    assert {SINCE + timedelta(minutes=m) for m in inside} == {
        begin + timedelta(minutes=m) for begin, end in left for m in range(int((end - begin).total_seconds() // 60))
    }
