"""Sheets, their columns, the settings, and what the form says of itself."""

import difflib
import re
from collections.abc import Iterator
from typing import Final

from arasha.kernel.access.rules import matrix
from arasha.kernel.vault.rules import FACETS
from arasha.questionnaires.rules.books import LANGUAGES, Book, Fault, Row, Sheet

TRANSLATED: Final = ("label", "hint", "required_message", "constraint_message")
COLUMNS: Final = {
    "settings": ("form_id", "form_title", "version", "default_language"),
    "about": ("name", *LANGUAGES.values()),
    "survey": (
        *("type", "name", *(f"{head}::{name}" for head in TRANSLATED for name in LANGUAGES.values())),
        *("required", "relevant", "constraint", "calculation", "appearance", "choice_filter", "default"),
        *("repeat_count", "read_only"),
    ),
    "choices": ("list_name", "name", *(f"label::{name}" for name in LANGUAGES.values())),
}
NEEDED: Final = {"about": ("name",), "survey": ("type", "name"), "choices": ("list_name", "name")}
CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
NUMBER: Final = re.compile(r"[1-9]\d{0,3}", re.ASCII)
KINDS: Final = frozenset(
    {"registration", "safety", "assessment", "scale", "application", "visit", "wishes", "satisfaction", "plan"}
)
PAGES: Final = frozenset({"group", "question"})
SAID: Final = ("title", "purpose", "source")
CODED: Final = {"facet": frozenset(FACETS), "kind": KINDS, "pages": PAGES}
# Whom a form is about and who fills it in, where that is not everybody: rows that may be missing or empty.
AGES: Final = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)
NARROWED: Final = ("ages", "functions")
ABOUT: Final = (*SAID, *CODED, *NARROWED, "verified_by")


def check(book: Book) -> Iterator[Fault]:
    """Yield what is wrong with sheets, columns, settings and the sheet `about`."""
    for name in ("settings", "about", "survey"):
        if not book.sheet(name).rows:
            yield Fault("sheet_missing", name)
    for sheet in book:
        yield from _columns(sheet)
    yield from _settings(book.sheet("settings"))
    yield from _about(book.sheet("about"))


def _columns(sheet: Sheet) -> Iterator[Fault]:
    known = COLUMNS[sheet.name]
    for head in NEEDED.get(sheet.name, ()):
        if head not in sheet.heads:
            yield sheet.fault("column_missing", 1, "", column=head)
    for head in sheet.heads:
        if not head or head in known or (sheet.name == "choices" and CODE.fullmatch(head)):
            continue
        meant = difflib.get_close_matches(head, known, n=1, cutoff=0.7)
        yield sheet.fault("column_meant" if meant else "column_unknown", 1, head, column=head, meant="".join(meant))


def _settings(sheet: Sheet) -> Iterator[Fault]:
    if not sheet.rows:
        return
    row = sheet.rows[0]
    for extra in sheet.rows[1:]:
        yield sheet.fault("setting_rows", extra.number)
    for head in COLUMNS["settings"]:
        if not row.get(head):
            yield sheet.fault("setting_missing", row.number, head, column=head)
    if row.get("form_id") and not CODE.fullmatch(row.get("form_id")):
        yield sheet.fault("form_id", row.number, "form_id", code=row.get("form_id"))
    if row.get("version") and not NUMBER.fullmatch(row.get("version")):
        yield sheet.fault("version", row.number, "version", version=row.get("version"))
    language = row.get("default_language")
    if language and language != LANGUAGES["kk"]:
        yield sheet.fault("default_language", row.number, "default_language", meant=LANGUAGES["kk"])


def _about(sheet: Sheet) -> Iterator[Fault]:
    if not sheet.rows:
        return
    rows = {row.get("name"): row for row in sheet.rows}
    for name in (*SAID, *CODED):
        if name not in rows:
            yield sheet.fault("about_missing", 0, "name", name=name)
    seen: set[str] = set()
    for row in sheet.rows:
        name = row.get("name")
        if name not in ABOUT:
            yield sheet.fault("about_unknown", row.number, "name", name=name)
        elif name in seen:
            yield sheet.fault("about_twice", row.number, "name", name=name)
        seen.add(name)
        if name in SAID:
            for head in LANGUAGES.values():
                if not row.get(head):
                    yield sheet.fault("language", row.number, head, text=name)
        elif name in CODED or name in NARROWED:
            yield from _coded(sheet, row, name)


def _coded(sheet: Sheet, row: Row, name: str) -> Iterator[Fault]:
    """Yield a code that does not fit; of the rows that narrow, an empty one says everybody."""
    given = row.get(LANGUAGES["kk"])
    if name == "ages":
        fits, codes = not given or _are_ages(given), ["0-17", "13-17"]
    elif name == "functions":
        codes = sorted(matrix.of_functions())
        fits = set(given.split()) <= set(codes)
    else:
        codes = sorted(CODED[name])
        fits = given in CODED[name]
    if not fits:
        yield sheet.fault("about_code", row.number, LANGUAGES["kk"], name=name, given=given, codes=", ".join(codes))


def _are_ages(given: str) -> bool:
    found = AGES.fullmatch(given)
    return found is not None and int(found[1]) <= int(found[2])
