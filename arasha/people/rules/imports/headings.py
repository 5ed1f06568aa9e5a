"""What a column's heading says in Kazakh, Russian or English: its words are data (`people/data/import_headers.csv`)."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, Final

from arasha.people.rules.imports.faults import LANGUAGES, rows_of, words_for
from arasha.people.rules.imports.table import words_in

LONGEST: Final = 200
# How far down a heading may stand, below titles and dates of issue.
DEEPEST: Final = 20
# Headings are often written without Kazakh letters.
PLAIN: Final = str.maketrans("әғқңөұүһіё", "агкноуухие")
APOSTROPHES: Final = str.maketrans("", "", "'’`ʼ")
NOT_WORD: Final = re.compile(r"[\W_]+")
FIGURE: Final = re.compile(r"\d")


class Field(StrEnum):
    """What a column may hold."""

    SURNAME = "surname"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    AGE = "age"
    SEX = "sex"
    IIN = "iin"
    DOCUMENT_NUMBER = "document_number"
    CITIZENSHIP = "citizenship"
    PHONE = "phone"
    ADDRESS = "address"
    TERRITORY = "territory"
    SCHOOL = "school"
    CLINIC = "clinic"
    CLASS = "class"
    GROUND = "ground"
    SOURCE_KEY = "source_key"


# A parent's telephone and address are the child's way to be reached; a parent's name is not the child's.
SHARED_WITH_FAMILY: Final = {Field.PHONE, Field.ADDRESS}


def folded(heading: str) -> str:
    """Return a heading for comparing: without case, signs and Kazakh letters."""
    text = heading[:LONGEST].casefold().translate(APOSTROPHES).translate(PLAIN)
    return NOT_WORD.sub(" ", text).strip()


@cache
def _phrases(match: str) -> dict[str, str]:
    """Return the phrases of one way to match, the longest first."""
    rows = [(folded(row["words"]), row["field"]) for row in rows_of("import_headers.csv") if row["match"] == match]
    return dict(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _within(field: str) -> re.Pattern[str]:
    words = [phrase for phrase, named in _phrases("within").items() if (named == "another") == (field == "another")]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


def field_of(heading: str) -> Field | None:
    """Return what a heading names, None for what it doesn't say or what is another person's."""
    text = folded(heading)
    named = _phrases("exact").get(text) or _phrases("within").get(text)
    if named is None:
        phrase = max(_within("field").findall(text), key=len, default="")
        if not phrase:
            return None
        named = _phrases("within")[phrase]
        if _within("another").search(text.replace(phrase, " ", 1)) and named not in SHARED_WITH_FAMILY:
            return None
    return Field(named) if named in Field.__members__.values() else None


def names_another(heading: str) -> bool:
    """Say whether a heading speaks of a parent, a teacher, or of the day a document was issued."""
    return bool(_within("another").search(folded(heading)))


def ours_among(headings: Sequence[str]) -> int:
    """Return the column (from 0) where a heading has the two that `writing` puts there, the last such, or -1."""
    ours = ("heading_where", "heading_what")  # folded, since some encodings have no Kazakh letters
    where, what = ({folded(words_for(code, each)) for each in LANGUAGES} for code in ours)
    pairs = pairwise(map(folded, headings))
    return max((place for place, pair in enumerate(pairs) if pair[0] in where and pair[1] in what), default=-1)


def count_named(cells: Iterable[Any]) -> int:
    """Return how many different fields a row names, if it is a heading; a cell with figures is none."""
    words = [text for cell in cells if isinstance(cell, str) and (text := words_in(cell)) and not FIGURE.search(text)]
    return len({found for word in words if len(word) <= LONGEST and (found := field_of(word))})


def heading_among(rows: Sequence[tuple[int, Sequence[Any]]]) -> int:
    """Return the number of the row that is the heading, 0 for none: the first that names the most fields.

    Where no row names any, it is the first that is filled to the usual width without a figure, above rows with figures.
    """
    rows = rows[:DEEPEST]
    counted = [(count_named(cells), number) for number, cells in rows]
    best = max((count for count, _ in counted), default=0)
    if best >= 2 or (best == 1 and max(len(cells) for _, cells in rows) <= 2):
        return next(number for count, number in counted if count == best)
    width = max((sum(1 for cell in cells if words_in(cell)) for _, cells in rows), default=0)
    for place, (number, cells) in enumerate(rows[:-1]):
        said = [text for cell in cells if (text := words_in(cell))]
        below = " ".join(words_in(cell) for cell in rows[place + 1][1])
        if len(said) == width > 1 and not FIGURE.search(" ".join(said)) and FIGURE.search(below):
            return number
    return 0


def counts_columns(cells: Sequence[Any]) -> bool:
    """Say whether a row below the heading only numbers the columns: 1, 2, 3 …"""
    said = [words_in(cell) for cell in cells]
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]
