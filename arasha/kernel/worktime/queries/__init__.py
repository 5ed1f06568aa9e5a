"""What other parts ask about time."""

from arasha.kernel.worktime.queries.days import calendar, day_history, days_of_year
from arasha.kernel.worktime.queries.moment import (
    InstanceUndeclared,
    clock_ahead,
    domain_now,
    instance_kind,
)

__all__ = [
    "InstanceUndeclared",
    "calendar",
    "clock_ahead",
    "day_history",
    "days_of_year",
    "domain_now",
    "instance_kind",
]
