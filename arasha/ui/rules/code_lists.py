"""Code lists as reviewed text: a CSV file with a code, its label in three languages and its mark."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import get_language

LANGUAGES = ("kk", "ru", "en")


class UnknownCode(KeyError):
    """The code stands in no row of the list."""


@dataclass(frozen=True)
class Code:
    """One row: the code, its labels, and the other columns as text."""

    code: str
    name_kk: str
    name_ru: str
    name_en: str
    more: Mapping[str, str]

    def label(self, language: str) -> str:
        """Return the label in `kk`, `ru` or `en`; another language reads the Kazakh one."""
        return str(getattr(self, f"name_{language}", self.name_kk))


# What a list in a form begins with until somebody chooses.
NOTHING = ("", "–")


class CodeList:
    """The rows of one CSV file with the columns code, name_kk, name_ru, name_en and any others.

    Raises ValueError with file and line when a column, a label or a code is missing or doubled.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._codes: dict[str, Code] = {}
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                self._add(line, dict(row))

    def _add(self, line: int, row: dict[str, str]) -> None:
        wanted = {key: (row.pop(key, "") or "").strip() for key in ("code", "name_kk", "name_ru", "name_en")}
        missing = [key for key, value in wanted.items() if not value]
        if missing:
            raise ValueError(f"{self.path.name}, line {line}: {', '.join(missing)} missing")
        if wanted["code"] in self._codes:
            raise ValueError(f"{self.path.name}, line {line}: {wanted['code']} stands twice")
        self._codes[wanted["code"]] = Code(**wanted, more=row)

    def __getitem__(self, code: str) -> Code:
        try:
            return self._codes[code]
        except KeyError:
            raise UnknownCode(f"{self.path.stem}: {code!r}") from None

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    def label(self, code: str) -> str:
        """Return the label in the reader's language; raises UnknownCode."""
        return self[code].label((get_language() or "kk")[:2])

    def choices(self) -> list[tuple[str, Any]]:
        """Return (code, label) pairs for a form, the label made when it is shown."""
        return [(code, lazystr(_Label(self, code))) for code in self._codes]

    def asked(self) -> list[tuple[str, Any]]:
        """Return the same for a list that begins with nothing, so that nobody says what they did not choose."""
        return [NOTHING, *self.choices()]


class _Label:
    """A label that takes the reader's language when it is written out."""

    def __init__(self, codes: CodeList, code: str) -> None:
        self._codes, self._code = codes, code

    def __str__(self) -> str:
        return self._codes.label(self._code)
