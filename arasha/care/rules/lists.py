"""The code lists of entry and removal. What the law says of them nobody has verified."""

from pathlib import Path
from typing import Final

from arasha.ui.rules import CodeList

DATA: Final = Path(__file__).parents[1] / "data"
RIGHTS: Final = CodeList(DATA / "entry_rights.csv")
URGENCIES: Final = CodeList(DATA / "urgencies.csv")
SEEN: Final = CodeList(DATA / "seen.csv")
DOORS: Final = CodeList(DATA / "doors.csv")
HOMES: Final = CodeList(DATA / "homes.csv")
PARTS: Final = CodeList(DATA / "parts.csv")
ANSWERS: Final = CodeList(DATA / "answers.csv")
PEOPLE: Final = CodeList(DATA / "people_answers.csv")
ENDINGS: Final = CodeList(DATA / "endings.csv")
# What is said at the door of a contact by telephone or over the internet.
REMOTE: Final = "remote"
# Functions whose units may enter a home, as far as the list says.
ENTER: Final = frozenset(row.code for row in RIGHTS if row.more["way"] == "enters")
# Functions whose people go to homes, with a right or with consent.
GO: Final = frozenset(row.code for row in RIGHTS if row.more["way"] in {"enters", "consent"})


def answers(part: str) -> list[tuple[str, str]]:
    """Return the answers to one part of a removal, in the reader's language."""
    return [(row.code, ANSWERS.label(row.code)) for row in ANSWERS if row.more["part"] == part]


def people_answers(kind: str) -> list[tuple[str, str]]:
    """Return what may be said of one of the `kin` or of a `sibling`, in the reader's language."""
    return [(row.code, PEOPLE.label(row.code)) for row in PEOPLE if row.more["of"] == kind]
