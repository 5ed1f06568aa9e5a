"""A day that an agreement or a decision names, as the limit of the duty that comes of it."""

from datetime import date, datetime, time, timedelta

from arasha.kernel.worktime.rules import ZONE, Limit, Unit, local

HOUR = timedelta(hours=1)


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
    return Limit(max(1, (midnight - from_moment) // HOUR), Unit.CLOCK_HOURS)
