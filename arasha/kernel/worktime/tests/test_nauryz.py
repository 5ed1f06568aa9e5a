"""The story that every deadline of this product must get right: the eve of Nauryz 2026."""

import json
from datetime import time

import pytest

from arasha.kernel.worktime.rules import AROUND_THE_CLOCK, Derivation, Hours, Limit, Unit, due_at, local
from arasha.kernel.worktime.tests.reviewed import CALENDAR, moment

SCHOOL = Hours(time(8, 30), time(18, 30))


def test_one_working_day_before_nauryz_ends_on_the_first_working_day_when_the_school_closes() -> None:
    derivation = due_at(Limit(1, Unit.WORKING_DAYS), moment("2026-03-20 15:40"), SCHOOL, CALENDAR)
    assert local(derivation.due) == moment("2026-03-26 18:30")
    assert [(day.date.day, day.reason.value, day.number) for day in derivation.days] == [
        (20, "notice", None),
        (21, "holiday", None),
        (22, "holiday", None),
        (23, "holiday", None),
        (24, "moved_off", None),
        (25, "moved_off", None),
        (26, "counted", 1),
    ]
    stands_for = [day.mark.instead_of.day for day in derivation.days if day.mark and day.mark.instead_of]
    assert stands_for == [21, 22]


@pytest.mark.parametrize(
    ("unit", "hours", "due"),
    [
        (Unit.CLOCK_MINUTES, SCHOOL, "2026-03-20 23:51"),
        (Unit.CLOCK_MINUTES, AROUND_THE_CLOCK, "2026-03-20 23:51"),
        (Unit.CLOCK_HOURS, SCHOOL, "2026-03-21 00:50"),
        (Unit.CLOCK_HOURS, AROUND_THE_CLOCK, "2026-03-21 00:50"),
        (Unit.WORKING_HOURS, SCHOOL, "2026-03-26 09:30"),
        (Unit.WORKING_HOURS, AROUND_THE_CLOCK, "2026-03-21 00:50"),
        (Unit.WORKING_DAYS, SCHOOL, "2026-03-26 18:30"),
        (Unit.WORKING_DAYS, AROUND_THE_CLOCK, "2026-03-26 23:59:59"),
        (Unit.CALENDAR_DAYS, SCHOOL, "2026-03-26 18:30"),
        (Unit.CALENDAR_DAYS, AROUND_THE_CLOCK, "2026-03-21 23:59:59"),
    ],
)
def test_a_limit_of_one_set_ten_minutes_before_nauryz(unit: Unit, hours: Hours, due: str) -> None:
    derivation = due_at(Limit(1, unit), moment("2026-03-20 23:50"), hours, CALENDAR)
    assert local(derivation.due) == moment(due)
    assert Derivation.from_json(json.loads(json.dumps(derivation.to_json()))) == derivation


def test_a_calendar_day_that_must_not_wait_ends_at_midnight_of_the_holiday() -> None:
    limit = Limit(1, Unit.CALENDAR_DAYS, day_off_stands=True)
    derivation = due_at(limit, moment("2026-03-20 23:50"), SCHOOL, CALENDAR)
    assert local(derivation.due) == moment("2026-03-21 23:59:59")
