"""The tables that say who sees what, as they are compared and justified. No database, no clock."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).resolve().parents[1] / "data" / "grounds.csv"
TABLES: Final = ("parts", "functions")
Tables = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that is not as it was signed."""

    table: str
    row: str
    facet: str
    before: str
    after: str


@cache
def grounds() -> Mapping[str, Mapping[str, str]]:
    """Return by which act a function sees what it sees (`data/grounds.csv`), by its code."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def differences(before: Any, after: Tables) -> Sequence[Difference]:
    """Return every cell that differs between two states of the tables, rows that came and went included."""
    found = []
    for table in TABLES:
        old, new = before.get(table, {}), after[table]
        for row in sorted(old.keys() | new.keys()):
            was, now = old.get(row, {}), new.get(row, {})
            found += [
                Difference(table, row, facet, was.get(facet, ""), now.get(facet, ""))
                for facet in sorted(was.keys() | now.keys())
                if was.get(facet, "") != now.get(facet, "")
            ]
    return found
