"""Everything that writes time: the instance's kind, the training clock, the calendar."""

from arasha.kernel.worktime.actions.calendar import load_days
from arasha.kernel.worktime.actions.clock import (
    AlreadyDeclared,
    ClockRefused,
    advance_clock,
    declare_instance,
    set_clock,
)

__all__ = [
    "AlreadyDeclared",
    "ClockRefused",
    "advance_clock",
    "declare_instance",
    "load_days",
    "set_clock",
]
