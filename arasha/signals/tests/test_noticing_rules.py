"""What rules count, day by day: boundaries, periods that overlap, days that nobody knows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from arasha.kernel.access.rules import Facet, matrix
from arasha.people.rules import Birth, born
from arasha.signals import rules
from arasha.signals.rules import Away, Expecting, Facts, Hurt, Rule, Stay, found, months_before

TODAY = date(2026, 11, 23)  # a Monday
RULE = Rule(
    code="tried",
    version=1,
    counted="school_changes",
    threshold=2,
    months=12,
    age_to=17,
    apart=7,
    facet=Facet.CONCERN,
    legal_basis=("law-345-ii",),
    valid_from=date(2026, 1, 1),
    valid_to=None,
    verified_by="",
    enabled=True,
)
IN_A_ROW = replace(RULE, counted="absence_in_a_row", threshold=15)
IN_ALL = replace(RULE, counted="absence_in_all", threshold=30)
INJURIES = replace(RULE, counted="injuries", threshold=2)
PREGNANCY = replace(RULE, counted="pregnancy", threshold=1, months=0, age_to=15, facet=Facet.REPRODUCTIVE)
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def count(rule: Rule, facts: Facts, on: date = TODAY) -> int:
    """Return how many the rule found, 0 when it found nothing."""
    finding = found(rule, facts, on)
    return finding.count if finding else 0


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        ([], 0),
        ([Stay("a", SEPTEMBER)], 0),
        # The first school of all is no change.
        ([Stay("a", SEPTEMBER, OCTOBER), Stay("b", OCTOBER)], 0),
        ([Stay("a", SEPTEMBER, OCTOBER), Stay("b", OCTOBER, NOVEMBER), Stay("c", NOVEMBER)], 2),
        ([Stay("c", NOVEMBER), Stay("a", SEPTEMBER), Stay("b", OCTOBER)], 2),
        # Two files name one school, on days that differ a little, and one has no end.
        ([Stay("a", SEPTEMBER), Stay("a", day("2026-09-03"), OCTOBER), Stay("b", OCTOBER), Stay("b", NOVEMBER)], 0),
        ([Stay("a", SEPTEMBER), Stay("b", OCTOBER), Stay("a", NOVEMBER)], 2),
        # Two lists that differ name two schools of one day.
        ([Stay("a", SEPTEMBER), Stay("b", SEPTEMBER), Stay("c", OCTOBER)], 0),
        # Where the child was before is known, from when on is not.
        ([Stay("a", None, OCTOBER), Stay("b", OCTOBER), Stay("c", NOVEMBER)], 2),
        ([Stay("b", None, None), Stay("b", OCTOBER), Stay("c", NOVEMBER)], 0),
        ([Stay("a", None, None), Stay("b", None, None), Stay("c", None, None)], 0),
        # The last day of the window, and the day before it.
        ([Stay("a", day("2024-09-01")), Stay("b", day("2025-11-23")), Stay("c", NOVEMBER)], 2),
        ([Stay("a", day("2024-09-01")), Stay("b", day("2025-11-22")), Stay("c", NOVEMBER)], 0),
        # What is to come has not happened.
        ([Stay("a", SEPTEMBER), Stay("b", NOVEMBER), Stay("c", TODAY)], 2),
        ([Stay("a", SEPTEMBER), Stay("b", NOVEMBER), Stay("c", TODAY + timedelta(days=1))], 0),
    ],
)
def test_changes_of_school_are_arrivals_at_another_one(stays: list[Stay], expected: int) -> None:
    assert count(RULE, Facts(stays=stays)) == expected


def test_a_change_has_one_key_for_ever_however_its_day_is_corrected() -> None:
    stays = [Stay("a", SEPTEMBER), Stay("b", OCTOBER), Stay("a", NOVEMBER)]
    one = found(RULE, Facts(stays=stays), TODAY)
    corrected = [Stay("a", SEPTEMBER), Stay("b", day("2026-10-05")), Stay("a", day("2026-10-30"))]
    other = found(RULE, Facts(stays=corrected), TODAY + timedelta(days=3))
    assert one is not None
    assert other is not None
    assert one.keys == other.keys
    assert len(one.keys) == 2
    again = found(RULE, Facts(stays=[*corrected, Stay("b", TODAY)]), TODAY)
    assert again is not None
    assert len(again.keys - one.keys) == 1


def away(first: str, last: str | None, explained: bool = False) -> Away:
    return Away(day(first), day(last) if last else None, explained)


@pytest.mark.parametrize(
    ("aways", "expected"),
    [
        ([away("2026-11-01", "2026-11-14")], 0),
        ([away("2026-11-01", "2026-11-15")], 15),
        ([away("2026-11-01", "2026-11-15", explained=True)], 0),
        # Still away, and away since a day that nobody knows.
        ([away("2026-11-09", None)], 15),
        ([away("2026-11-10", None)], 0),
        ([Away(None, TODAY)], 0),
        ([Away(None, None)], 0),
        # Weeks that a register brings one by one: a weekend between them is no return to school.
        ([away("2026-11-02", "2026-11-06"), away("2026-11-09", "2026-11-13"), away("2026-11-16", "2026-11-20")], 19),
        ([away("2026-11-02", "2026-11-06"), away("2026-11-10", "2026-11-20")], 0),
        # Two files tell of the same days.
        ([away("2026-11-02", "2026-11-10"), away("2026-11-05", "2026-11-13")], 0),
        ([away("2026-11-02", "2026-11-20"), away("2026-11-05", "2026-11-06")], 19),
        # It began before the window and reaches into it, or ended the day before.
        ([away("2025-11-01", "2025-11-23")], 23),
        ([away("2025-11-01", "2025-11-22")], 0),
        ([away("2026-12-01", "2026-12-31")], 0),
    ],
)
def test_a_long_absence_is_one_without_a_known_reason(aways: list[Away], expected: int) -> None:
    assert count(IN_A_ROW, Facts(aways=aways)) == expected


def test_an_absence_that_goes_on_is_the_same_fact() -> None:
    first = found(IN_A_ROW, Facts(aways=[away("2026-11-02", "2026-11-20")]), TODAY)
    longer = found(IN_A_ROW, Facts(aways=[away("2026-11-02", "2026-11-20"), away("2026-11-23", None)]), TODAY)
    assert first is not None
    assert longer is not None
    assert (first.keys, first.count, longer.count) == (longer.keys, 19, 22)


@pytest.mark.parametrize(
    ("aways", "expected"),
    [
        ([away("2026-09-01", "2026-09-15"), away("2026-10-01", "2026-10-14")], 0),
        ([away("2026-09-01", "2026-09-15"), away("2026-10-01", "2026-10-15")], 30),
        ([away("2026-09-01", "2026-09-15"), away("2026-09-08", "2026-09-30")], 30),
        ([away("2026-09-01", "2026-09-15"), away("2026-10-01", "2026-10-15", explained=True)], 0),
        # Of a time that began before the window, the days within it.
        ([away("2025-10-01", "2025-12-22")], 30),
        ([away("2025-10-01", "2025-12-21")], 0),
    ],
)
def test_absences_are_counted_together_day_by_day(aways: list[Away], expected: int) -> None:
    assert count(IN_ALL, Facts(aways=aways)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2026-11-01"], 0),
        # Reports within a week may tell of the same injury; a chain of them too.
        (["2026-11-01", "2026-11-08"], 0),
        (["2026-11-01", "2026-11-07", "2026-11-13"], 0),
        (["2026-11-01", "2026-11-09"], 2),
        (["2025-11-23", "2026-11-09"], 2),
        (["2025-11-22", "2026-11-09"], 0),
        (["2026-11-09", "2026-11-24"], 0),
    ],
)
def test_injuries_are_counted_by_times_and_not_by_reports(days: list[str], expected: int) -> None:
    hurts = [Hurt(f"signal {n}", day(text)) for n, text in enumerate(days)]
    assert count(INJURIES, Facts(hurts=hurts)) == expected


def test_one_more_report_of_the_same_injury_is_nothing_new() -> None:
    hurts = [Hurt("one", day("2026-10-01")), Hurt("two", day("2026-11-01"))]
    finding = found(INJURIES, Facts(hurts=hurts), TODAY)
    more = found(INJURIES, Facts(hurts=[*hurts, Hurt("three", day("2026-11-03"))]), TODAY)
    assert finding is not None
    assert more is not None
    assert finding.keys == more.keys


GIRL = born(2012, 3, 14)


@pytest.mark.parametrize(
    ("birth", "one", "expected"),
    [
        # The day before she is 16, and the day on which she is.
        (born(2010, 11, 23), Expecting("x", day("2026-11-22"), day("2026-11-22")), 1),
        (born(2010, 11, 23), Expecting("x", TODAY, TODAY), 0),
        (GIRL, Expecting("x", None, TODAY), 1),
        # The birth is a year without a day: she may be the youngest of that year.
        (born(2010), Expecting("x", TODAY, TODAY), 1),
        (born(2009), Expecting("x", TODAY, TODAY), 0),
        (None, Expecting("x", TODAY, TODAY), 1),
        # Nobody knows when it began: any child may have been so young; a woman is not asked about.
        (born(2009), Expecting("x", None, TODAY), 1),
        (born(2000), Expecting("x", None, TODAY), 0),
    ],
)
def test_a_pregnancy_counts_by_the_age_that_is_possible(birth: Birth | None, one: Expecting, expected: int) -> None:
    assert count(PREGNANCY, Facts(birth=birth, expecting=[one])) == expected


@pytest.mark.parametrize(
    ("birth", "expected"),
    [(born(2008, 11, 24), 2), (born(2008, 11, 23), 0), (born(2008), 2), (None, 2)],
)
def test_who_is_18_is_not_looked_at_and_an_unknown_age_keeps_nobody_out(birth: Birth | None, expected: int) -> None:
    stays = [Stay("a", SEPTEMBER), Stay("b", OCTOBER), Stay("c", NOVEMBER)]
    assert count(RULE, Facts(birth=birth, stays=stays)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 2),
        ({"enabled": False}, 0),
        ({"valid_from": TODAY}, 2),
        ({"valid_from": TODAY + timedelta(days=1)}, 0),
        ({"valid_to": TODAY}, 2),
        ({"valid_to": TODAY - timedelta(days=1)}, 0),
        ({"threshold": 3}, 0),
    ],
)
def test_a_rule_that_is_off_or_not_valid_finds_nothing(changes: dict[str, object], expected: int) -> None:
    stays = [Stay("a", SEPTEMBER), Stay("b", OCTOBER), Stay("c", NOVEMBER)]
    assert count(replace(RULE, **changes), Facts(stays=stays)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "months", "expected"),
    [("2026-11-23", 12, "2025-11-23"), ("2026-03-31", 1, "2026-02-28"), ("2026-01-15", 1, "2025-12-15")],
)
def test_months_end_where_the_calendar_ends_them(before: str, months: int, expected: str) -> None:
    assert months_before(day(before), months) == day(expected)


def test_the_shipped_rules_are_whole() -> None:
    shipped = rules.noticing_rules()
    assert {rule.counted for rule in shipped} == set(rules.COUNTED)
    assert not [rule.code for rule in shipped if rule.verified_by]
    assert [rule.code for rule in shipped if rule.facet.sealed] == ["pregnancy_under_16"]
    for rule in shipped:
        assert all(rules.explanation(rule.code, language) for language in ("kk", "ru", "en"))


def test_who_may_read_may_report_what_they_read() -> None:
    assert matrix.rights()["read_noticed"] == rules.functions_of("noticed")


def test_neither_school_nor_police_reads_what_a_rule_noticed() -> None:
    closed = {"education_school", "education_department", "juvenile_inspection", "women_children_police", "prosecution"}
    assert not closed & rules.functions_of("noticed")


def test_the_door_of_rules_has_no_form() -> None:
    assert rules.door_for(frozenset({"coordination_district"})) == ""
    assert rules.door_for(frozenset({"health_care"})) == "health"
