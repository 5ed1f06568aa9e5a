"""Shifts: their hours, who is on, and what is to be handed over."""

from datetime import datetime, timedelta
from typing import Final

from arasha.helpline.rules.codes import DATA
from arasha.ui.rules import CodeList

MATTERS: Final = CodeList(DATA / "matters.csv")
LONGEST_SHIFT: Final = timedelta(hours=24)
# Who comes next may take over so long before their hours begin.
EARLY: Final = timedelta(hours=1)
# What nobody took climbs so long after the end: a talk may last a little longer than the shift.
GRACE: Final = timedelta(minutes=15)
# Somebody in danger whose contact ended stays on the list so long, until a service or a colleague took them over.
DANGER_STAYS: Final = timedelta(hours=24)
LONGEST_NOTE: Final = 1000


class ShiftWrong(ValueError):
    """A shift can't be planned so; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_hours(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raise ShiftWrong where hours are backwards, over, or longer than a day."""
    if ends_at <= starts_at:
        raise ShiftWrong("backwards")
    if ends_at <= now:
        raise ShiftWrong("over")
    if ends_at - starts_at > LONGEST_SHIFT:
        raise ShiftWrong("long")
