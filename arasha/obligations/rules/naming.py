"""What an agreement or a decision names: unit, day, words; the named day as a limit."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from arasha.kernel.worktime.rules import ZONE, Limit, Unit, local
from arasha.protocols.rules import NAMED_UNIT

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Named:
    """What an agreement or a decision names of the duty that comes of it.

    `unit` owes it (`owed_by: {body: named_unit}`); `until` is its last day, for steps with `day_named`; `about` the row
    in which it stands; `asked` its words, for that unit and who reads the file's plan.
    """

    unit: int | None = None
    until: date | None = None
    about: UUID | None = None
    asked: str = field(default="", repr=False)

    @property
    def units(self) -> dict[str, int]:
        """The unit by its role, as procedures name it."""
        return {} if self.unit is None else {NAMED_UNIT: self.unit}


class DayOver(ValueError):
    """The day that is named is over already."""


def until_day(until: date, from_moment: datetime) -> Limit:
    """Return the limit that ends on the named day itself, also where nobody works on it: it was agreed.

    For today it is what is left of the day in whole hours, one at least. Raises DayOver, worktime's LimitInvalid for a
    day more than ten years away.
    """
    today = local(from_moment).date()
    if until < today:
        raise DayOver(until)
    if until > today:
        return Limit((until - today).days, Unit.CALENDAR_DAYS, day_off_stands=True)
    midnight = datetime.combine(today + timedelta(days=1), time(), ZONE)
    return Limit(max(1, (midnight - timedelta(microseconds=1) - from_moment) // HOUR), Unit.CLOCK_HOURS)
