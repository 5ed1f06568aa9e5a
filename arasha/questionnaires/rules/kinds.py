"""Kinds of answers: what a text of a record means as a value."""

import re
from collections.abc import Callable
from datetime import date

from arasha.questionnaires.rules.values import (
    LARGEST_INT,
    SMALLEST_INT,
    Value,
    midnight,
    parse_clock,
    parse_date,
    parse_moment,
)

WHOLE = re.compile(r"-?\d{1,10}", re.ASCII)
FRACTION = re.compile(r"-?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# What XML can't hold, and what no keyboard means.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 100_000
LONGEST_NAME = 255
AGREED = "OK"


def meant(text: str, kind: str, today: date) -> Value | None:
    """Return the value that a text means to a question of a kind; None when it means nothing there."""
    return READERS.get(kind, _text)(text, today) if text else ""


def _whole(text: str, today: date) -> Value | None:
    return float(text) if WHOLE.fullmatch(text) and SMALLEST_INT <= int(text) <= LARGEST_INT else None


def _fraction(text: str, today: date) -> Value | None:
    return float(text) if FRACTION.fullmatch(text) else None


def _day(text: str, today: date) -> Value | None:
    day = parse_date(text) if DAY.fullmatch(text) else None
    return midnight(day) if day else None


def _text(text: str, today: date) -> Value | None:
    return None if UNWRITABLE.search(text) or len(text) > LONGEST else text


def _file(text: str, today: date) -> Value | None:
    return None if len(text) > LONGEST_NAME or re.search(r"[/\\\x00-\x1f]", text) else text


READERS: dict[str, Callable[[str, date], Value | None]] = {
    "integer": _whole,
    "decimal": _fraction,
    "date": _day,
    "time": parse_clock,
    "datetime": lambda text, today: parse_moment(text),
    "acknowledge": lambda text, today: text if text == AGREED else None,
    "image": _file,
    "file": _file,
}
