"""A list of reasons as somebody hands it in: code, group, names in three languages. No database, no clock."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from arasha.helpline.rules.past_table import Fault
from arasha.ui.rules.sheets import Row

NAMES: Final = ("group_kk", "group_ru", "group_en", "name_kk", "name_ru", "name_en")
COLUMNS: Final = ("code", "group", *NAMES)
OPTIONAL: Final = ("verified_by",)
LONGEST: Final = 120
CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
MOST_CLOSED: Final = 20  # per cent: a part of a list must not close the rest


@dataclass(frozen=True, slots=True)
class Line:
    """One reason of the list."""

    row: int
    code: str
    group: str
    names: Mapping[str, str]
    verified_by: str

    def values(self) -> dict[str, str]:
        """Return what stands in its columns."""
        return {"group": self.group, **self.names, "verified_by": self.verified_by}


@dataclass(frozen=True, slots=True)
class Changes:
    """What a list would change: codes."""

    added: list[str]
    renamed: list[str]
    closed: list[str]
    reopened: list[str]

    @property
    def anything(self) -> bool:
        """Say whether there is any change."""
        return bool(self.added or self.renamed or self.closed or self.reopened)


def understood(rows: Sequence[Row]) -> tuple[list[Line], list[Fault]]:
    """Return what the rows say, and every fault with its place; a list with faults is not taken over at all."""
    heading, body = rows[0], rows[1:]
    places = {cell.casefold(): index for index, cell in enumerate(heading.cells) if cell}
    missing = [name for name in COLUMNS if name not in places]
    if missing:
        return [], [Fault(heading.number, 0, "column_missing", name) for name in missing]
    lines: list[Line] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    groups: dict[str, Line] = {}
    for row in body:
        line, wrong = _line(row, places, seen)
        if line is not None:
            first = groups.setdefault(line.group, line)
            if any(line.names[f"group_{tongue}"] != first.names[f"group_{tongue}"] for tongue in ("kk", "ru", "en")):
                wrong.append(Fault(row.number, places["group"] + 1, "group_differs", str(first.row)))
            lines.append(line)
        faults += wrong
    if not body:
        faults.append(Fault(heading.number, 0, "no_rows"))
    return lines, faults


def _line(row: Row, places: Mapping[str, int], seen: dict[str, int]) -> tuple[Line | None, list[Fault]]:
    said = {name: row.cell(places.get(name, -1)) for name in (*COLUMNS, *OPTIONAL)}
    faults = []
    for name in ("code", "group"):
        if not CODE.fullmatch(said[name]):
            faults.append(Fault(row.number, places[name] + 1, "code", said[name][:40]))
    for name in NAMES:
        if not said[name]:
            faults.append(Fault(row.number, places[name] + 1, "name_missing", name))
        elif len(said[name]) > LONGEST or "\ufffd" in said[name] or "??" in said[name]:
            faults.append(Fault(row.number, places[name] + 1, "name_wrong", said[name][:40]))
    if len(said["verified_by"]) > LONGEST:
        faults.append(Fault(row.number, places["verified_by"] + 1, "name_wrong", said["verified_by"][:40]))
    if said["code"] in seen:
        faults.append(Fault(row.number, places["code"] + 1, "code_twice", str(seen[said["code"]])))
    seen.setdefault(said["code"], row.number)
    if faults:
        return None, faults
    return Line(row.number, said["code"], said["group"], {n: said[n] for n in NAMES}, said["verified_by"]), []


def compare(known: Mapping[str, tuple[bool, Mapping[str, str]]], lines: Sequence[Line]) -> Changes:
    """Return what a list changes; `known`: whether each code is used, and what stands in its columns."""
    wanted = {line.code: line.values() for line in lines}
    return Changes(
        added=[code for code in wanted if code not in known],
        renamed=[code for code, values in wanted.items() if code in known and dict(known[code][1]) != values],
        closed=[code for code, (used, _values) in known.items() if used and code not in wanted],
        reopened=[code for code in wanted if code in known and not known[code][0]],
    )
