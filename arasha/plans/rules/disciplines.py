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
    """One discipline. `apart`: the discipline under which an adolescent's wish keeps a part of its own, or ""."""

    code: str
    form: str
    functions: frozenset[str]
    asks_child: bool
    apart: str


@cache
def discipline(code: str) -> Discipline:
    """Return a discipline. Raises UnknownCode."""
    more = DISCIPLINES[code].more
    functions = frozenset(more["functions"].split())
    return Discipline(code, more["form"], functions, more["asks_child"] == "yes", more["apart"])


@cache
def disciplines() -> tuple[Discipline, ...]:
    """Return the disciplines that a lead may ask for; those kept apart begin only where an adolescent wishes it."""
    every = [discipline(row.code) for row in DISCIPLINES]
    apart = {one.apart for one in every}
    return tuple(one for one in every if one.code not in apart)
