"""How soon somebody must go and see the child."""

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
        ("yes", "no", ["self_harm", "bullying"], "day"),
        ("yes", "no", ["physical"], "three_days"),
        ("yes", "no", [], "three_days"),
    ],
)
def test_urgency_follows_the_safety_questions(
    safe_now: str, suspect_has_access: str, concerns: list[str], expected: str
) -> None:
    assert rules.urgency(safe_now=safe_now, suspect_has_access=suspect_has_access, concerns=concerns) == expected


def test_not_knowing_is_never_calmer_than_knowing_that_the_child_is_safe() -> None:
    order = [code.code for code in rules.URGENCIES]
    for access, concern in product(ANSWERS, rules.CONCERNS):
        unknown = rules.urgency(safe_now="unknown", suspect_has_access=access, concerns=[concern.code])
        safe = rules.urgency(safe_now="yes", suspect_has_access=access, concerns=[concern.code])
        assert order.index(unknown) <= order.index(safe)


def test_the_answer_is_due_as_the_data_say() -> None:
    received = datetime(2026, 3, 20, 23, 50, tzinfo=UTC)
    assert rules.answer_by("tonight", received) == received + timedelta(hours=2)
    assert rules.answer_by("three_days", received) == received + timedelta(hours=72)


def test_a_signal_that_became_a_case_stays_one() -> None:
    assert not any(rules.may_become("case", state.code) for state in rules.STATES)
    assert rules.may_become("waiting", "taken")
    assert rules.may_become("closed", "taken")
