"""A screening's answers come to a level, and what is not known rings like a high one."""

from typing import Any

import pytest

from arasha.plans.rules import SUICIDE, level_from


@pytest.mark.parametrize(
    ("answers", "level", "watched", "hours"),
    [
        ({"level": "immediate", "level_table": "high"}, "immediate", True, 1),
        ({"level": "high", "level_table": "medium"}, "high", True, 12),
        ({"level": "medium", "level_table": "immediate"}, "immediate", True, 1),  # nobody judges a table's danger away
        ({"level": "medium", "level_table": "medium"}, "medium", False, 72),
        ({"level": "low", "level_table": "low"}, "low", False, None),
        ({"screening/level": "high"}, "high", True, 12),
        ({"level": "low", "level_table": "not_known"}, "not_known", True, 12),
        ({"level": "", "level_table": ""}, "not_known", True, 12),
        ({"level": "none at all"}, "not_known", True, 12),
        ({}, "not_known", True, 12),
    ],
)
def test_the_worse_level_counts_and_nothing_known_is_never_low(
    answers: dict[str, Any], level: str, hours: int | None, *, watched: bool
) -> None:
    found = level_from(answers)
    assert (found.level, found.watched, found.specialist_hours) == (level, watched, hours)


def test_every_level_has_a_rank() -> None:
    from arasha.plans.rules.suicide import LEVELS  # noqa: PLC0415  the order is nobody else's

    assert sorted(LEVELS) == sorted(row.code for row in SUICIDE)
