"""Errors as other systems read them: RFC 9457 with codes that stay, titles in three languages, and places.

Nothing that was sent comes back in an error: the answer goes into somebody's log.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).resolve().parents[1] / "data"
LANGUAGES: Final = ("kk", "ru", "en")
# How pydantic's kinds of errors are called here; what is not listed is `bad_value`.
FIELD_CODES: Final = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "literal_error": "unknown_code",
    "enum": "unknown_code",
    "unknown_code": "unknown_code",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its code, its status, its title in three languages."""

    code: str
    status: int
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong at one place of a request: a JSON pointer, or the name of a parameter or header."""

    place: str
    code: str


class Problem(Exception):
    """An endpoint answers with a problem; `code` stands in `data/problems.csv`. Whatever it did is rolled back."""

    def __init__(self, code: str, *, errors: Sequence[FieldError] = (), retry_after: int = 0) -> None:
        super().__init__(code)
        self.kind = problems()[code]
        self.errors, self.retry_after = list(errors), retry_after

    def body(self, language: str) -> dict[str, Any]:
        """Return the problem as JSON says it, in the reader's language."""
        told: dict[str, Any] = {
            "type": f"/api/#{self.kind.code}",
            "code": self.kind.code,
            "title": self.kind.titles[language],
            "status": self.kind.status,
        }
        if self.errors:
            words = field_words()
            told["errors"] = [
                {"place": error.place, "code": error.code, "detail": words[error.code][language]}
                for error in self.errors
            ]
        return told


@cache
def problems() -> dict[str, Kind]:
    """Return every kind of problem by its code."""
    return {row["code"]: Kind(row["code"], int(row["status"]), _words(row)) for row in _rows("problems")}


@cache
def field_words() -> dict[str, dict[str, str]]:
    """Return what may be wrong with a field, by code and language."""
    return {row["code"]: _words(row) for row in _rows("field_errors")}


def field_errors(found: Sequence[dict[str, Any]]) -> list[FieldError]:
    """Return pydantic's errors as places and codes; never what was typed there, nor a name that only a client knows."""
    told = []
    for error in found[:50]:
        code, location = FIELD_CODES.get(error["type"], "bad_value"), tuple(error["loc"])
        told.append(FieldError(_place(location[:-1] if code == "unknown_field" else location), code))
    return told


def _place(location: tuple[Any, ...]) -> str:
    """Return a JSON pointer into the body, or `query.name`, `path.name`, `header.name`."""
    source, *rest = location or ("body",)
    if source != "body":
        return f"{source}.{rest[0]}" if rest else str(source)
    return "#/" + "/".join(str(part) for part in rest[1:])  # ninja puts the parameter's name before the body's fields


def _words(row: dict[str, str]) -> dict[str, str]:
    return {language: row[f"title_{language}"] for language in LANGUAGES}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
