"""What other parts ask about time."""

from arasha.kernel.worktime.queries.days import calendar, day_history, days_of_year
from arasha.kernel.worktime.queries.explanation import Explanation, Step, explain
from arasha.kernel.worktime.queries.moment import (
    InstanceUndeclared,
    clock_ahead,
    domain_now,
    instance_kind,
)
from arasha.kernel.worktime.queries.strip import StripDay, strip

__all__ = [
    "Explanation",
    "InstanceUndeclared",
    "Step",
    "StripDay",
    "calendar",
    "clock_ahead",
    "day_history",
    "days_of_year",
    "domain_now",
    "explain",
    "instance_kind",
    "strip",
]
