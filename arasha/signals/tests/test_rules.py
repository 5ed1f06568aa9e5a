"""How soon somebody must go and see the child, as the reviewed table says it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from arasha.signals import rules

ANSWERS = ("yes", "no", "unknown")


@pytest.mark.parametrize(
    ("safe_now", "suspect_has_access", "concerns", "expected"),
    [
        ("no", "no", ["physical"], "tonight"),
        ("no", "unknown", ["neglect"], "tonight"),
        ("unknown", "yes", ["psychological"], "tonight"),
        ("unknown", "no", ["neglect"], "day"),
        ("unknown", "unknown", ["neglect"], "day"),
        ("yes", "yes", ["physical"], "day"),
        ("yes", "unknown", ["physical"], "day"),
        ("yes", "no", ["sexual"], "day"),
        ("yes", "no", ["self_harm", "bullying"], "tonight"),
        ("yes", "no", ["exploitation", "bullying"], "day"),
        ("yes", "no", ["physical"], "three_days"),
        ("yes", "no", [], "three_days"),
    ],
)
def test_urgency_follows_the_safety_questions(
    safe_now: str, suspect_has_access: str, concerns: list[str], expected: str
) -> None:
    assert rules.urgency(safe_now=safe_now, suspect_has_access=suspect_has_access, concerns=concerns).code == expected


@pytest.mark.parametrize(
    ("access", "age", "injury", "expected", "rule"),
    [
        ("unknown", 9, rules.Injury("front_chest", "burn"), "tonight", "grave_injury"),
        ("no", 9, rules.Injury("front_chest", "burn"), "day", "injured"),
        ("yes", 9, rules.Injury("front_neck", "bruise"), "tonight", "grave_place"),
        ("yes", 9, rules.Injury("front_shin_left", "bruise"), "day", "may_be_reached"),
        ("unknown", 1, rules.Injury("front_shin_left", "bruise"), "tonight", "injured_baby"),
        ("unknown", 2, rules.Injury("front_shin_left", "bruise"), "day", "may_be_reached"),
        ("unknown", None, rules.Injury("front_shin_left", "bruise"), "day", "may_be_reached"),
        ("no", 12, rules.Injury("back_foot_left"), "day", "injured"),
    ],
)
def test_urgency_follows_injuries_and_age(
    access: str, age: int | None, injury: rules.Injury, expected: str, rule: str
) -> None:
    found = rules.urgency(safe_now="yes", suspect_has_access=access, concerns=["other"], injuries=[injury], age=age)
    assert found == rules.Urgency(expected, rule)


@pytest.mark.parametrize(("age", "expected"), [(0, "day"), (3, "day"), (4, "three_days"), (None, "three_days")])
def test_neglect_of_a_small_child_does_not_wait_three_days(age: int | None, expected: str) -> None:
    found = rules.urgency(safe_now="yes", suspect_has_access="no", concerns=["neglect"], age=age)
    assert found.code == expected


def test_not_knowing_is_never_calmer_than_knowing_that_the_child_is_safe() -> None:
    order = [code.code for code in rules.URGENCIES]
    for access, concern in product(ANSWERS, rules.CONCERNS):
        unknown = rules.urgency(safe_now="unknown", suspect_has_access=access, concerns=[concern.code]).code
        safe = rules.urgency(safe_now="yes", suspect_has_access=access, concerns=[concern.code]).code
        assert order.index(unknown) <= order.index(safe)


def test_the_table_says_of_each_rule_where_it_comes_from_and_names_only_known_codes() -> None:
    columns = {
        "safe_now": rules.ANSWERS,
        "suspect_has_access": rules.ANSWERS,
        "concerns": rules.CONCERNS,
        "injuries": rules.KINDS,
        "regions": rules.REGIONS,
        "urgency": rules.URGENCIES,
    }
    order = [code.code for code in rules.URGENCIES]
    given = [rule.more["urgency"] for rule in rules.URGENCY_RULES]
    assert given == sorted(given, key=order.index)  # the first that fits is the most urgent that fits
    for rule in rules.URGENCY_RULES:
        assert rule.more["source"], rule.code
        for column, codes in columns.items():
            assert all(word in codes or word == "any" for word in rule.more[column].split()), (rule.code, column)
    *_, last = rules.URGENCY_RULES
    assert not any(last.more[column] for column in (*columns, "age_to") if column != "urgency")
    assert all(urgency.more["source"] for urgency in rules.URGENCIES)


def test_the_answer_is_due_as_the_data_say() -> None:
    received = datetime(2026, 3, 20, 23, 50, tzinfo=UTC)
    assert rules.answer_by("tonight", received) == received + timedelta(hours=2)
    assert rules.answer_by("three_days", received) == received + timedelta(hours=72)


def test_a_signal_that_became_a_case_stays_one() -> None:
    assert not any(rules.may_become("case", state.code) for state in rules.STATES)
    assert rules.may_become("waiting", "taken")
    assert rules.may_become("closed", "taken")
