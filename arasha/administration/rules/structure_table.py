"""Bodies, units and posts as a table: one line each, known by their codes. No database, no clock.

The same columns go out and come in, so that what was written by an export changes nothing when it is handed in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from arasha.administration.rules import names
from arasha.administration.rules.roster_table import NO, YES, Fault, clock_of
from arasha.administration.rules.structure import LANGUAGES, hours_fit, kept, words
from arasha.ui.rules import phones
from arasha.ui.rules.sheets import Row

COLUMNS: Final[tuple[str, ...]] = (
    *("what", "code", "body", "name_kk", "name_ru", "name_en", "territory", "sector", "kind", "protected"),
    *("parent", "around_the_clock", "opens", "closes", "phone", "heads"),
)
NEEDED: Final = COLUMNS[:6]
MOST: Final = 2_000
KINDS: Final = {
    "body": {"body", "ұйым", "организация", "орган"},
    "unit": {"unit", "бөлімше", "подразделение"},
    "post": {"post", "лауазым", "должность"},
}
WHAT: Final = {word: kind for kind, known in KINDS.items() for word in known}
# A cell that a spreadsheet would take for a formula goes out behind an apostrophe and comes in without it.
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was understood: of which row, about what, by which codes, what it says, where columns stand."""

    row: int
    what: str
    code: str
    body: str
    values: Mapping[str, Any]
    places: Mapping[str, int] = field(default_factory=dict, compare=False)

    def fault(self, column: str, code: str, found: str) -> Fault:
        """Return what is wrong in one of its cells."""
        return Fault(self.row, self.places.get(column, 0) + 1, code, found)


@dataclass
class Reader:
    """Reads one row; what is wrong is collected with its place."""

    row: Row
    places: Mapping[str, int]
    faults: list[Fault]

    def cell(self, name: str) -> str:
        """Return what stands in a column, without the apostrophe that an export put before it."""
        found = self.row.cell(self.places.get(name, -1))
        return found[1:] if found[:1] == "'" and found[1:2] in DANGEROUS else found

    def wrong(self, name: str, code: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(self.row.number, self.places.get(name, 0) + 1, code, self.cell(name)[:60]))

    def read(self, name: str, code: str, understand: Callable[[str], Any]) -> Any:
        """Return what a cell means; None for nothing, and for what is not understood, which is a fault."""
        text = self.cell(name)
        if not text:
            return None
        try:
            return understand(text)
        except (ValueError, KeyError):
            self.wrong(name, code)
            return None


def understood(rows: Sequence[Row]) -> tuple[list[Line], list[Fault]]:
    """Return what the rows say, and every fault with its place; a table with faults is not taken at all."""
    heading = [cell.casefold().strip() for cell in rows[0].cells]
    places = {name: heading.index(name) for name in COLUMNS if name in heading}
    faults = [Fault(rows[0].number, 0, "column_missing", name) for name in NEEDED if name not in places]
    faults += [
        Fault(rows[0].number, place + 1, "column_unknown", name[:60])
        for place, name in enumerate(heading)
        if name and name not in COLUMNS
    ]
    if len(rows) < 2 and not faults:
        faults.append(Fault(rows[0].number, 0, "no_rows"))
    if len(rows) > MOST + 1:
        faults.append(Fault(rows[MOST + 1].number, 0, "too_many_rows"))
    if faults:
        return [], faults
    lines = [line for row in rows[1:] if (line := _line(Reader(row, places, faults))) is not None]
    return lines, faults + _twice(lines)


def _line(reader: Reader) -> Line | None:
    what = WHAT.get(reader.cell("what").casefold(), "")
    if not what:
        reader.wrong("what", "what")
        return None
    before = len(reader.faults)
    code, body = reader.cell("code"), reader.cell("body")
    if not names.is_code(code):
        reader.wrong("code", "code")
    if what == "unit" and not names.is_code(body):
        reader.wrong("body", "code")
    values = {"body": _body, "unit": _unit, "post": _post}[what](reader)
    return None if len(reader.faults) > before else Line(reader.row.number, what, code, body, values, reader.places)


def _names(reader: Reader, prefix: str = "name") -> dict[str, Any]:
    found = {}
    for language in LANGUAGES:
        column = f"name_{language}"
        found[f"{prefix}_{language}"] = reader.read(column, "name", names.plain)
        if not reader.cell(column):
            reader.wrong(column, "name")
    return found


def _body(reader: Reader) -> dict[str, Any]:
    known = {which: {word.code for word in words(which)} for which in ("sector", "kind")}
    for which, codes in known.items():
        if reader.cell(which) not in codes:
            reader.wrong(which, which)
    return _names(reader) | {
        "territory_id": _place(reader),
        "sector": reader.cell("sector"),
        "kind": reader.cell("kind"),
        "protected": _answer(reader, "protected"),
    }


def _unit(reader: Reader) -> dict[str, Any]:
    values = _names(reader) | {
        "territory_id": _place(reader),
        "parent": reader.read("parent", "code", _code),
        "around_the_clock": _answer(reader, "around_the_clock"),
        "opens": reader.read("opens", "clock", _clock),
        "closes": reader.read("closes", "clock", _clock),
        "phone": reader.read("phone", "phone", phones.normal),
    }
    if not hours_fit(values):
        reader.wrong("opens", "hours")
    return values


def _post(reader: Reader) -> dict[str, Any]:
    return _names(reader, "title") | {"rank": "head" if _answer(reader, "heads") else None}


def _place(reader: Reader) -> str:
    found = reader.cell("territory")
    if not (found.isascii() and found.isdigit() and len(found) == 9):
        reader.wrong("territory", "territory")
    return found


def _answer(reader: Reader, name: str) -> bool:
    said = reader.cell(name).casefold()
    if said not in YES | NO:
        reader.wrong(name, "answer")
    return said in YES


def _code(text: str) -> str:
    if not names.is_code(text):
        raise ValueError(text)
    return text


def _clock(text: str) -> Any:
    found = clock_of(text)
    if found is None:
        raise ValueError(text)
    return kept(found)


def _twice(lines: Sequence[Line]) -> list[Fault]:
    """Return a fault for each line that is about what an earlier line was about."""
    seen: set[tuple[str, str, Any]] = set()
    faults = []
    for line in lines:
        key = (line.what, line.code, line.values.get("title_kk"))
        if key in seen:
            faults.append(line.fault("code", "twice", line.code))
        seen.add(key)
    return faults


def written(what: str, code: str, body: str, values: Mapping[str, Any]) -> list[str]:
    """Return one line of the table as it goes out."""
    told = {
        "what": what,
        "code": code,
        "body": body,
        "territory": values.get("territory_id", ""),
        "heads": "yes" if values.get("rank") == "head" else "",
    }
    told |= {f"name_{language}": values.get(f"title_{language}", "") for language in LANGUAGES}
    for name in COLUMNS:
        value = values.get(name)
        if name in values and name != "body":
            told[name] = ("yes" if value else "") if isinstance(value, bool) else value or ""
    for name in ("opens", "closes"):
        told[name] = str(told.get(name, ""))[:5]
    return [_harmless(str(told.get(name, ""))) for name in COLUMNS]


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text
