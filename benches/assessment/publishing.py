"""How long an officer waits between handing in an Excel workbook and seeing the form: reading, lint, XForm, engine."""

import statistics
from collections.abc import Iterator

from arasha.questionnaires.queries import shipped
from arasha.questionnaires.rules.books import LANGUAGES, Book, Row, Sheet, canonical, excel, read
from arasha.questionnaires.rules.conversion import convert
from benches.figures import Figure, seconds

BUDGET, ROUNDS, QUESTIONS = 2.0, 5, 300


def figures() -> Iterator[Figure]:
    """Publish the largest shipped form, and one of three hundred questions."""
    books = [canonical(reading.book) for _name, reading in shipped()]
    largest = max(books, key=lambda book: len(book.sheet("survey").rows))
    yield _figure("publish the largest shipped form", largest)
    yield _figure(f"publish a form of {QUESTIONS} questions", _long(largest))


def _figure(name: str, book: Book) -> Figure:
    content = excel(book)
    convert(read(content))  # loads the converter, which a process does once
    times = [seconds(lambda: convert(read(content))) for _ in range(ROUNDS)]
    rows, kilobytes = len(book.sheet("survey").rows), len(content) / 1024
    return Figure(name, statistics.median(times), BUDGET, "s", note=f"{rows} rows, {kilobytes:.0f} KB of Excel")


def _long(book: Book) -> Book:
    """Return the form with so many more questions, each in three languages and with a rule over the one before."""
    survey = book.sheet("survey")
    heads = tuple(dict.fromkeys([*survey.heads, "relevant"]))
    rows = list(survey.rows)
    for number in range(QUESTIONS):
        cells = {"type": "integer", "name": f"more_{number}"}
        cells |= {f"label::{name}": f"{number} {code}" for code, name in LANGUAGES.items()}
        if number:
            cells["relevant"] = f"${{more_{number - 1}}} > 0"
        rows.append(Row(rows[-1].number + 1, cells))
    return Book({**book.sheets, "survey": Sheet("survey", heads, tuple(rows))})
