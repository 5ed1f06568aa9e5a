"""What can be wrong with a register, where, and in which words; the words are data (`data/import_faults.csv`)."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).resolve().parents[2] / "data"
LANGUAGES: Final = ("kk", "ru", "en")


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of `people/data`."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Severity(StrEnum):
    """Whether the row goes back to its sender, or is taken with a word of doubt."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong where: row and column as the person counts them, from 1; column 0 is the row as a whole."""

    row_number: int
    column: int
    code: str
    severity: Severity

    @classmethod
    def of(cls, row_number: int, column: int, code: str) -> "RowFault":
        """Return a fault with the severity that its code has."""
        return cls(row_number, column, code, severity_of(code))


class Unreadable(ValueError):
    """The file can't be read on; `code` says why, `row` and `column` (from 1, 0: not known) where."""

    def __init__(self, code: str, row: int = 0, column: int = 0) -> None:
        """Keep code and place; what the file holds stands in no message."""
        super().__init__(f"{code} {row}:{column}")
        self.code, self.row, self.column = code, row, column


@cache
def _faults() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows_of("import_faults.csv")}


@cache
def severity_of(code: str) -> Severity:
    """Return the severity of a row's fault. Raises KeyError for an unknown code, ValueError for a file's."""
    return Severity(_faults()[code]["severity"])


def row_faults() -> dict[str, dict[str, str]]:
    """Return the words of every fault that a row may have, by code and language."""
    severities = {each.value for each in Severity}
    kept = {code: row for code, row in _faults().items() if row["severity"] in severities}
    return {code: {language: row[f"label_{language}"] for language in LANGUAGES} for code, row in kept.items()}


def words_for(code: str, language: str) -> str:
    """Return the words for a code in `kk`, `ru` or `en`. Raises KeyError."""
    return _faults()[code][f"label_{language}"]
