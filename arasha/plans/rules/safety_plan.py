"""What a safety plan is made of, and what of it may stand on a page that somebody else could find. Pure."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from arasha.plans.rules.codes import AGREEING, CARRYING, KEEPING, KINDS, NOT_AGREED

LANGUAGES = ("kk", "ru", "en")
PLAIN, DISGUISED, NOTHING = "plain", "disguised", "nothing"
# Above this many letters a page of A6 becomes one of A5.
SMALL = 520
SHORTEST_NAME = 3
WORD = re.compile(r"\w+")


class PlanEmpty(ValueError):
    """A plan in which nothing stands is no plan."""


class TooLong(ValueError):
    """More lines, or a longer line, than one small page holds; `kind` says where."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class AgreementMissing(ValueError):
    """Nobody agreed, and nobody says why not."""


class NotSafeToCarry(Exception):
    """The page is not printed: it is not safe for the child to carry it, or nobody asked."""


@dataclass(frozen=True)
class Item:
    """One line of a plan: its kind, the words, and the day by which it is done, where there is one."""

    kind: str
    words: str
    by: date | None = None


@dataclass(frozen=True)
class Draft:
    """A plan as it is written down: its lines in their order, how it is kept, who agreed, when it is gone through."""

    items: tuple[Item, ...]
    language: str
    large: bool
    carry: str
    kept: str
    agreed: tuple[str, ...]
    not_agreed: str
    review_on: date


def check(draft: Draft) -> None:
    """Refuse what can't be kept. Raises PlanEmpty, TooLong, AgreementMissing, ValueError; UnknownCode for a code."""
    CARRYING[draft.carry], KEEPING[draft.kept]
    if draft.language not in LANGUAGES:
        raise ValueError("no plan is written in this language")
    for code in draft.agreed:
        AGREEING[code]
    if draft.not_agreed:
        NOT_AGREED[draft.not_agreed]
    if not draft.items:
        raise PlanEmpty
    for kind in dict.fromkeys(item.kind for item in draft.items):
        lines = [item for item in draft.items if item.kind == kind]
        limits = KINDS[kind].more
        if len(lines) > int(limits["most"]) or any(len(line.words) > int(limits["longest"]) for line in lines):
            raise TooLong(kind)
    if not draft.agreed and not draft.not_agreed:
        raise AgreementMissing


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without empty ones and without what a screen does not show."""
    shown = ("".join(sign for sign in line if sign.isprintable()).strip() for line in text.splitlines())
    return [line for line in shown if line]


def printable(carry: str, *, disguised: bool) -> None:
    """Refuse a print that could be found. Raises NotSafeToCarry."""
    allowed = CARRYING[carry].more["prints"]
    if allowed == NOTHING or (allowed == DISGUISED and not disguised):
        raise NotSafeToCarry


def disguise(items: Iterable[Item], names: Collection[str]) -> list[Item]:
    """Return the lines that say nothing of violence by their kind, and name nobody who is known in the file.

    A name counts in every form that begins with it ("Айгүлге"); numbers of telephones go, too: one leads to somebody.
    """
    known = {part.casefold() for name in names for part in WORD.findall(name) if len(part) >= SHORTEST_NAME}
    return [item for item in items if KINDS[item.kind].more["disguised"] == "yes" and not _tells(item.words, known)]


def _tells(words: str, known: Collection[str]) -> bool:
    if sum(sign.isdigit() for sign in words) >= 5:
        return True
    said = [word.casefold() for word in WORD.findall(words)]
    return any(word.startswith(name) for word in said for name in known)


def paper(items: Sequence[Item], *, large: bool) -> str:
    """Return the smallest paper on which a plan is easily read."""
    letters = sum(len(item.words) for item in items) * (2 if large else 1)
    return "a6" if letters <= SMALL else "a5"


def is_late(review_on: date, today: date) -> bool:
    """Say whether the day on which a plan was to be gone through has passed."""
    return review_on < today
