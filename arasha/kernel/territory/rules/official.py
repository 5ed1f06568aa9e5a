"""The official file's rows: columns te, ab, cd, ef, hij, k, name_kaz, name_rus, nn; each fault with its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from arasha.kernel.territory.rules.codes import NATION, NINE_DIGITS
from arasha.kernel.territory.rules.letters import mended

COLUMNS = ("te", "ab", "cd", "ef", "hij", "k", "name_kaz", "name_rus", "nn")
NEEDED = ("te", "name_kaz", "name_rus")
PARTS = (("ab", 2), ("cd", 2), ("ef", 2), ("hij", 3))
Line = tuple[int, Sequence[object]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in the file: where, what (a code) and the values that the sentence needs."""

    line: int
    column: str
    code: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """One unit of the official file."""

    line: int
    kato: str
    name_kk: str
    name_ru: str
    urban: bool


def header_of(lines: Iterable[Line]) -> tuple[int, dict[str, int]] | None:
    """Return the header's line number and where each column stands, None when no line is a header."""
    for number, cells in lines:
        names = [_text(cell).lower() for cell in cells]
        if "te" in names:
            return number, {name: names.index(name) for name in COLUMNS if name in names}
    return None


def read_rows(places: dict[str, int], lines: Iterable[Line]) -> tuple[list[OfficialRow], list[Fault]]:
    """Read the lines below the header; empty lines are passed over."""
    missing = [name for name in NEEDED if name not in places]
    if missing:
        return [], [Fault(0, name, "column_missing") for name in missing]
    rows: list[OfficialRow] = []
    faults: list[Fault] = []
    first_seen: dict[str, int] = {}
    for number, cells in lines:
        values = {name: _text(cells[place]) if place < len(cells) else "" for name, place in places.items()}
        if not any(values.values()):
            continue
        own = list(_faults(number, values))
        kato = values["te"]
        if not own and kato in first_seen:
            own = [Fault(number, "te", "code_twice", {"kato": kato, "line": str(first_seen[kato])})]
        faults += own
        if not own:
            first_seen[kato] = number
            rows.append(
                OfficialRow(
                    number, kato, mended(values["name_kaz"]), mended(values["name_rus"]), values.get("k") == "1"
                )
            )
    faults += _without_region(rows)
    if not rows and not faults:
        faults.append(Fault(0, "te", "no_rows"))
    return rows, faults


def _faults(number: int, values: dict[str, str]) -> Iterator[Fault]:
    kato = values["te"]
    if not NINE_DIGITS.fullmatch(kato) or kato == NATION:
        yield Fault(number, "te", "not_a_code", {"value": kato[:20]})
        return
    place = 0
    for name, width in PARTS:
        part = values.get(name)
        if part and part.zfill(width) != kato[place : place + width]:
            yield Fault(number, name, "part_disagrees", {"value": part[:20], "kato": kato})
        place += width
    for name in ("name_kaz", "name_rus"):
        if not values[name]:
            yield Fault(number, name, "name_missing", {"kato": kato})
        elif "�" in values[name] or "?" in values[name]:
            yield Fault(number, name, "letters_lost", {"kato": kato})


def _without_region(rows: list[OfficialRow]) -> Iterator[Fault]:
    regions = {row.kato for row in rows}
    for row in rows:
        region = f"{row.kato[:2]}0000000"
        if region not in regions:
            yield Fault(row.line, "te", "region_missing", {"kato": row.kato, "region": region})


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())
