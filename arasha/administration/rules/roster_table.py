"""A roster as a simple table: day, from, to, name, telephone, deputy. No database, no clock."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from arasha.kernel.worktime.rules.words import SHORT_WEEKDAYS, WEEKDAYS
from arasha.ui.rules import phones
from arasha.ui.rules.sheets import Row

COLUMNS: Final = ("day", "from", "to", "name", "phone", "deputy")
# How people call the columns, in the three languages; without a heading the order is that of COLUMNS.
HEADINGS: Final = {
    "day": {
        "day",
        "days",
        "weekday",
        "date",
        "күн",
        "күні",
        "күндер",
        "апта күні",
        "день",
        "дни",
        "день недели",
        "дата",
    },
    "from": {"from", "starts", "start", "басы", "бастап", "басталуы", "с", "начало"},
    "to": {"to", "ends", "end", "until", "соңы", "дейін", "аяқталуы", "по", "до", "конец"},
    "name": {"name", "who", "аты", "аты-жөні", "кім", "имя", "фио", "кто"},
    "phone": {"phone", "telephone", "number", "телефон", "нөмір", "номер", "тел", "тел."},
    "deputy": {"deputy", "орынбасар", "орынбасары", "заместитель", "резерв"},
}
EVERY_DAY: Final = {"daily", "every day", "күн сайын", "ежедневно", "каждый день"}
WORKING_DAYS: Final = {"weekdays", "жұмыс күндері", "будни", "рабочие дни"}
YES: Final = {"yes", "y", "x", "+", "1", "иә", "да", "deputy", "орынбасар", "заместитель"}
NO: Final = {"", "no", "n", "-", "–", "0", "жоқ", "нет"}
LONGEST_NAME: Final = 200
CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::00)?")
DAY: Final = (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that was understood: days of the week, or one date that differs from it."""

    weekdays: tuple[int, ...]
    day: date | None
    starts: time
    ends: time
    name: str
    phone: str
    deputy: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where: row and column as the person counts them, a code, and what stands there."""

    row: int
    column: int
    code: str
    found: str = ""


def understood(rows: Sequence[Row]) -> tuple[list[Entry], list[Fault]]:
    """Return what the rows say, and every fault with its place; a table with faults is not taken over at all."""
    places, body = _places(rows)
    entries: list[Entry] = []
    faults: list[Fault] = []
    missing = [name for name in COLUMNS[:5] if name not in places]
    if missing:
        return [], [Fault(rows[0].number, 0, "column_missing", name) for name in missing]
    for row in body:
        entry, wrong = _entry(row, places)
        faults += wrong
        if entry is not None:
            entries.append(entry)
    if not body:
        faults.append(Fault(rows[0].number, 0, "no_rows"))
    return entries, faults


def _places(rows: Sequence[Row]) -> tuple[dict[str, int], Sequence[Row]]:
    """Return where each column stands, and the rows below the heading if there is one."""
    named = {
        name: index
        for index, cell in enumerate(rows[0].cells)
        for name, words in HEADINGS.items()
        if cell.casefold().strip(": ") in words
    }
    if len(named) >= 2:
        return named, rows[1:]
    return {name: index for index, name in enumerate(COLUMNS)}, rows


def _entry(row: Row, places: dict[str, int]) -> tuple[Entry | None, list[Fault]]:
    cells = {name: row.cell(places.get(name, -1)) for name in COLUMNS}
    faults: list[Fault] = []

    def wrong(name: str, code: str) -> None:
        faults.append(Fault(row.number, places.get(name, 0) + 1, code, cells[name]))

    weekdays, day = days_of(cells["day"]), date_of(cells["day"])
    if not weekdays and day is None:
        wrong("day", "day")
    starts, ends = clock_of(cells["from"]), clock_of(cells["to"], end=True)
    if starts is None:
        wrong("from", "clock")
    if ends is None:
        wrong("to", "clock")
    if not cells["name"] or len(cells["name"]) > LONGEST_NAME:
        wrong("name", "name")
    phone = ""
    try:
        phone = phones.normal(cells["phone"])
    except phones.NotAPhone:
        wrong("phone", "phone")
    answer = cells["deputy"].casefold()
    if answer not in YES | NO:
        wrong("deputy", "deputy")
    if faults or starts is None or ends is None:
        return None, faults
    return Entry(weekdays, day, starts, ends, cells["name"], phone, answer in YES), []


def _words() -> dict[str, int]:
    known = {str(number + 1): number for number in range(7)}
    for table in (WEEKDAYS, SHORT_WEEKDAYS):
        for words in table.values():
            known |= {word.casefold(): number for number, word in enumerate(words)}
    return known


WORDS: Final = _words()


def days_of(text: str) -> tuple[int, ...]:
    """Return the weekdays (Monday 0) that words name: `пн-пт`, `дс, ср`, `Mon`, `күн сайын`; () for anything else."""
    plain = text.casefold().strip(". ")
    if plain in EVERY_DAY:
        return tuple(range(7))
    if plain in WORKING_DAYS:
        return tuple(range(5))
    found: set[int] = set()
    for part in re.split(r"[,;/]| және | и | and ", plain):
        ends = [WORDS.get(word.strip(". ")) for word in re.split(r"\s*[-–—]\s*", part)]
        if None in ends or len(ends) > 2:
            return ()
        first, last = ends[0] or 0, ends[-1] or 0
        found |= {number % 7 for number in range(first, (last if last >= first else last + 7) + 1)}
    return tuple(sorted(found))


def date_of(text: str) -> date | None:
    """Read `2026-03-21` or `21.03.2026`; None for anything else."""
    iso, dotted = DAY
    try:
        if found := iso.fullmatch(text.strip()):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := dotted.fullmatch(text.strip()):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


def clock_of(text: str, *, end: bool = False) -> time | None:
    """Read `9`, `9:00`, `09.00`; as an end also `24:00`, which is midnight. None for anything else."""
    found = CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if end and (hour, minute) == (24, 0):
        return time(0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
