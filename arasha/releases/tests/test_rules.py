"""The sums: the child's own say, coming of age, small numbers, and what is always blacked out."""

from datetime import date

import pytest

from arasha.people.rules import Birth
from arasha.releases import rules

DAY = date(2026, 11, 23)


def born(years: int) -> Birth:
    day = date(DAY.year - years, 1, 5)
    return Birth(day, day)


@pytest.mark.parametrize(
    ("applicant", "consent", "birth", "stands"),
    [
        ("parent", "not_needed", born(9), True),
        ("parent", "no", born(9), False),
        ("parent", "not_needed", born(15), False),
        ("lawyer", "yes", born(15), True),
        ("parent", "not_needed", None, False),
        ("child_own", "not_needed", born(15), True),
        ("court", "no", born(15), True),
    ],
)
def test_from_14_on_the_child_agrees_to_what_adults_get(
    applicant: str, consent: str, birth: Birth | None, *, stands: bool
) -> None:
    assert rules.consent_stands(applicant, consent, birth, DAY) is stands


def test_who_is_18_asks_for_themself_and_an_unknown_age_is_a_childs() -> None:
    day = date(2008, 11, 23)
    assert rules.is_of_age(Birth(day, day), DAY)
    assert not rules.is_of_age(Birth(day, day), date(2026, 11, 22))
    assert not rules.is_of_age(None, DAY)
    assert rules.for_a_child("parent")
    assert not rules.for_a_child("grown")


def test_small_numbers_are_hidden_and_none_stays_none() -> None:
    assert [rules.hidden(n) for n in (0, 1, 4, 5)] == ["0", "<5", "<5", "5"]


def test_who_reported_is_always_blacked_out_and_no_law_is_said_to_be_verified() -> None:
    assert "reporter" in rules.ALWAYS_BLACKED
    assert {row.more["verified_by"] for row in (*rules.BASES, *rules.APPLICANTS)} == {""}


@pytest.mark.parametrize(
    ("applicant", "birth", "needs"),
    [
        ("child_helped", born(15), True),
        ("child_own", born(13), True),
        ("child_own", born(15), False),
        ("child_own", None, True),
        ("grown", None, False),
        ("parent", born(9), False),
    ],
)
def test_somebody_goes_through_the_copy_with_a_child_under_14(
    applicant: str, birth: Birth | None, *, needs: bool
) -> None:
    assert rules.needs_helper(applicant, birth, DAY) is needs
