"""Who waits before whom, and after how long something happens. All numbers are ours: no act names them."""

from datetime import datetime, timedelta
from typing import Final

# An operator whose console was silent for so long has lost the contact; a written one goes back into the queue.
LOST: Final = timedelta(minutes=3)
# Somebody who waits longer than this is rung for, and again after each such time.
LONG_WAIT: Final = timedelta(minutes=5)
AGAIN: Final = timedelta(minutes=5)
# For each joking contact of the last day somebody waits as if they had come so much later, at most three times.
STANDS_BACK: Final = timedelta(minutes=10)
JOKED_LATELY: Final = timedelta(hours=24)
MOST_STANDING_BACK: Final = 3
CALL_BACK_WITHIN: Final = timedelta(minutes=30)
MOST_ATTEMPTS: Final = 5
MOST_WORDS: Final = 4000


def queue_key(*, danger: str, repeats: int, waiting_since: datetime) -> tuple[bool, datetime]:
    """Return by what waiting contacts are ordered: danger first, then how long.

    Who joked before stands back for a while, never for ever; what somebody wrote, or that they write nothing, counts
    for nothing here: a silent one is served before a joking one that came at the same time.
    """
    back = STANDS_BACK * min(repeats, MOST_STANDING_BACK)
    return danger != "not_safe", waiting_since + back
