"""Single cells that say one thing: a sex, a telephone, an identification number, or nothing."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from arasha.people.rules.iin import LENGTH, Fault, IinInvalid, Said, read_iin
from arasha.people.rules.imports.faults import rows_of

# The shortest number whose zeros can be given back: born in 2000 to 2009, in a month below ten.
SHORTEST_IIN: Final = 9
ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?[eе]\+?\d+", re.IGNORECASE)
NOT_FIGURE: Final = re.compile(r"[^\d+]")
LONGEST_TOTAL: Final = 60
SEPARATORS: Final = str.maketrans("", "", " -\u00a0")
PHONE: Final = re.compile(r"(?:\+?7|8)?([4-7]\d{9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class IinRead:
    """A number as it is kept, what it says, and what is wrong or was mended (a code, "" for nothing)."""

    number: str
    said: Said | None
    code: str = ""


@cache
def _words(kind: str) -> dict[str, str]:
    return {row["word"].casefold(): row["code"] for row in rows_of("import_words.csv") if row["kind"] == kind}


def nothing_said(cell: str) -> bool:
    """Say whether a cell is empty or only says that it is: «нет», «жоқ», a dash."""
    return not cell or (len(cell) <= 20 and cell.casefold() in _words("nothing"))


def is_total(cell: str) -> bool:
    """Say whether a cell begins a row of totals: «Итого: 25», «Барлығы»."""
    return len(cell) <= LONGEST_TOTAL and bool(_totals().fullmatch(cell))


@cache
def _totals() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_words("total"), key=len, reverse=True)))
    return re.compile(rf"(?:{words})[\s:.,–—=-]*\d*\s*(?:чел|человек|детей|бала|адам)?[\s.:]*", re.IGNORECASE)


def sex_of(cell: str) -> str:
    """Return "girl", "boy", or "" for anything else."""
    return _words("sex").get(cell.casefold().strip(" ."), "") if len(cell) <= 20 else ""


def phone_of(cell: str) -> str:
    """Return a telephone number of Kazakhstan as +77011234567, "" for what is none or more than one."""
    found = PHONE.fullmatch(NOT_FIGURE.sub("", cell)) if len(cell) <= 40 else None
    return f"+7{found[1]}" if found else ""


def iin_of(cell: str) -> IinRead:
    """Return an identification number; zeros that a spreadsheet dropped at its beginning are given back.

    They are, where the number is right with them: its date exists and its check figure agrees.
    """
    number = cell.translate(SEPARATORS)
    try:
        return IinRead(number, read_iin(number))
    except IinInvalid as wrong:
        fault = wrong.fault
    if ROUNDED.fullmatch(number):
        return IinRead(number, None, "iin_rounded")
    if fault is Fault.LENGTH and SHORTEST_IIN <= len(number) < LENGTH and number.isascii() and number.isdigit():
        whole = number.zfill(LENGTH)
        try:
            return IinRead(whole, read_iin(whole), "iin_zeros")
        except IinInvalid:
            pass
    return IinRead(number, None, f"iin_{fault.value}")
