"""A workbook's parts, walked through before anything is made of them: by the parser itself, keeping nothing.

What a part unpacks to, how much one row or one text holds, that it declares no entities, that its rows stand in their
order, and which formulas were never computed, is known then.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from xml.parsers import expat

from openpyxl.utils import coordinate_to_tuple

from arasha.people.rules.imports.faults import Unreadable
from arasha.people.rules.imports.table import MOST_ROWS

MOST_PARTS: Final = 2_000
MOST_IN_SHEETS: Final = 1_500_000_000
MOST_IN_OTHERS: Final = 200_000_000
BLOCK: Final = 65_536
# The longest text, attribute or comment, in bytes.
LONGEST_STRETCH: Final = 500_000
MOST_IN_ROW: Final = 20_000
MOST_STRINGS: Final = 5_000_000
# Elements that openpyxl keeps while it reads on.
MOST_KEPT: Final = 1_000_000
MOST_PLACES: Final = 100_000
SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# What stands within a row or a string.
INSIDE: Final = frozenset(
    ["c", "v", "f", "is", "t", "r", "rPr", "rPh", "sz", "color", "rFont", "family", "scheme", "charset", "b", "i", "u"]
)


@dataclass(slots=True)
class Walked:
    """What a walk through one sheet found: its rows, and the formulas without a value, as row → columns."""

    rows: int = 0
    uncomputed: dict[int, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class _Walk:
    """The parser's callbacks for one part; `listen` lets the parser tell of text, None lets it be silent."""

    listen: Callable[[Callable[[str], None] | None], None]
    found: Walked = field(default_factory=Walked)
    last_row: int = 0
    strings: int = 0
    kept: int = 0
    inside: int = 0
    cell: str = ""
    formula: str = ""
    moved: bool = True

    def declares(self, *_ignored: Any) -> None:
        """Refuse a document type: entities are declared there, and no workbook has one."""
        raise Unreadable("not_a_table")

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """Count an element."""
        self.moved = True
        name = name.rpartition(":")[2]
        if name in INSIDE:
            self.inside += 1
            if name == "c":
                self.note_formula()
                self.cell = attributes.get("r", "")
            elif name == "v" and self.formula:
                self.listen(self.hears)
            elif name == "f":
                self.formula = self.cell
        elif name == "row":
            self._row(attributes)
        elif name == "si":
            self.strings += 1
            self.inside = 0
        else:
            self.kept += 1
        if self.inside > MOST_IN_ROW or self.kept > MOST_KEPT or self.strings > MOST_STRINGS:
            raise Unreadable("row_too_long" if self.last_row else "too_large", self.last_row)

    def _row(self, attributes: dict[str, str]) -> None:
        self.note_formula()
        number = int(attributes.get("r", self.last_row + 1))
        if number <= self.last_row:  # openpyxl would pass it over
            raise Unreadable("rows_disordered", number)
        if number > MOST_ROWS:
            raise Unreadable("too_many_rows", number)
        self.last_row, self.inside = number, 0
        self.found.rows += 1

    def hears(self, text: str) -> None:
        """Take a formula's value: whoever writes workbooks without computing them leaves an empty one."""
        if not text.isspace():
            self.formula = ""
            self.listen(None)

    def note_formula(self) -> None:
        """Remember a formula that ended without a value; openpyxl would show it as an empty cell."""
        if self.formula and len(self.found.uncomputed) < MOST_PLACES:
            row, column = coordinate_to_tuple(self.formula)
            self.found.uncomputed.setdefault(row, []).append(column)
            self.listen(None)
        self.formula = ""


def walked(book: zipfile.ZipFile) -> dict[str, Walked]:
    """Return what each part holds. Raises Unreadable, and what zipfile and expat raise for what is broken."""
    parts = book.infolist()
    in_sheets = sum(part.file_size for part in parts if SHEET.fullmatch(part.filename))
    in_others = sum(part.file_size for part in parts) - in_sheets
    # zipfile itself never unpacks more of a part than the size that it declares
    if len(parts) > MOST_PARTS or in_sheets > MOST_IN_SHEETS or in_others > MOST_IN_OTHERS:
        raise Unreadable("too_large")
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Unreadable("not_a_table")
    return {part.filename: _walk(book, part.filename) for part in parts if not part.is_dir()}


def _walk(book: zipfile.ZipFile, part: str) -> Walked:
    parser = expat.ParserCreate()
    walk = _Walk(listen=partial(setattr, parser, "CharacterDataHandler"))
    parser.StartDoctypeDeclHandler = walk.declares
    parser.StartElementHandler = walk.begins
    still = 0
    with book.open(part) as content:
        try:
            while block := content.read(BLOCK):
                walk.moved = False
                parser.Parse(block)
                still = 0 if walk.moved else still + len(block)
                if still > LONGEST_STRETCH:
                    raise Unreadable("cell_too_long", walk.last_row)
            parser.Parse(b"", True)
        except expat.ExpatError:
            if part.lower().endswith((".xml", ".rels")):
                raise
            return Walked()  # a picture; were it named as a sheet, openpyxl's parser would stop at the same place
    walk.note_formula()
    return walk.found
