"""When a child is taken on the medical-social register, how long they stay on it, and what is said of it. Pure rules.

Rules of 2024 on the register, of which a summary was seen: kept by the district's executive body on a notice of
internal affairs, for violence, cruel treatment, bullying or having seen it; as long as special social services are
needed, and at least as long as preventive measures against whoever did it. No number or article is verified.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from arasha.ui.rules import CodeList

DATA: Final = Path(__file__).parent / "data"
GROUNDS: Final = CodeList(DATA / "grounds.csv")
STATES: Final = CodeList(DATA / "states.csv")
REFUSALS: Final = CodeList(DATA / "refusals.csv")
ENDINGS: Final = CodeList(DATA / "endings.csv")
RUNNING: Final = ("notified", "kept")
LONGEST: Final = 4_000
LONGEST_NUMBER: Final = 60
# Individual plans of special social services are gone through each quarter (practice; unverified).
REVIEW: Final = timedelta(days=92)
# A day for the end of preventive measures further away than this was mistyped.
FURTHEST: Final = timedelta(days=5 * 366)


class Faulty(ValueError):
    """A field of what was said is missing, unknown or does not fit; `name` is the field."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, kw_only=True)
class NoticeSaid:
    """On which grounds; where the notice came on paper, under which number and on which day of internal affairs."""

    grounds: tuple[str, ...]
    number: str = field(default="", repr=False)
    dated: date | None = None


@dataclass(frozen=True, kw_only=True)
class KeptSaid:
    """Which kinds of help the child is owed, until when preventive measures run, when it is gone through again."""

    needs: tuple[str, ...]
    review_on: date
    measures_until: date | None = None
    words: str = field(default="", repr=False)


def check_notice(said: NoticeSaid, today: date) -> None:
    """Raise Faulty where no known ground is named, or number or day can't be."""
    if not said.grounds or any(code not in GROUNDS for code in said.grounds):
        raise Faulty("grounds")
    if len(said.number) > LONGEST_NUMBER:
        raise Faulty("number")
    if said.dated is not None and said.dated > today:
        raise Faulty("dated")


def check_kept(said: KeptSaid, needs: frozenset[str], today: date) -> None:
    """Raise Faulty where no known need is named, words are too long, or a day does not fit."""
    if not said.needs or not needs.issuperset(said.needs):
        raise Faulty("needs")
    if not today < said.review_on <= today + REVIEW:
        raise Faulty("review_on")
    if said.measures_until is not None and said.measures_until > today + FURTHEST:
        raise Faulty("measures_until")
    if len(said.words) > LONGEST:
        raise Faulty("words")


def check_ending(reason: str, measures_until: date | None, words: str, today: date) -> None:
    """Raise Faulty where the child can't leave the register yet for this reason, or it is not said in words why."""
    if reason not in ENDINGS:
        raise Faulty("reason")
    early = measures_until is not None and measures_until >= today
    if early and ENDINGS[reason].more["before_measures_end"] != "yes":
        raise Faulty("measures")
    if not words.strip() or len(words) > LONGEST:
        raise Faulty("words")
