"""The sums: 13 or 14, what is lent, and until when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from arasha.kernel.access.rules import Facet
from arasha.people.rules import Birth
from arasha.sharing import rules
from arasha.sharing.rules import Lent

DAY = date(2026, 11, 23)


def born(day: date) -> Birth:
    return Birth(day, day)


@pytest.mark.parametrize(
    ("birth", "own"),
    [
        (born(date(2012, 11, 24)), False),
        (born(date(2012, 11, 23)), True),
        (born(date(2009, 1, 1)), True),
        (Birth(date(2012, 1, 1), date(2013, 12, 31)), True),
        (None, True),
    ],
)
def test_the_child_answers_for_themself_from_the_14th_birthday_on_and_where_nobody_knows(
    birth: Birth | None, *, own: bool
) -> None:
    assert rules.own_say(birth, DAY) is own


@pytest.mark.parametrize(
    ("giver", "of_13", "of_14"), [("child", False, True), ("adult", True, False), ("body", True, False)]
)
def test_whose_consent_counts(giver: str, *, of_13: bool, of_14: bool) -> None:
    assert rules.counts(giver, own_say=False) is of_13
    assert rules.counts(giver, own_say=True) is of_14


def test_what_is_lent_holds_who_the_child_is_and_never_a_sealed_part() -> None:
    everything = rules.facets_of(row.code for row in rules.PARTS)
    assert everything >> Facet.IDENTITY & 1
    assert not any(everything >> facet & 1 for facet in Facet if facet.sealed)
    assert not everything >> Facet.NARRATIVE & 1
    assert rules.parts_of(rules.facets_of(["education", "reporter", "x"])) == ["education"]


def test_nobody_reads_what_their_function_does_not() -> None:
    lent = rules.facets_of(["education", "health"])
    assert rules.parts_of(rules.readable(lent, {"education_school"})) == ["education"]
    assert rules.readable(lent, set()) == 0


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"until": DAY - timedelta(days=1)}, ("until", "past")),
        ({"until": DAY + timedelta(days=366)}, ("until", "far")),
        ({"until": None}, ("until", "empty")),
        ({"parts": ()}, ("parts", "choose")),
        ({"parts": ("reporter",)}, ("parts", "choose")),
        ({"purposes": ("x",)}, ("purposes", "choose")),
    ],
)
def test_what_can_not_be_lent(more: dict[str, object], fault: tuple[str, str]) -> None:
    given: dict[str, object] = {"unit": 1, "purposes": ("learning",), "parts": ("education",), "until": DAY}
    assert Lent(**given).faults(DAY) == []  # type: ignore[arg-type]  # any field
    assert Lent(**given | more).faults(DAY) == [fault]  # type: ignore[arg-type]  # any field


def test_the_last_day_is_read_to_its_end() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert rules.end_of(DAY, now) == datetime(2026, 11, 24, tzinfo=UTC)
    assert rules.runs_out(DAY + timedelta(days=14), DAY)
    assert not rules.runs_out(DAY + timedelta(days=15), DAY)
    assert not rules.runs_out(None, DAY)


def test_no_ground_and_no_purpose_is_said_to_be_verified() -> None:
    assert {row.more["verified_by"] for row in (*rules.GROUNDS, *rules.PURPOSES)} == {""}
