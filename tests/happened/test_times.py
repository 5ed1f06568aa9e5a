"""Vague dates as a table: what surely was, what may have been, what cannot be."""

from datetime import date

import pytest

from arasha.cases import rules
from arasha.cases.rules import DayMissing, EndsTooEarly, NotYet, Point
from arasha.ui.rules import UnknownCode
from tests.happened.story import TODAY, about, in_year

NO = Point()


def day(text: str, precision: str = "day") -> Point:
    return Point(date.fromisoformat(text), precision)


@pytest.mark.parametrize(
    ("since", "until", "goes_on", "surely", "possibly"),
    [
        # "weekly, from about 2013 to 2019": surely in the six years between, perhaps from 2012 on
        (about(2013), in_year(2019), False, range(2014, 2020), range(2012, 2020)),
        (about(2014), NO, True, range(2015, 2027), range(2013, 2027)),
        (in_year(2014), in_year(2014), False, range(2014, 2015), range(2014, 2015)),
        (day("2014-11-01", "month"), day("2015-02-10"), False, range(2014, 2016), range(2014, 2016)),
        # both vague and overlapping: nothing is sure, and it is not lost
        (about(2014), about(2015), False, range(0), range(2013, 2017)),
        # an end that is known to a year touches that year, whatever the beginning
        (about(2015), in_year(2015), False, range(2015, 2016), range(2014, 2016)),
        (NO, in_year(2019), False, range(2019, 2020), range(1990, 2020)),
        (in_year(2019), NO, False, range(2019, 2020), range(2019, 2027)),
        (NO, NO, True, range(2026, 2027), range(1990, 2027)),
        (NO, NO, False, range(0), range(1990, 2027)),
        (about(2026), NO, True, range(2026, 2027), range(2025, 2027)),
    ],
)
def test_a_pattern_touches_years_surely_or_perhaps(
    since: Point, until: Point, goes_on: bool, surely: range, possibly: range
) -> None:
    spell = rules.pattern(since, until, TODAY, goes_on=goes_on)
    looked_at = range(1990, 2031)
    assert [year for year in looked_at if spell.surely_in(year)] == list(surely)
    assert [year for year in looked_at if spell.possibly_in(year)] == list(possibly)


@pytest.mark.parametrize(
    ("at", "surely", "possibly"),
    [
        (day("2019-05-03"), [2019], [2019]),
        (day("2019-12-01", "month"), [2019], [2019]),
        (in_year(2019), [2019], [2019]),
        (about(2014), [], [2013, 2014, 2015]),
        (about(2026), [], [2025, 2026]),
        (NO, [], list(range(2010, 2027))),
    ],
)
def test_one_event_was_in_one_year_of_those_that_it_may_mean(at: Point, surely: list[int], possibly: list[int]) -> None:
    spell = rules.event(at, TODAY)
    looked_at = range(2010, 2031)
    assert [year for year in looked_at if spell.surely_in(year)] == surely
    assert [year for year in looked_at if spell.possibly_in(year)] == possibly


@pytest.mark.parametrize(
    ("since", "until", "goes_on", "refused"),
    [
        (day("2026-11-24"), NO, False, NotYet),
        (day("2026-12-01", "month"), NO, False, NotYet),
        (in_year(2027), NO, False, NotYet),
        (about(2027), NO, False, NotYet),
        (in_year(2013), day("2027-01-01"), False, NotYet),
        (in_year(2015), in_year(2014), False, EndsTooEarly),
        (day("2015-03-02"), day("2015-03-01"), False, EndsTooEarly),
        (about(2018), in_year(2014), False, EndsTooEarly),
        (in_year(2013), in_year(2019), True, EndsTooEarly),
    ],
)
def test_what_cannot_be_is_refused(since: Point, until: Point, goes_on: bool, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        rules.check_times(since, until, TODAY, goes_on=goes_on)


@pytest.mark.parametrize(
    ("since", "until", "goes_on"),
    [
        (day("2026-11-23"), NO, False),
        (day("2026-11-30", "month"), NO, False),  # this month, though its last day has not come
        (in_year(2026), NO, True),
        (in_year(2015), about(2014), False),  # both may be 2015
        (day("2015-03-31", "month"), day("2015-03-01"), False),
        (day("0001-01-01", "about"), NO, True),
        (day("1999-12-31", "month"), day("2000-01-01", "month"), False),
    ],
)
def test_what_may_be_is_taken(since: Point, until: Point, goes_on: bool) -> None:
    rules.check_times(since, until, TODAY, goes_on=goes_on)


@pytest.mark.parametrize(("when", "precision"), [(None, "day"), (date(2014, 1, 1), "unknown")])
def test_an_exactness_needs_its_day(when: date | None, precision: str) -> None:
    with pytest.raises(DayMissing):
        Point(when, precision)
    with pytest.raises(UnknownCode):
        Point(date(2014, 1, 1), "roughly")


def test_the_end_of_the_calendar_is_no_error() -> None:
    assert rules.event(Point(date.max, "month"), date.max).surely_in(9999)
    assert rules.event(Point(date.max, "about"), date.max).possibly_in(9998)


def test_spells_are_counted_by_year_surely_and_perhaps() -> None:
    spells = [rules.pattern(about(2013), in_year(2019), TODAY, goes_on=False), rules.event(about(2014), TODAY)]
    assert [rules.years(spells, year) for year in (2012, 2013, 2014, 2020)] == [(0, 1), (0, 2), (1, 2), (0, 0)]
