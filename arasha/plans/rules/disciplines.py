"""Disciplines as data: the form of each, whose units are asked, and whether the child is asked in it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
DISCIPLINES = CodeList(DATA / "disciplines.csv")
SUMMARY_FORM = "assessment_summary"


@dataclass(frozen=True)
class Discipline:
    """One discipline. `apart`: the discipline under which an adolescent's wish keeps a part of its own, or "".

    `ages`: for children of these ages alone; None: for every child.
    """

    code: str
    form: str
    functions: frozenset[str]
    asks_child: bool
    apart: str
    ages: range | None = None

    def suits(self, age: int | None) -> bool:
        """Say whether the discipline is asked about a child of this age; of an unknown age each is."""
        return self.ages is None or age is None or age in self.ages


@cache
def discipline(code: str) -> Discipline:
    """Return a discipline. Raises UnknownCode."""
    more = DISCIPLINES[code].more
    functions = frozenset(more["functions"].split())
    first, _dash, last = more["ages"].partition("-")
    ages = range(int(first), int(last) + 1) if first else None
    return Discipline(code, more["form"], functions, more["asks_child"] == "yes", more["apart"], ages)


@cache
def disciplines() -> tuple[Discipline, ...]:
    """Return the disciplines that a lead may ask for; those kept apart begin only where an adolescent wishes it."""
    every = [discipline(row.code) for row in DISCIPLINES]
    apart = {one.apart for one in every}
    return tuple(one for one in every if one.code not in apart)
