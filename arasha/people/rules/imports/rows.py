"""What one row says, and what is wrong with it. No child is refused for a wrong number: it makes a warning.

A row goes back to its sender where nobody is named in it, where its birth can't be what it says, or where its cells
could not be read as they came.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import Final

from arasha.kernel.territory.rules import CodeInvalid, checked
from arasha.people.rules.birth import Birth, Likeness, born_about, compared
from arasha.people.rules.iin import Said as SaidByIin
from arasha.people.rules.imports.columns import NAMES, Mapping
from arasha.people.rules.imports.dates import DateFault, read_birth, read_birth_year
from arasha.people.rules.imports.faults import RowFault, Severity
from arasha.people.rules.imports.fullname import name_parts, tidy_name
from arasha.people.rules.imports.headings import Field
from arasha.people.rules.imports.table import Row
from arasha.people.rules.imports.values import iin_of, is_total, nothing_said, phone_of, sex_of
from arasha.people.rules.names import father_key, key

FINGERPRINT: Final = "arasha-import-1"
FIGURE: Final = re.compile(r"\d")
# 7, 7 лет, 7,5, 7 жас 3 ай, 7 лет 3 мес.
AGE: Final = re.compile(
    r"(-?\d{1,3})(?:[.,]\d)?\s*(?:лет|года|год|жаста|жас|years?|г|ж|л)?\.?(?:\s*\d{1,2}\s*(?:мес\w*|м|ай\w*)\.?)?",
    re.IGNORECASE,
)
MONTHS: Final = re.compile(r"(\d{1,2})\s*(?:мес\w*|ай\w*|months?)\.?", re.IGNORECASE)
OLDEST: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a row says of one person; "" and None stand for what it doesn't say.

    `iin` is a valid number, `iin_said` what stands there when it is none. `birth` is what the date says, else the
    number, the year or the age; `birth_from` says which (birth_date, iin, birth_year, age), `age` is the age as
    said. `sex` is "girl" or "boy"; `kato` is nine figures, `territory` the name of a place.
    """

    row_number: int
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    full_name: str = ""
    birth: Birth | None = None
    birth_from: str = ""
    age: int | None = None
    sex: str = ""
    iin: str = ""
    iin_said: str = ""
    document_number: str = ""
    citizenship: str = ""
    phone: str = ""
    address: str = ""
    kato: str = ""
    territory: str = ""
    school: str = ""
    clinic: str = ""
    class_name: str = ""
    ground: str = ""
    source_key: str = ""
    warnings: tuple[RowFault, ...] = ()


PLAIN: Final = {
    Field.DOCUMENT_NUMBER: "document_number",
    Field.CITIZENSHIP: "citizenship",
    Field.ADDRESS: "address",
    Field.SCHOOL: "school",
    Field.CLINIC: "clinic",
    Field.CLASS: "class_name",
    Field.GROUND: "ground",
    Field.SOURCE_KEY: "source_key",
}


def read_row(row: Row, mapping: Mapping, today: date) -> Said | list[RowFault]:
    """Return what a row says, or every fault it has, warnings too, where one of them is an error."""
    faults = list(row.faults)
    cells: dict[Field, str] = {}
    for column, named in mapping.columns.items():
        cell = row.cell(column)
        if cell and not nothing_said(cell):
            cells[named] = cell if cell.isascii() else unicodedata.normalize("NFC", cell)

    def wrong(named: Field | None, code: str) -> None:
        column = 0 if named is None else mapping.places[named] + 1
        faults.append(RowFault.of(row.number, column, code))

    said: dict[str, str] = {name: cells[named] for named, name in PLAIN.items() if named in cells}
    said |= _names(cells, wrong)
    number = _number(cells, said, today, wrong)
    birth, birth_from, age = _birth(cells, mapping, today, number, wrong)
    said["sex"] = _sex(cells, number, wrong)
    said |= _place(cells) | _phone(cells, wrong)
    if any(is_total(cells.get(named, "")) for named in NAMES):
        wrong(None, "total_row")
    if not (said["surname"] or said["given"] or said["patronymic"] or said["iin"] or said["iin_said"]):
        wrong(None, "nobody")
    if any(fault.severity is Severity.ERROR for fault in faults):
        return faults
    return Said(row_number=row.number, birth=birth, birth_from=birth_from, age=age, warnings=tuple(faults), **said)


Wrong = Callable[[Field | None, str], None]


def _names(cells: dict[Field, str], wrong: Wrong) -> dict[str, str]:
    parts = [tidy_name(cells.get(named, "")) for named in (Field.SURNAME, Field.GIVEN, Field.PATRONYMIC)]
    whole = cells.get(Field.FULL_NAME, "")
    if whole:
        taken = name_parts(whole)
        parts = [own or found for own, found in zip(parts, (taken.surname, taken.given, taken.patronymic), strict=True)]
        if not taken.clear:
            wrong(Field.FULL_NAME, "name_parts")
    for named in NAMES:
        if named in cells and FIGURE.search(cells[named]):
            wrong(named, "name_figures")
    return {"surname": parts[0], "given": parts[1], "patronymic": parts[2], "full_name": whole}


def _number(cells: dict[Field, str], said: dict[str, str], today: date, wrong: Wrong) -> SaidByIin | None:
    """Put the identification number among what is said, and return what it says itself."""
    said["iin"] = said["iin_said"] = ""
    if Field.IIN not in cells:
        return None
    found = iin_of(cells[Field.IIN])
    code = found.code
    if found.said and found.said.born > today:
        code = "iin_future"
    if code:
        wrong(Field.IIN, code)
    if found.said is None or code == "iin_future":
        said["iin_said"] = cells[Field.IIN]
        return None
    said["iin"] = found.number
    return found.said


def _birth(
    cells: dict[Field, str], mapping: Mapping, today: date, number: SaidByIin | None, wrong: Wrong
) -> tuple[Birth | None, str, int | None]:
    births: dict[Field, Birth] = {}
    age = _age(cells, wrong)
    try:
        if Field.BIRTH_DATE in cells:
            births[Field.BIRTH_DATE] = read_birth(cells[Field.BIRTH_DATE], mapping.order, today)
    except DateFault as fault:
        wrong(Field.BIRTH_DATE, fault.code)
    if number is not None:
        births[Field.IIN] = Birth(number.born, number.born)
        if Field.BIRTH_DATE in births:
            _compare_with_number(births, wrong)
    try:
        if Field.BIRTH_YEAR in cells:
            births[Field.BIRTH_YEAR] = read_birth_year(cells[Field.BIRTH_YEAR], today)
    except DateFault as fault:
        wrong(Field.BIRTH_YEAR, fault.code)
    if age is not None:
        births[Field.AGE] = born_about(age, today)
    if not births:
        return None, "", age
    best, birth = next(iter(births.items()))
    for named in (Field.BIRTH_YEAR, Field.AGE):
        if named in births and compared(birth, births[named]) is Likeness.DIFFERS:
            wrong(named, "births_differ")
    return birth, best.value, age


def _compare_with_number(births: dict[Field, Birth], wrong: Wrong) -> None:
    likeness = compared(births[Field.BIRTH_DATE], births[Field.IIN])
    if likeness is Likeness.DIFFERS:
        wrong(Field.IIN, "iin_birth_differs")
    elif likeness is Likeness.SWAPPED:
        wrong(Field.IIN, "iin_birth_swapped")


def _age(cells: dict[Field, str], wrong: Wrong) -> int | None:
    if Field.AGE not in cells:
        return None
    if months := MONTHS.fullmatch(cells[Field.AGE]):
        return int(months[1]) // 12
    years = AGE.fullmatch(cells[Field.AGE])
    if years is not None and 0 <= int(years[1]) < OLDEST:
        return int(years[1])
    wrong(Field.AGE, "age_impossible" if years else "age_unreadable")
    return None


def _sex(cells: dict[Field, str], number: SaidByIin | None, wrong: Wrong) -> str:
    sex = sex_of(cells.get(Field.SEX, ""))
    if Field.SEX in cells and not sex:
        wrong(Field.SEX, "sex_unclear")
    if number is None:
        return sex
    if sex and sex != number.sex:
        wrong(Field.SEX, "iin_sex_differs")
    return sex or number.sex


def _place(cells: dict[Field, str]) -> dict[str, str]:
    cell = cells.get(Field.TERRITORY, "")
    try:
        return {"kato": checked(cell)}
    except CodeInvalid:
        return {"territory": cell}


def _phone(cells: dict[Field, str], wrong: Wrong) -> dict[str, str]:
    cell = cells.get(Field.PHONE, "")
    found = phone_of(cell)
    if cell and not found:
        wrong(Field.PHONE, "phone_unclear")
    return {"phone": found or cell}


NOT_CONTENT: Final = {"row_number", "birth", "birth_from", "age", "warnings"}
CONTENT: Final = attrgetter(*(each.name for each in fields(Said) if each.name not in NOT_CONTENT))


def fingerprint(said: Said) -> bytes:
    """Return the SHA-256 of what a row says: the same for the same content, wherever and whenever it is loaded.

    An age is taken as it was said, not as the birth that follows from it on the day of loading.
    """
    birth = None
    if said.birth is not None and said.birth_from != Field.AGE:
        birth = [said.birth.first.isoformat(), said.birth.last.isoformat()]
    content = [FINGERPRINT, birth, said.age, *CONTENT(said)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).digest()


def row_key(said: Said) -> str:
    """Return what a row is known by from one load to the next: the source's own key, else IIN, else names and birth.

    The last may be the same for two children; whoever loads must reckon with it.
    """
    if said.source_key:
        return f"own:{said.source_key}"
    if said.iin:
        return f"iin:{said.iin}"
    birth = f"about {said.age}" if said.birth is None or said.birth_from == Field.AGE else ""
    if said.birth is not None and not birth:
        birth = f"{said.birth.first}/{said.birth.last}"
    return f"name:{key(said.surname)}|{key(said.given)}|{father_key(said.patronymic)}|{birth}"
