"""What somebody types to find a person: names in any order and script, years, an age, a number, a telephone."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from arasha.people.rules.iin import LENGTH, plain_iin
from arasha.people.rules.names import father_key, is_patronymic, key, surname_key
from arasha.ui.rules import phones

LONGEST: Final = 200
MOST_WORDS: Final = 3
YEARS = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(?:\s*[-–—]\s*((?:18|19|20)\d\d))?(?!\d)")
DAY = re.compile(
    r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:18|19|20)\d\d)(?!\d)|(?<!\d)((?:18|19|20)\d\d)-(\d\d)-(\d\d)(?!\d)"
)
# An age, or between which ages: 7, 7 жаста, 7 лет, 6–8.
AGE = re.compile(
    r"(?<!\d)(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?\s*(?:жас\w*|лет|год\w*|years?|y\.?o\.?)?(?!\w)", re.IGNORECASE
)
FIGURES = re.compile(r"(?<![\w+])\+?[\d][\d ()\-\u00a0]{5,}\d")
HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])")
LETTERS = re.compile(r"[^\W\d_]+(?:[’'`ʼ-][^\W\d_]+)*")


class NothingAsked(ValueError):
    """There is no letter and no number in it to look for."""


class AskedTooMuch(ValueError):
    """It is longer than any name: nothing was looked for."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: words as keys of each role, days of birth between which they were born, or one number.

    `said` names a word's role where it is known: `f` for a father's name, by its ending; else it may be any.
    """

    said: tuple[str | None, ...] = ()
    surnames: tuple[str, ...] = ()
    givens: tuple[str, ...] = ()
    fathers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    iin: str = ""
    phone: str = ""


def read_question(typed: str, today: date) -> Question:
    """Return what is asked; whatever is neither a name, a date, an age nor a number is passed over.

    Raises NothingAsked, AskedTooMuch.
    """
    if len(typed) > LONGEST:
        raise AskedTooMuch
    number = plain_iin(typed)
    if len(number) == LENGTH and number.isascii() and number.isdigit():
        return Question(iin=number)
    if phone := _phone(typed):
        return Question(phone=phone)
    since, until, rest = _birth(typed, today)
    words = [word for word in LETTERS.findall(rest) if key(word)][:MOST_WORDS]
    if not words:
        raise NothingAsked
    return _of_words(words, since, until)


def apart(question: str) -> str | None:
    """Return the same text with its hyphens parted, or None where no word has one.

    Who is written Нұрғалиева-Ким may stand in a file as Нұрғалиева, and who is written Нур-Султан as Нұрсұлтан: both
    are asked for.
    """
    parted = HYPHEN.sub(" ", question)
    return parted if parted != question else None


def _of_words(words: list[str], since: date | None, until: date | None) -> Question:
    return Question(
        said=tuple("f" if is_patronymic(word) and len(words) > 1 else None for word in words),
        surnames=tuple(surname_key(word) for word in words),
        givens=tuple(key(word) for word in words),
        fathers=tuple(father_key(word) for word in words),
        since=since,
        until=until,
    )


def questions(typed: str, today: date) -> list[Question]:
    """Return what is asked in the readings that a hyphen leaves open. Raises NothingAsked, AskedTooMuch."""
    first = read_question(typed, today)
    other = apart(typed) if first.said else None
    return [first] if other is None else [first, read_question(other, today)]


def _phone(typed: str) -> str:
    found = FIGURES.search(typed)
    if found is None or DAY.search(found.group()) or YEARS.fullmatch(found.group()):
        return ""
    try:
        return phones.normal(found.group(), abroad=True)
    except phones.NotAPhone:
        return ""


def _birth(typed: str, today: date) -> tuple[date | None, date | None, str]:
    """Return between which days of birth is asked, and the rest of the text."""
    if day := DAY.search(typed):
        dotted = (day[3], day[2], day[1]) if day[3] else (day[4], day[5], day[6])
        try:
            asked = date(*(int(part) for part in dotted))
        except ValueError:
            asked = date(int(dotted[0]), 1, 1)
        return date(asked.year, 1, 1), date(asked.year, 12, 31), DAY.sub(" ", typed, count=1)
    if years := YEARS.search(typed):
        first, last = sorted((int(years[1]), int(years[2] or years[1])))
        return date(first, 1, 1), date(last, 12, 31), YEARS.sub(" ", typed, count=1)
    if age := AGE.search(typed):
        least, most = sorted((int(age[1]), int(age[2] or age[1])))
        return date(today.year - most - 1, 1, 1), date(today.year - least, 12, 31), AGE.sub(" ", typed, count=1)
    return None, None, typed


def asks_for(surname: str, given: str, patronymic: str, since: date | None, until: date | None) -> Question:
    """Return the question for a person whose names are known by their roles. Raises NothingAsked."""
    parts = [(role, part) for role, part in (("s", surname), ("g", given), ("f", patronymic)) if key(part)]
    if not parts:
        raise NothingAsked
    return Question(
        said=tuple(role for role, _part in parts),
        surnames=tuple(surname_key(part) for _role, part in parts),
        givens=tuple(key(part) for _role, part in parts),
        fathers=tuple(father_key(part) for _role, part in parts),
        since=since,
        until=until,
    )
