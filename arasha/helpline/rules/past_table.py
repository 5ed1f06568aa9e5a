"""Figures of the past as somebody hands them in: month, region, channel, kind, reason, count. No database, no clock.

A table that has any fault is not taken at all. A column is filled in every row or in none: a total beside its parts
would be counted twice.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from arasha.helpline.rules.periods import Month, month
from arasha.ui.rules.sheets import Row

COLUMNS: Final = ("month", "region", "channel", "kind", "reason", "count")
NEEDED: Final = ("month", "count")
HEADINGS: Final = {
    "month": {"month", "ай", "айы", "месяц"},
    "region": {"region", "oblast", "өңір", "облыс", "регион", "область"},
    "channel": {"channel", "арна", "байланыс арнасы", "канал", "канал связи"},
    "kind": {"kind", "type", "contact type", "түрі", "өтініш түрі", "вид", "тип", "вид обращения", "тип обращения"},
    "reason": {"reason", "себеп", "себебі", "причина", "повод"},
    "count": {"count", "number", "contacts", "саны", "өтініштер саны", "количество", "число", "кол-во"},
}
DIMENSIONS: Final = ("region", "channel", "kind", "reason")
MOST: Final = 10_000_000
DOTTED: Final = re.compile(r"(\d{1,2})[./](\d{4})")
DAY: Final = re.compile(r"(\d{4})-(\d{2})-01")
DIGITS: Final = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]?\d{3})*|\d+")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: how many contacts; "" where the table does not tell them apart."""

    row: int
    month: Month
    region: str
    channel: str
    kind: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where: row and column as the person counts them, a code, and what stands there."""

    row: int
    column: int
    code: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What cells may say, folded, and the code that each stands for."""

    region: Mapping[str, str]
    channel: Mapping[str, str]
    kind: Mapping[str, str]
    reason: Mapping[str, str]


def folded(words: str) -> str:
    """Return words as they are compared."""
    return " ".join(words.casefold().replace("ё", "е").split())


def understood(rows: Sequence[Row], known: Known, latest: Month) -> tuple[list[Figure], list[Fault]]:
    """Return what the rows say, and every fault with its place; `latest` is the last month that can be past."""
    heading, body = rows[0], rows[1:]
    places = _places(heading)
    missing = [name for name in NEEDED if name not in places]
    faults = [Fault(heading.number, 0, "column_missing", name) for name in missing]
    faults += [
        Fault(heading.number, index + 1, "column_unknown", cell[:40])
        for index, cell in enumerate(heading.cells)
        if cell and index not in places.values()
    ]
    if faults:
        return [], faults
    if not body:
        return [], [Fault(heading.number, 0, "no_rows")]
    figures: list[Figure] = []
    for row in body:
        figure, wrong = _figure(row, places, known, latest)
        faults += wrong
        if figure is not None:
            figures.append(figure)
    return figures, faults + _twice(figures) + _mixed(body, places)


def _places(heading: Row) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, cell in enumerate(heading.cells):
        for name, words in HEADINGS.items():
            if folded(cell).strip(": ") in words and name not in places:
                places[name] = index
    return places


def _figure(row: Row, places: dict[str, int], known: Known, latest: Month) -> tuple[Figure | None, list[Fault]]:
    cells = {name: row.cell(places.get(name, -1)) for name in COLUMNS}
    faults: list[Fault] = []

    def wrong(name: str, code: str) -> None:
        faults.append(Fault(row.number, places[name] + 1, code, cells[name][:40]))

    when, number = month_of(cells["month"]), count_of(cells["count"])
    if when is None:
        wrong("month", "month")
    elif when > latest:
        wrong("month", "month_ahead")
    if number is None:
        wrong("count", "count")
    codes: dict[str, str] = {}
    for name in DIMENSIONS:
        found = getattr(known, name).get(folded(cells[name])) if cells[name] else ""
        if found is None:
            wrong(name, f"{name}_unknown")
        codes[name] = found or ""
    if faults or when is None or number is None:
        return None, faults
    return Figure(row.number, when, codes["region"], codes["channel"], codes["kind"], codes["reason"], number), []


def _twice(figures: Sequence[Figure]) -> list[Fault]:
    seen: dict[tuple[object, ...], int] = {}
    faults = []
    for one in figures:
        what = (one.month, one.region, one.channel, one.kind, one.reason)
        if what in seen:
            faults.append(Fault(one.row, 0, "row_twice", str(seen[what])))
        seen.setdefault(what, one.row)
    return faults


def _mixed(body: Sequence[Row], places: dict[str, int]) -> list[Fault]:
    """Refuse a column that is empty in some rows: is it a total, or not known?"""
    faults = []
    for name in DIMENSIONS:
        if name not in places:
            continue
        empty = [row.number for row in body if not row.cell(places[name])]
        if empty and len(empty) < len(body):
            faults.append(Fault(empty[0], places[name] + 1, "mixed", name))
    return faults


def month_of(text: str) -> Month | None:
    """Read `2025-10`, `10.2025`, or the first day of a month; None for anything else."""
    if found := DAY.fullmatch(text):
        return month(f"{found[1]}-{found[2]}")
    if found := DOTTED.fullmatch(text):
        return month(f"{found[2]}-{int(found[1]):02}")
    return month(text)


def count_of(text: str) -> int | None:
    """Read a whole number, with or without spaces between thousands; None for anything else."""
    if not text.isascii() and not DIGITS.fullmatch(text):
        return None
    if not DIGITS.fullmatch(text) or not all(sign.isascii() or not sign.isdigit() for sign in text):
        return None
    number = int(re.sub(r"\D", "", text))
    return number if number <= MOST else None
