"""Lists of forms of violence: the working one that is shipped, the official one that a ministry brings, their changes.

A form that a list no longer holds is ended, never removed; one that is worded anew is a new version beside the old
one. Whatever was recorded under an old version keeps it.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
WORKING, OFFICIAL = "working", "official"
SCHEMES: Final = (WORKING, OFFICIAL)
TARGETS: Final = (OFFICIAL, "concern", "icd10")
ICD10 = CodeList(DATA / "icd10_maltreatment.csv")
CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,15}")
FORM_COLUMNS: Final = ("code", "name_kk", "name_ru", "name_en", "parent")
MAPPING_COLUMNS: Final = ("working", "scheme", "target")
MOST_ROWS: Final = 2_000
LONGEST_NAME: Final = 300


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line of a table: a code of `wording` and what stands there."""

    line: int
    code: str
    value: str = ""


class FileFaulty(Exception):
    """The table can't be taken; `faults` says where and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = list(faults)


@dataclass(frozen=True)
class Form:
    """One form of violence as a list words it."""

    code: str
    name_kk: str
    name_ru: str
    name_en: str
    parent: str = ""
    mark: str = ""
    verified_by: str = ""


@dataclass(frozen=True)
class Changes:
    """What a table would change: forms that are new, worded anew, and no longer there."""

    added: tuple[Form, ...]
    changed: tuple[Form, ...]
    closed: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """Say whether the table differs from what stands."""
        return bool(self.added or self.changed or self.closed)


def read_forms(content: bytes) -> list[Form]:
    """Read a list of forms: CSV in UTF-8, code, three names, parent. Raises FileFaulty, with every fault."""
    lines = _lines(content, FORM_COLUMNS)
    faults: list[Fault] = []
    forms: dict[str, Form] = {}
    for number, row in lines:
        faults += _faults_of(number, row, forms)
        forms[row["code"]] = Form(
            **{column: row[column] for column in FORM_COLUMNS},
            mark=row.get("mark", ""),
            verified_by=row.get("verified_by", ""),
        )
    for number, row in lines:
        if row["parent"] and row["parent"] not in forms:
            faults.append(Fault(number, "no_such_parent", row["parent"]))
        elif row["parent"] and forms[row["parent"]].parent:
            faults.append(Fault(number, "too_deep", row["code"]))
    if faults:
        raise FileFaulty(faults)
    return list(forms.values())


def _faults_of(number: int, row: Mapping[str, str], known: Mapping[str, Form]) -> list[Fault]:
    faults = []
    if not CODE.fullmatch(row["code"]):
        faults.append(Fault(number, "code", row["code"][:40]))
    if row["code"] in known:
        faults.append(Fault(number, "twice", row["code"]))
    for column in ("name_kk", "name_ru", "name_en"):
        if not row[column]:
            faults.append(Fault(number, "missing", column))
        elif len(row[column]) > LONGEST_NAME or not row[column].isprintable():
            faults.append(Fault(number, "name", column))
    return faults


def read_mapping(content: bytes) -> list[tuple[str, str, str]]:
    """Read working code, scheme and target, one to many. Raises FileFaulty: a scheme of no list, a line twice."""
    seen: dict[tuple[str, str, str], int] = {}
    faults = []
    for number, row in _lines(content, MAPPING_COLUMNS):
        line = (row["working"], row["scheme"], row["target"])
        if line[1] not in TARGETS:
            faults.append(Fault(number, "scheme", line[1][:40]))
        if not CODE.fullmatch(line[0]) or not line[2] or len(line[2]) > 32:
            faults.append(Fault(number, "code", line[0][:40]))
        if line in seen:
            faults.append(Fault(number, "twice", line[0]))
        seen[line] = number
    if faults:
        raise FileFaulty(faults)
    return list(seen)


def _lines(content: bytes, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return the numbered lines of a table. Raises FileFaulty when it is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileFaulty([Fault(1, "encoding")]) from None
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error:
        raise FileFaulty([Fault(1, "table")]) from None
    if not rows:
        raise FileFaulty([Fault(1, "empty")])
    missing = [column for column in columns if column not in rows[0]]
    if missing:
        raise FileFaulty([Fault(1, "column", column) for column in missing])
    if len(rows) > MOST_ROWS:
        raise FileFaulty([Fault(MOST_ROWS, "too_long")])
    return [
        (number, {key: (value or "").strip() for key, value in row.items() if key and not isinstance(value, list)})
        for number, row in enumerate(rows, start=2)
    ]


def compare(standing: Iterable[Form], wanted: Iterable[Form]) -> Changes:
    """Return what has to change for the list to say what the table says; the same table again changes nothing."""
    known = {form.code: form for form in standing}
    asked = {form.code: form for form in wanted}
    return Changes(
        tuple(form for code, form in asked.items() if code not in known),
        tuple(form for code, form in asked.items() if code in known and known[code] != form),
        tuple(code for code in known if code not in asked),
    )
