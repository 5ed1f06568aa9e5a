"""When a case may be proposed for closing, and what its closing must say. Pure rules."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from arasha.ui.rules import CodeList

DATA: Final = Path(__file__).parents[1] / "data"
CLOSING_REASONS: Final = CodeList(DATA / "closing_reasons.csv")
CLOSING_CHILD: Final = CodeList(DATA / "closing_child.csv")
CLOSING_SAFE: Final = CodeList(DATA / "closing_safe.csv")
CLOSING_STATES: Final = CodeList(DATA / "closing_states.csv")
REOPENING_REASONS: Final = CodeList(DATA / "reopening_reasons.csv")
LONGEST_CLOSING: Final = 4_000
# Case management practice: somebody asks how the child is within three months. Unverified.
FOLLOW_UP: Final = timedelta(days=92)


class ClosingFaulty(ValueError):
    """A field of what was said is missing, unknown or does not fit; `name` is the field."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, kw_only=True)
class ClosingSaid:
    """Why a case is to be closed, whether the child is safe and who saw them when, and what the child says to it."""

    reason: str
    safe: str
    child: str
    follow_up_on: date
    seen_on: date | None = None
    reached: str = field(default="", repr=False)
    child_words: str = field(default="", repr=False)


def check_closing(said: ClosingSaid, today: date) -> None:
    """Raise ClosingFaulty where something is missing or does not fit.

    *Safe* as the reason asks that somebody saw the child and says so; what was reached is said in words, and what the
    child says to it, or why not. A day for asking again comes within three months, whatever the reason.
    """
    for codes, name in ((CLOSING_REASONS, "reason"), (CLOSING_SAFE, "safe"), (CLOSING_CHILD, "child")):
        if getattr(said, name) not in codes:
            raise ClosingFaulty(name)
    if said.reason == "safe" and said.safe != "yes":
        raise ClosingFaulty("safe")
    if (said.seen_on is not None and said.seen_on > today) or (said.safe == "yes" and said.seen_on is None):
        raise ClosingFaulty("seen_on")
    if not said.reached.strip() or len(said.reached) > LONGEST_CLOSING:
        raise ClosingFaulty("reached")
    if len(said.child_words) > LONGEST_CLOSING or (said.child == "said") != bool(said.child_words.strip()):
        raise ClosingFaulty("child_words")
    if not today < said.follow_up_on <= today + FOLLOW_UP:
        raise ClosingFaulty("follow_up_on")
