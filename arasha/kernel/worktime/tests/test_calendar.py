"""The shipped calendar, against the rule of the law, a list kept by hand, and the package that knows holidays."""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta

import holidays
import pytest

from arasha.kernel.worktime.rules import ZONE, Calendar, Hours, Kind, Limit, Mark, Unit, due_at, local
from arasha.kernel.worktime.rules.fallback import computed_year
from arasha.kernel.worktime.tests.reviewed import CALENDAR

OFF = {
    2024: "01-01 01-02 01-07 03-08 03-21 03-22 03-23 03-25 05-01 05-07 05-08 05-09 06-16 07-06 07-08 08-30 10-25 12-16",
    2025: "01-01 01-02 01-03 01-07 03-08 03-10 03-21 03-22 03-23 03-24 03-25 05-01 05-07 05-09 06-06 07-06 07-07 "
    "08-30 09-01 10-25 10-27 12-16",
    2026: "01-01 01-02 01-07 03-08 03-09 03-21 03-22 03-23 03-24 03-25 05-01 05-07 05-09 05-11 05-27 07-06 10-25 "
    "10-26 12-16",
    2027: "01-01 01-02 01-04 01-07 03-08 03-15 03-21 03-22 03-23 03-24 05-01 05-03 05-07 05-09 05-10 05-16 07-06 "
    "10-25 12-16",
    2028: "01-01 01-02 01-03 01-04 01-07 03-08 03-15 03-21 03-22 03-23 05-01 05-05 05-07 05-08 05-09 07-06 10-25 "
    "12-16 12-18",
}
WORKED_WEEKENDS = {date(2024, 5, 4), date(2025, 1, 5)}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", OFF)
def test_every_day_of_the_year_is_worked_or_off_as_the_list_says(year: int) -> None:
    off = {date.fromisoformat(f"{year}-{day}") for day in OFF[year].split()}
    for day in days_of(year):
        expected = day in WORKED_WEEKENDS or (day.weekday() < 5 and day not in off)
        assert CALENDAR.works(day) is expected, day
        kind = CALENDAR.mark(day)
        assert (kind is not None) is (day in off or day in WORKED_WEEKENDS), day


@pytest.mark.parametrize("year", OFF)
def test_the_package_that_knows_holidays_agrees(year: int) -> None:
    theirs = set(holidays.country_holidays("KZ", years=year))
    ours = {day for day in days_of(year) if (mark := CALENDAR.mark(day)) and mark.kind is not Kind.MOVED_WORKING}
    assert ours == theirs


@pytest.mark.parametrize("year", OFF)
def test_years_computed_without_the_table_say_the_same(year: int) -> None:
    for day, (kind, names, instead_of) in computed_year(year).items():
        mark = CALENDAR.marks[day]
        assert (mark.kind, (mark.name_kk, mark.name_ru, mark.name_en), mark.instead_of) == (kind, names, instead_of)


@pytest.mark.parametrize("amount", [1, 2, 3, 5, 10])
def test_a_limit_in_working_days_from_every_day_of_five_years_agrees_with_counting_by_hand(amount: int) -> None:
    off = {date.fromisoformat(f"{year}-{day}") for year, days in OFF.items() for day in days.split()}
    every = [day for year in OFF for day in days_of(year)]
    worked = [day for day in every if day in WORKED_WEEKENDS or (day.weekday() < 5 and day not in off)]
    for day in every[:-30]:
        after = worked[bisect_right(worked, day) :][:amount]
        noon = datetime.combine(day, time(12), ZONE)
        assert local(due_at(Limit(amount, Unit.WORKING_DAYS), noon, Hours(), CALENDAR).due).date() == after[-1]


def test_a_moved_day_names_a_day_that_has_the_other_kind() -> None:
    for day, mark in CALENDAR.marks.items():
        if mark.instead_of is None:
            continue
        other = CALENDAR.mark(mark.instead_of)
        assert other is not None
        assert other.kind is not mark.kind
        assert day.weekday() < 5 or mark.kind is Kind.MOVED_WORKING


def test_a_holiday_of_the_state_on_a_weekend_gives_a_day_off_later_and_religious_ones_do_not() -> None:
    moved = {mark.instead_of for mark in CALENDAR.marks.values() if mark.kind is Kind.MOVED_OFF}
    for day, mark in CALENDAR.marks.items():
        if mark.kind is Kind.HOLIDAY and day.weekday() >= 5:
            religious = mark.name_en in ("Orthodox Christmas", "Kurban-ait")
            assert (day in moved) is not religious, day


def test_only_dates_of_kurban_ait_that_nobody_announced_are_estimated() -> None:
    estimated = {day for day, mark in CALENDAR.marks.items() if mark.estimated}
    assert estimated == {date(2026, 5, 27), date(2027, 5, 16), date(2028, 5, 5)}


def test_an_edited_day_wins_also_in_a_year_that_is_computed() -> None:
    day = date(2030, 3, 20)
    mark = Mark(Kind.MOVED_OFF, "Демалыс", "Выходной", "Day off", date(2030, 3, 16))
    calendar = Calendar({day: mark})
    assert not calendar.works(day)
    assert not calendar.works(date(2030, 3, 21))
    assert not Calendar({date(2030, 3, 21): mark}).works(date(2030, 3, 21))


def test_an_ordinary_entry_leaves_the_day_to_the_week() -> None:
    plain = Mark(Kind.ORDINARY, "Кәдімгі күн", "Обычный день", "Ordinary day")
    calendar = Calendar({**CALENDAR.marks, date(2026, 5, 27): plain, date(2026, 3, 21): plain})
    assert calendar.works(date(2026, 5, 27))
    assert not calendar.works(date(2026, 3, 21))
