"""Silences as data: what is watched, after how many days at which risk, how long one may be muted. Pure rules."""

from datetime import date, datetime, timedelta
from typing import Final

from arasha.coordination.rules.phrases import DATA, VERBS
from arasha.kernel.access.rules import Facet
from arasha.ui.rules import CodeList

SILENCES: Final = CodeList(DATA / "silences.csv")
MUTES: Final = CodeList(DATA / "silence_mutes.csv")
# From the most pressing on; `none` is a child whose risk nobody has judged.
LEVELS: Final = ("very_high", "high", "medium", "none", "low")
URGENT: Final = frozenset({"very_high", "high"})
COUNTED: Final = ("times", "within_days", "longest_days")
VALID: Final = ("valid_from", "valid_until")
LONGEST_WORDS: Final = 2_000
MUTED: Final = timedelta(days=90)
MUTED_URGENT: Final = timedelta(days=14)


class MuteFaulty(ValueError):
    """A field of what was said is missing, unknown or does not fit; `name` is the field."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def facet(rule: str) -> Facet:
    """Return the facet under which a rule's silence tells what it tells."""
    return Facet[SILENCES[rule].more["facet"].upper()]


def limits() -> dict[tuple[str, str], int]:
    """Return days by rule and level, as `data/silences.csv` says them."""
    return {(row.code, level): int(row.more[level]) for row in SILENCES for level in LEVELS}


def validity() -> dict[str, tuple[int | date | None, ...]]:
    """Return by rule: how often, within how many days, no longer than how many; from and until which day it holds."""
    return {
        row.code: tuple(int(row.more[name]) if row.more[name] else None for name in COUNTED)
        + tuple(date.fromisoformat(row.more[name]) if row.more[name] else None for name in VALID)
        for row in SILENCES
    }


def idle_verbs() -> frozenset[str]:
    """Return the acts that break no silence: the clock's, and those of who only looks."""
    return frozenset(row.code for row in VERBS if row.more["person"] != "yes")


def days(since: datetime, now: datetime) -> int:
    """Return how many whole days a silence lasts."""
    return max((now - since).days, 0)


def check_mute(reason: str, words: str, until: date | None, level: str, today: date) -> None:
    """Raise MuteFaulty unless there is a reason of the list, words, and a day not too far off for this risk."""
    if reason not in MUTES:
        raise MuteFaulty("reason")
    if not words.strip() or len(words) > LONGEST_WORDS:
        raise MuteFaulty("words")
    longest = MUTED_URGENT if level in URGENT else MUTED
    if until is None or not today < until <= today + longest:
        raise MuteFaulty("until")
