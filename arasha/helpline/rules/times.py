"""Who waits before whom, and after how long something happens. All numbers are ours: no act names them."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeVar

# An operator whose console was silent for so long has lost the contact; a written one goes back into the queue.
LOST: Final = timedelta(minutes=3)
# Somebody who waits longer than this is rung for, and again after each such time.
LONG_WAIT: Final = timedelta(minutes=5)
AGAIN: Final = timedelta(minutes=5)
# A flood of contacts must not become a flood of notices: the wall counts the others.
MOST_RUNG: Final = 3
# For each joking contact of the last day somebody waits as if they had come so much later, at most three times.
STANDS_BACK: Final = timedelta(minutes=10)
JOKED_LATELY: Final = timedelta(hours=24)
MOST_STANDING_BACK: Final = 3
CALL_BACK_WITHIN: Final = timedelta(minutes=30)
MOST_ATTEMPTS: Final = 5
MOST_WORDS: Final = 4000


class Waits(Protocol):
    """Somebody who waits at a unit."""

    unit_id: Any
    danger: Any


Waiting = TypeVar("Waiting", bound=Waits)


def rung_for(due: Iterable[Waiting]) -> list[Waiting]:
    """Return for whom to ring of those whose minute it is: of each unit the first few in danger, the first few others.

    More than one, as who answers for a unit may be barred from the first and is then not told of that one.
    """
    rung: Counter[tuple[int, bool]] = Counter()
    chosen = []
    for one in due:
        group = one.unit_id, one.danger == "not_safe"
        rung[group] += 1
        if rung[group] <= MOST_RUNG:
            chosen.append(one)
    return chosen


def queue_key(*, danger: str, repeats: int, waiting_since: datetime) -> tuple[bool, datetime]:
    """Return by what waiting contacts are ordered: danger first, then how long.

    Who joked before stands back for a while, never for ever; what somebody wrote, or that they write nothing, counts
    for nothing here: a silent one is served before a joking one that came at the same time.
    """
    back = STANDS_BACK * min(repeats, MOST_STANDING_BACK)
    return danger != "not_safe", waiting_since + back
