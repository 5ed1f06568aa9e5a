"""The tables that a lawyer reviews: part × facet, function × facet, right × function."""

import csv
from functools import cache
from pathlib import Path

from arasha.kernel.access.rules.facets import Facet

DATA = Path(__file__).resolve().parents[1] / "data"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one of this folder's data files; read once, so copy a row before changing it."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def masks(name: str, key: str) -> dict[str, tuple[int, int]]:
    """Return (reads, writes) by part or function; a cell is empty, "r" or "rw"."""
    found = {}
    for row in rows(name):
        reads = sum(1 << facet for facet in Facet if "r" in row[facet.name.lower()])
        writes = sum(1 << facet for facet in Facet if "w" in row[facet.name.lower()])
        found[row[key]] = (reads, writes)
    return found


def of_parts() -> dict[str, tuple[int, int]]:
    """Return the masks (reads, writes) of each part."""
    return masks("part_facets", "part")


def of_functions() -> dict[str, tuple[int, int]]:
    """Return the masks (reads, writes) of each function."""
    return masks("function_facets", "function")


@cache
def rights() -> dict[str, frozenset[str]]:
    """Return the functions whose posts have each right."""
    return {row["right"]: frozenset(row["functions"].split()) for row in rows("rights")}
