"""The empty template: all columns, one question as an example, and a help sheet."""

import csv
from importlib import resources

from arasha.questionnaires.rules.books import Book, Sheet, read_text
from arasha.questionnaires.rules.lint.sheets import COLUMNS


def template_book() -> Book:
    """Return the template: what the file `template.md` holds, with every column that a form may have."""
    text = (resources.files("arasha.questionnaires") / "data" / "template.md").read_text(encoding="utf-8")
    book = read_text(text).book
    return Book({sheet.name: Sheet(sheet.name, COLUMNS[sheet.name], sheet.rows) for sheet in book})


def help_rows(language: str) -> list[tuple[str, str, str]]:
    """Return sheet, column and what to write there."""
    text = (resources.files("arasha.questionnaires") / "data" / "help.csv").read_text(encoding="utf-8")
    return [(row["sheet"], row["column"], row[language]) for row in csv.DictReader(text.splitlines())]
