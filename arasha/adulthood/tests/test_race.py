"""The race against the 18th birthday: days go in, days come out."""

from datetime import date, timedelta

import pytest

from arasha.adulthood.rules import birthday, race

ON = date(2026, 11, 23)


def test_at_17_years_and_11_months_the_limits_end_after_the_birthday() -> None:
    found = race(date(2008, 12, 23), "preparation", ON, ON)
    assert (found.state, found.days_left, found.majority) == ("late", 30, date(2026, 12, 23))
    assert [leg.ends for leg in found.legs] == [date(2026, 12, 23), date(2027, 2, 23), date(2027, 3, 23)]
    assert [leg.begin_by for leg in found.legs] == [date(2026, 8, 22), date(2026, 9, 22), date(2026, 11, 22)]


def test_at_14_there_is_time() -> None:
    found = race(date(2012, 5, 1), "preparation", ON, ON)
    assert found.state == "in_time"
    assert not any(leg.late for leg in found.legs)


def test_the_last_day_of_the_limits_on_the_birthday_itself_is_begin_by_and_the_day_before_is_not() -> None:
    assert race(date(2009, 3, 23), "preparation", ON, ON).state == "late"
    assert race(date(2009, 3, 24), "preparation", ON, ON).state == "in_time"


@pytest.mark.parametrize(
    ("birth", "comes"), [(date(2008, 2, 29), date(2026, 2, 28)), (date(2010, 2, 28), date(2028, 2, 28))]
)
def test_born_on_29_february_it_is_the_earlier_day(birth: date, comes: date) -> None:
    assert birthday(birth, 18) == comes


def test_two_days_before_18_and_after_it_nothing_stops_counting() -> None:
    assert race(date(2008, 11, 25), "preparation", ON, ON).days_left == 2
    assert race(date(2008, 11, 23), "court", ON, ON).state == "over"


def test_an_unknown_birthday_is_said_to_be_unknown() -> None:
    found = race(None, "appeal", ON, ON)
    assert (found.state, found.days_left, found.legs[0].begin_by) == ("unknown", None, None)


def test_a_stage_that_outlasts_its_limit_goes_on_from_today() -> None:
    found = race(date(2010, 1, 1), "court", date(2026, 5, 1), ON)
    assert [leg.ends for leg in found.legs] == [ON, date(2026, 12, 23)]


def test_a_stage_that_begins_on_its_last_day_is_in_time_and_a_day_later_is_not() -> None:
    birth = date(2009, 6, 10)
    begin_by = race(birth, "court", ON, ON).legs[0].begin_by
    assert begin_by is not None
    assert race(birth, "court", begin_by, ON).state == "in_time"
    assert race(birth, "court", begin_by + timedelta(days=1), ON).state == "late"
