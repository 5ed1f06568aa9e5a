"""From a form's sheets to the XForm that the engine reads; every refusal with its place.

pyxform gets cells that were read and bounded here, never a file: it opens, unpacks and fetches nothing.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from arasha.questionnaires.rules import lint
from arasha.questionnaires.rules.about import About
from arasha.questionnaires.rules.books import Book, Fault, Reading, Sheet, canonical, markdown
from arasha.questionnaires.rules.form import Form
from arasha.questionnaires.rules.lint.outline import split_type
from arasha.questionnaires.rules.problems import FormProblem
from arasha.questionnaires.rules.reading import read_form

ROW: Final = re.compile(r"\[row : (\d+)\]")
SHEET: Final = re.compile(r"'(survey|choices|settings)' sheet")
COLUMN: Final = re.compile(r"sheet, the '([^']+)' value")
MOST_SHOWN: Final = 300
# What the converter may still say of a form that passed the lint, by its own code.
KNOWN: Final = {
    "PYREF_001": "reference_open",
    "PYREF_002": "reference_open",
    "PYREF_003": "reference_unknown",
    "PYREF_004": "reference_twice",
    "SURVEY_001": "end_unmatched",
    "SURVEY_002": "not_ended",
    "NAMES_001": "name_twice",
    "NAMES_004": "name_twice",
    "NAMES_005": "name_reserved",
    "NAMES_007": "code_twice",
}


class FaultyForm(ValueError):
    """A form that can't become a version; `faults` says what is wrong and where, `book` what was read."""

    def __init__(self, faults: Sequence[Fault], book: Book) -> None:
        super().__init__("; ".join(f"{fault.sheet}:{fault.row}:{fault.column} {fault.code}" for fault in faults))
        self.faults, self.book = tuple(faults), book


@dataclass(frozen=True)
class Converted:
    """A form that holds: its source in the one way to write it, its XForm with the SHA-256, what it says of itself."""

    code: str
    number: int
    source: str
    xform: str
    digest: str
    about: About
    form: Form
    notices: tuple[Fault, ...] = ()


def convert(reading: Reading, before: Book | None = None) -> Converted:
    """Return the form that was read, converted; `before` is the published version that it follows.

    Raises:
        FaultyForm: something is wrong with it.
    """
    book = reading.book
    found = [*reading.faults, *lint.check(book, before)]
    if any(not fault.is_notice for fault in found):
        raise FaultyForm(found, book)
    xform = to_xform(book)
    return Converted(
        code=book.setting("form_id"),
        number=int(book.setting("version")),
        source=markdown(canonical(book)),
        xform=xform,
        digest=hashlib.sha256(xform.encode()).hexdigest(),
        about=About.of(book),
        form=_read(xform, book),
        notices=tuple(found),
    )


def to_xform(book: Book) -> str:
    """Return the XForm that pyxform makes of the sheets. Raises FaultyForm."""
    # Half a second that only who publishes has to wait for.
    from pyxform.errors import PyXFormError  # noqa: PLC0415
    from pyxform.xls2xform import convert as made  # noqa: PLC0415

    try:
        return str(made(_sheets(book), validate=False).xform)
    except PyXFormError as refused:
        raise FaultyForm([_located(refused, book)], book) from refused


def _sheets(book: Book) -> dict[str, Any]:
    content: dict[str, Any] = {"sheet_names": ["survey", "choices", "settings"]}
    for name in content["sheet_names"]:
        sheet = book.sheet(name)
        content[name] = [_cells(sheet, row.cells) for row in sheet.rows]
        content[f"{name}_header"] = [dict.fromkeys(head for head in sheet.heads if head)]
    return content


def _cells(sheet: Sheet, cells: Any) -> dict[str, str]:
    if sheet.name != "survey" or "type" not in cells:
        return dict(cells)
    return dict(cells) | {"type": " ".join(part for part in split_type(cells["type"]) if part)}


def _located(refused: Any, book: Book) -> Fault:
    """Return what pyxform said as a fault at its place; it counts the rows that it got from 2."""
    message = str(refused)
    sheet = book.sheet(found[1] if (found := SHEET.search(message)) else "survey")
    row, column = ROW.search(message), COLUMN.search(message)
    place = int(row[1]) - 2 if row else -1
    number = sheet.rows[place].number if 0 <= place < len(sheet.rows) else 0
    head = column[1] if column else ""
    if head not in sheet.heads:
        head = next((each for each in sheet.heads if head and each.startswith(head)), "")
    code = KNOWN.get(getattr(refused.code, "name", ""), "converter")
    context = {key: str(value) for key, value in refused.context.items()}
    values = {
        "message": message.partition(" Learn more")[0][:MOST_SHOWN],
        "name": context.get("q") or context.get("name") or context.get("value", ""),
        "type": f"end_{context.get('type', '')}",
        "code": context.get("value", ""),
        "other": context.get("other_row", ""),
    }
    return Fault(code, sheet.name, number, head, values)


def _read(xform: str, book: Book) -> Form:
    """Return the form as the engine reads it: what it can't work with is a fault like any other."""
    try:
        return read_form(xform.encode())
    except FormProblem as problem:
        survey = lint.outline(book)
        path = problem.path.removeprefix("/data/")
        rows = [item.row.number for item in survey.nodes() if item.path == path]
        if problem.code == "circular":
            names = {"names": problem.detail.replace("/data/", "")}
            raise FaultyForm(
                [Fault("circular", "survey", rows[0] if rows else 0, "calculation", names)], book
            ) from problem
        detail = {"detail": f"{problem.code}: {problem.detail}"}
        raise FaultyForm([Fault("engine", "survey", rows[0] if rows else 0, "name", detail)], book) from problem
