"""An adolescent is told what is confidential before the first question: when, and in which words."""

from pathlib import Path

from arasha.plans.rules.disciplines import Discipline
from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
# Confidential youth health centres serve 10 to 18 (requirements C08); a person of 18 is no child any more.
ADOLESCENT = range(10, 18)
TOLD = CodeList(DATA / "told_ways.csv")
CONFIDENTIAL = CodeList(DATA / "confidential.csv")


def is_adolescent(age: int | None) -> bool:
    """Say whether a child is known to be an adolescent, from 10 to 17."""
    return age is not None and age in ADOLESCENT


def may_be_adolescent(age: int | None) -> bool:
    """Say whether a child is an adolescent or may be one: of whom nobody knows the age."""
    return age is None or age in ADOLESCENT


def asks_the_child(discipline: Discipline, age: int | None) -> bool:
    """Say whether somebody has to tell the child first, before this part may ask anything."""
    return discipline.asks_child and may_be_adolescent(age)


def edition() -> int:
    """Return which wording of the words is told now; it is kept with the telling."""
    return max(int(row.more["edition"]) for row in CONFIDENTIAL)
