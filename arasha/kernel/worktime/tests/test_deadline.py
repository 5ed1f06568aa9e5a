"""Deadlines one by one: units, nights, weekends, moved days, leap years, the change of zone."""

from datetime import UTC, date, datetime, time

import pytest

from arasha.kernel.worktime.rules import (
    AROUND_THE_CLOCK,
    Calendar,
    Hours,
    HoursInvalid,
    Limit,
    LimitInvalid,
    NaiveMoment,
    Unit,
    YearUnknown,
    due_at,
    local,
)
from arasha.kernel.worktime.tests.reviewed import CALENDAR, moment

OFFICE = Hours(time(9), time(18))
CLINIC = Hours(time(8), time(20))
MINUTES, HOURS, WORK_HOURS, WORK_DAYS, DAYS = Unit


def due(amount: int, unit: Unit, since: str, hours: Hours = OFFICE, *, stands: bool = False) -> str:
    found = due_at(Limit(amount, unit, stands), moment(since), hours, CALENDAR).due
    return f"{local(found):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


@pytest.mark.parametrize(
    ("since", "amount", "end"),
    [
        ("2026-01-05 10:00", 1, "2026-01-06 18:00"),  # the day after is the eve of Christmas
        ("2026-01-06 10:00", 1, "2026-01-08 18:00"),  # 7 January is off
        ("2026-01-09 10:00", 1, "2026-01-12 18:00"),  # over a weekend
        ("2026-01-09 23:59", 1, "2026-01-12 18:00"),
        ("2026-01-10 00:00", 1, "2026-01-12 18:00"),  # a notice on Saturday
        ("2026-01-11 12:00", 1, "2026-01-12 18:00"),  # on Sunday
        ("2026-01-12 00:00", 1, "2026-01-13 18:00"),
        ("2026-03-06 10:00", 1, "2026-03-10 18:00"),  # 8 March on Sunday moves to Monday
        ("2026-03-19 10:00", 1, "2026-03-20 18:00"),
        ("2026-03-19 10:00", 2, "2026-03-26 18:00"),
        ("2026-03-21 10:00", 1, "2026-03-26 18:00"),  # a notice on Nauryz
        ("2026-03-25 10:00", 1, "2026-03-26 18:00"),  # a notice on the moved day
        ("2026-04-30 10:00", 1, "2026-05-04 18:00"),
        ("2026-05-06 10:00", 1, "2026-05-08 18:00"),
        ("2026-05-08 10:00", 1, "2026-05-12 18:00"),  # Victory Day on Saturday moves to Monday
        ("2026-05-26 10:00", 1, "2026-05-28 18:00"),  # Kurban-ait, estimated
        ("2026-07-03 10:00", 1, "2026-07-07 18:00"),
        ("2026-08-28 10:00", 1, "2026-08-31 18:00"),  # 30 August is no holiday in 2026
        ("2026-10-23 10:00", 1, "2026-10-27 18:00"),
        ("2026-12-15 10:00", 1, "2026-12-17 18:00"),
        ("2026-12-31 10:00", 1, "2027-01-05 18:00"),  # over New Year, Saturday's holiday moves to Monday
        ("2024-05-03 10:00", 1, "2024-05-04 18:00"),  # a Saturday worked for Wednesday 8 May
        ("2024-05-03 10:00", 2, "2024-05-06 18:00"),
        ("2024-05-06 10:00", 1, "2024-05-10 18:00"),  # 7 holiday, 8 moved off, 9 holiday
        ("2024-05-04 10:00", 1, "2024-05-06 18:00"),  # a notice on the worked Saturday
        ("2024-12-31 10:00", 1, "2025-01-05 18:00"),  # a Sunday worked for Friday 3 January
        ("2024-12-31 10:00", 2, "2025-01-06 18:00"),
        ("2024-02-28 10:00", 1, "2024-02-29 18:00"),  # leap day
        ("2024-02-29 10:00", 1, "2024-03-01 18:00"),
        ("2025-02-28 10:00", 1, "2025-03-03 18:00"),
        ("2028-02-28 10:00", 1, "2028-02-29 18:00"),
        ("2026-01-12 10:00", 5, "2026-01-19 18:00"),
        ("2026-01-12 10:00", 10, "2026-01-26 18:00"),
        ("2026-03-02 10:00", 15, "2026-03-27 18:00"),
        ("2027-05-06 10:00", 1, "2027-05-11 18:00"),
        ("2028-12-15 10:00", 1, "2028-12-19 18:00"),
    ],
)
def test_working_days(since: str, amount: int, end: str) -> None:
    assert due(amount, WORK_DAYS, since) == end


@pytest.mark.parametrize(
    ("since", "amount", "unit", "end"),
    [
        ("2026-01-07 02:00", 1, HOURS, "2026-01-07 03:00"),  # a closed clinic, night, holiday: it stands
        ("2026-01-07 23:30", 1, HOURS, "2026-01-08 00:30"),
        ("2026-01-07 02:00", 1, WORK_HOURS, "2026-01-08 09:00"),  # working hours wait for opening
        ("2026-01-08 07:59", 1, WORK_HOURS, "2026-01-08 09:00"),
        ("2026-01-08 08:00", 1, WORK_HOURS, "2026-01-08 09:00"),
        ("2026-01-08 19:00", 1, WORK_HOURS, "2026-01-08 20:00"),  # exactly until closing
        ("2026-01-08 19:01", 1, WORK_HOURS, "2026-01-09 08:01"),
        ("2026-01-08 20:00", 1, WORK_HOURS, "2026-01-09 09:00"),  # at closing it is closed
        ("2026-01-09 19:30", 1, WORK_HOURS, "2026-01-12 08:30"),  # over a weekend
        ("2026-01-09 19:30", 12, WORK_HOURS, "2026-01-12 19:30"),
        ("2026-01-09 19:30", 13, WORK_HOURS, "2026-01-13 08:30"),
        ("2026-03-20 19:30", 2, WORK_HOURS, "2026-03-26 09:30"),
        ("2024-05-03 19:00", 2, WORK_HOURS, "2024-05-04 09:00"),  # the worked Saturday
        ("2026-01-08 12:00", 30, MINUTES, "2026-01-08 12:30"),
        ("2026-01-08 23:50", 30, MINUTES, "2026-01-09 00:20"),
        ("2026-03-20 12:00", 72, HOURS, "2026-03-23 12:00"),
        ("2024-02-28 12:00", 24, HOURS, "2024-02-29 12:00"),
        ("2024-02-29 12:00", 24, HOURS, "2024-03-01 11:00"),  # the clocks went back an hour at midnight
        ("2024-02-29 12:00", 12, HOURS, "2024-02-29 23:00"),  # the second 23:00 of that day
    ],
)
def test_hours_and_minutes_of_a_clinic_open_from_8_to_20(since: str, amount: int, unit: Unit, end: str) -> None:
    assert due(amount, unit, since, CLINIC) == end


@pytest.mark.parametrize(
    ("since", "amount", "stands", "hours", "end"),
    [
        ("2026-01-12 10:00", 1, False, OFFICE, "2026-01-13 18:00"),
        ("2026-01-09 10:00", 1, False, OFFICE, "2026-01-12 18:00"),  # Saturday moves to Monday
        ("2026-01-09 10:00", 1, True, OFFICE, "2026-01-10 23:59:59"),
        ("2026-01-09 10:00", 1, False, AROUND_THE_CLOCK, "2026-01-10 23:59:59"),
        ("2026-01-09 10:00", 3, False, OFFICE, "2026-01-12 18:00"),  # inner days off count
        ("2026-03-18 10:00", 3, False, OFFICE, "2026-03-26 18:00"),
        ("2026-03-18 10:00", 3, False, AROUND_THE_CLOCK, "2026-03-21 23:59:59"),
        ("2024-05-03 10:00", 1, False, OFFICE, "2024-05-04 18:00"),  # the worked Saturday is no day off
        ("2026-01-12 10:00", 30, False, OFFICE, "2026-02-11 18:00"),
        ("2024-02-12 10:00", 30, False, OFFICE, "2024-03-13 18:00"),
        ("2025-02-12 10:00", 30, False, OFFICE, "2025-03-14 18:00"),
        ("2026-12-01 10:00", 30, False, OFFICE, "2026-12-31 18:00"),
        ("2026-12-02 10:00", 30, False, OFFICE, "2027-01-05 18:00"),
    ],
)
def test_calendar_days(since: str, amount: int, stands: bool, hours: Hours, end: str) -> None:
    assert due(amount, DAYS, since, hours, stands=stands) == end


def test_an_hour_that_ends_at_midnight_belongs_to_the_next_day() -> None:
    derivation = due_at(Limit(1, HOURS), moment("2026-03-20 23:00"), OFFICE, CALENDAR)
    assert local(derivation.due) == moment("2026-03-21 00:00")
    assert [day.date.day for day in derivation.days] == [20, 21]


def test_the_country_was_an_hour_further_east_before_march_2024() -> None:
    before = due_at(Limit(1, WORK_DAYS), moment("2024-02-27 10:00"), OFFICE, CALENDAR).due
    after = due_at(Limit(1, WORK_DAYS), moment("2024-02-29 10:00"), OFFICE, CALENDAR).due
    assert before == datetime(2024, 2, 28, 12, tzinfo=UTC)
    assert after == datetime(2024, 3, 1, 13, tzinfo=UTC)


def test_the_moment_may_come_in_any_zone() -> None:
    utc = due_at(Limit(1, WORK_DAYS), datetime(2026, 3, 20, 18, 55, tzinfo=UTC), OFFICE, CALENDAR)
    assert utc == due_at(Limit(1, WORK_DAYS), moment("2026-03-20 23:55"), OFFICE, CALENDAR)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(NaiveMoment):
        due_at(Limit(1, HOURS), datetime(2026, 3, 20, 12), OFFICE, CALENDAR)  # noqa: DTZ001


@pytest.mark.parametrize("amount", [0, -1, True, 1.5, 10**9, "1"])
def test_a_limit_that_is_no_whole_amount_within_ten_years_is_refused(amount: int) -> None:
    for unit in Unit:
        with pytest.raises(LimitInvalid):
            Limit(amount, unit)


@pytest.mark.parametrize(
    "codes",
    [{}, {"amount": 1}, {"unit": "clock_hours"}, {"amount": 1, "unit": "moons"}, {"amount": 1, "unit": DAYS, "x": 1}],
)
def test_a_limit_that_a_procedure_wrote_wrongly_is_refused(codes: dict[str, object]) -> None:
    with pytest.raises(LimitInvalid):
        Limit.from_json(codes)


def test_a_body_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(HoursInvalid):
        Hours(time(20), time(8))


def test_a_year_that_the_table_lacks_is_computed_and_marked_as_estimated() -> None:
    derivation = due_at(Limit(1, WORK_DAYS), moment("2030-03-20 10:00"), OFFICE, CALENDAR)
    assert local(derivation.due).date() == date(2030, 3, 26)
    assert derivation.estimated
    assert not due_at(Limit(1, WORK_DAYS), moment("2026-03-20 10:00"), OFFICE, CALENDAR).estimated


def test_a_year_before_the_law_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(YearUnknown):
        due_at(Limit(1, WORK_DAYS), moment("1995-03-20 10:00"), OFFICE, Calendar())
