"""What needs two persons, and what becomes of a proposal. No database, no clock."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

# Long enough for a second administrator to come back from leave, short enough that nobody confirms what is forgotten.
EXPIRES: Final = timedelta(days=7)


class Kind(StrEnum):
    """What is proposed."""

    GIVE_FUNCTION = "give_function"
    SEAT = "seat"
    CHANGE_CELL = "change_cell"
    STRUCTURE = "structure"
    CALENDAR = "calendar"


class State(StrEnum):
    """Where a proposal stands. `planned`: agreed, its day has not come; `failed`: on its day it could not be done."""

    PENDING = "pending"
    PLANNED = "planned"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    FAILED = "failed"
