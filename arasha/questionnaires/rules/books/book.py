"""What a form's source is made of, and what may be wrong with it, each time with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

SHEETS: Final = ("settings", "about", "survey", "choices")
# The language's code, and the name that stands in the heads of columns.
LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {"kk": "Kazakh (kk)", "ru": "Russian (ru)", "en": "English (en)"}
)
NOTICES: Final = frozenset({"hidden_row", "hidden_sheet", "other_sheet", "list_unused"})


class Unreadable(ValueError):
    """What was handed in is no workbook that can be read at all; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: the sheet, its row as the person sees it (0: the sheet as a whole), the column's head.

    `values` are the words of the form that the sentence names. A notice keeps nothing from being published.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_notice(self) -> bool:
        """Say whether this is only to be looked at."""
        return self.code in NOTICES


@dataclass(frozen=True)
class Row:
    """One row with its number as the person sees it, and its filled cells by their column's head."""

    number: int
    cells: Mapping[str, str]

    def get(self, head: str) -> str:
        """Return a cell, "" where it is empty."""
        return self.cells.get(head, "")

    def texts(self, head: str) -> dict[str, str]:
        """Return a text by language, the empty ones left out."""
        found = {language: self.get(f"{head}::{name}") for language, name in LANGUAGES.items()}
        return {language: text for language, text in found.items() if text}


@dataclass(frozen=True)
class Sheet:
    """One table. `heads` are in order, "" for a column without one, so that a place in it is a column's letter."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    def fault(self, code: str, row: int = 0, column: str = "", /, **values: str) -> Fault:
        """Return a fault in this sheet."""
        return Fault(code, self.name, row, column, values)


@dataclass(frozen=True)
class Book:
    """The sheets of a form by name."""

    sheets: Mapping[str, Sheet]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets.values())

    def sheet(self, name: str) -> Sheet:
        """Return a sheet, an empty one where there is none."""
        return self.sheets.get(name) or Sheet(name, (), ())

    def about(self) -> dict[str, dict[str, str]]:
        """Return what the form says of itself: by row's name, the texts by language."""
        return {
            row.get("name"): {code: text for code, head in LANGUAGES.items() if (text := row.get(head))}
            for row in self.sheet("about").rows
            if row.get("name")
        }

    def setting(self, name: str) -> str:
        """Return one setting."""
        rows = self.sheet("settings").rows
        return rows[0].get(name) if rows else ""


@dataclass(frozen=True)
class Reading:
    """What was read, and what was wrong with single cells of it."""

    book: Book
    faults: tuple[Fault, ...] = ()
