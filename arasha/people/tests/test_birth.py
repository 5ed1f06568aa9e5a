"""A birth is known to the day, the month, the year or by a guess; what is not known is never made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules import Birth, BirthInvalid, Likeness, age_on, born, born_about, born_by_document, compared

DAYS = st.dates(date(1910, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ((2019, 2, 28), date(2019, 2, 28), date(2019, 2, 28)),
        ((2020, 2), date(2020, 2, 1), date(2020, 2, 29)),
        ((2019,), date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_a_birth_spans_what_is_not_known(said: tuple[int, ...], first: date, last: date) -> None:
    assert born(*said) == Birth(first, last)


@pytest.mark.parametrize("wrong", [(2019, 13), (2019, 2, 29), (2019, None, 5), (0,), (10000,)])
def test_a_day_that_does_not_exist_is_refused(wrong: tuple[int, ...]) -> None:
    with pytest.raises(BirthInvalid):
        born(*wrong)


@pytest.mark.parametrize("age", [-1, 120])
def test_an_age_that_nobody_has_is_refused(age: int) -> None:
    with pytest.raises(BirthInvalid):
        born_about(age, date(2026, 11, 26))


@given(st.integers(0, 119), DAYS)
def test_about_seven_is_six_to_eight(age: int, on: date) -> None:
    assert born_about(age, on).ages_on(on) == (max(age - 1, 0), age + 1)


@given(DAYS, DAYS)
def test_an_exact_birth_has_one_age(birth: date, on: date) -> None:
    youngest, oldest = Birth(birth, birth).ages_on(on)
    assert youngest == oldest == age_on(birth, on)


def test_who_was_born_on_the_29th_of_february_is_older_on_the_1st_of_march() -> None:
    leap = date(2008, 2, 29)
    assert (age_on(leap, date(2026, 2, 28)), age_on(leap, date(2026, 3, 1))) == (17, 18)


def test_whose_age_is_not_known_is_treated_as_a_child() -> None:
    today = date(2026, 11, 26)
    assert born_about(18, today).may_be_child_on(today)
    assert born(2008).may_be_child_on(today)
    assert not born(2008, 11, 26).may_be_child_on(today)
    assert born(2008, 11, 27).may_be_child_on(today)
    assert not born_about(40, today).may_be_child_on(today)


def test_the_first_of_january_in_a_register_is_a_year_without_a_day() -> None:
    assert born_by_document(date(2015, 1, 1)) == born(2015)
    assert born_by_document(date(2015, 1, 2)) == born(2015, 1, 2)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ((2015, 3, 4), (2015, 3, 4), Likeness.SAME),
        ((2015, 3, 4), (2015, 4, 3), Likeness.SWAPPED),
        ((2015, 3, 4), (2016, 4, 3), Likeness.DIFFERS),
        ((2015, 3, 4), (2015, 3), Likeness.POSSIBLE),
        ((2015, 3), (2015, 4), Likeness.DIFFERS),
        ((2015,), (2015,), Likeness.POSSIBLE),
        ((2015,), (2016,), Likeness.DIFFERS),
    ],
)
def test_two_births_are_compared(one: tuple[int, ...], other: tuple[int, ...], likeness: Likeness) -> None:
    assert compared(born(*one), born(*other)) == likeness
    assert compared(born(*other), born(*one)) == likeness


@given(st.integers(0, 80), DAYS, DAYS)
def test_a_guess_never_contradicts_what_it_was_guessed_of(age: int, on: date, birth: date) -> None:
    real = age_on(birth, on)
    fits = compared(born_about(age, on), Birth(birth, birth)) is Likeness.POSSIBLE
    assert fits == (max(age - 1, 0) <= real <= age + 1)
