"""A form's source as sheets of rows: read from Markdown, Excel or CSV, and written as Markdown or Excel."""

from arasha.questionnaires.rules.books.book import LANGUAGES, SHEETS, Book, Fault, Reading, Row, Sheet, Unreadable
from arasha.questionnaires.rules.books.canonical import canonical
from arasha.questionnaires.rules.books.excel import read_excel
from arasha.questionnaires.rules.books.reading import read, read_text
from arasha.questionnaires.rules.books.writing import excel, markdown

__all__ = [
    "LANGUAGES",
    "SHEETS",
    "Book",
    "Fault",
    "Reading",
    "Row",
    "Sheet",
    "Unreadable",
    "canonical",
    "excel",
    "markdown",
    "read",
    "read_excel",
    "read_text",
]
