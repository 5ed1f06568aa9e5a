"""Forms for tests, written in a few words and published by pyxform as any other."""

from functools import lru_cache
from typing import Any

from pyxform.xls2xform import convert

from arasha.questionnaires.rules.form import Form
from arasha.questionnaires.rules.reading import read_form

LANGUAGES = ("Kazakh (kk)", "Russian (ru)", "English (en)")
SAID = {"label", "hint", "constraint_message", "required_message"}
LABELLED = {"calculate", "hidden", "end_group", "end_repeat"}


def in_three(row: dict[str, str]) -> dict[str, str]:
    """Write a row's texts in three languages, each marked with its own."""
    found: dict[str, str] = {}
    for name, value in row.items():
        if name in SAID:
            found |= {f"{name}::{language}": f"{value} {language[-3:-1]}" for language in LANGUAGES}
        else:
            found[name] = value
    return found


def question(kind: str, name: str = "", **columns: str) -> dict[str, str]:
    """Return a row of the sheet `survey`; its label is its name, unless another is given."""
    row = {"type": kind, **({"name": name} if name else {}), **columns}
    return row if kind in LABELLED or "label" in row else {**row, "label": name}


def choices(list_name: str, *codes: str, **fields: dict[str, str]) -> list[dict[str, str]]:
    """Return rows of the sheet `choices`; further columns as {code: value}."""
    return [
        {"list_name": list_name, "name": code, "label": code, **{name: field[code] for name, field in fields.items()}}
        for code in codes
    ]


def published(survey: list[dict[str, str]], listed: list[dict[str, str]] | None = None, version: str = "1") -> bytes:
    """Return the XForm of a form."""
    sheets: dict[str, Any] = {
        "settings": [{"form_id": "tried", "form_title": "Tried", "version": version, "default_language": LANGUAGES[0]}],
        "survey": [in_three(row) for row in survey],
    }
    sheets["survey_header"] = [dict.fromkeys(name for row in sheets["survey"] for name in row)]
    if listed:
        sheets["choices"] = [in_three(row) for row in listed]
    return str(convert(xlsform=sheets, validate=False).xform).encode()


def form(survey: list[dict[str, str]], listed: list[dict[str, str]] | None = None) -> Form:
    """Return a form, read."""
    return read_form(published(survey, listed))


@lru_cache
def shipped(path: str) -> bytes:
    """Return the XForm of a form's Markdown, without what is ours alone."""
    return str(convert(xlsform=path, file_type=".md", validate=False).xform).encode()
