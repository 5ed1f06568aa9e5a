"""Working time as pure functions: limits, hours, the calendar, deadlines and how they are written."""

from arasha.kernel.worktime.rules.calendar import Calendar, Kind, Mark
from arasha.kernel.worktime.rules.deadline import add_pause, due_at
from arasha.kernel.worktime.rules.derivation import Day, Derivation, Pause, PauseInvalid, Reason
from arasha.kernel.worktime.rules.fallback import YearUnknown
from arasha.kernel.worktime.rules.hours import AROUND_THE_CLOCK, Hours, HoursInvalid
from arasha.kernel.worktime.rules.limit import Limit, LimitInvalid, Unit
from arasha.kernel.worktime.rules.zone import ZONE, NaiveMoment, local

__all__ = [
    "AROUND_THE_CLOCK",
    "ZONE",
    "Calendar",
    "Day",
    "Derivation",
    "Hours",
    "HoursInvalid",
    "Kind",
    "Limit",
    "LimitInvalid",
    "Mark",
    "NaiveMoment",
    "Pause",
    "PauseInvalid",
    "Reason",
    "Unit",
    "YearUnknown",
    "add_pause",
    "due_at",
    "local",
]
