"""The one time zone of the country, from the pinned tzdata package and not from the machine's own files.

Kazakhstan keeps a single zone, UTC+5, since 1 March 2024; before that Almaty was UTC+6. An old system file would
compute every deadline an hour late, therefore the package is read directly.
"""

from datetime import date, datetime, time, tzinfo
from importlib import resources
from zoneinfo import ZoneInfo


class NaiveMoment(ValueError):
    """A moment came without its zone; moments are always aware."""


def _load() -> tzinfo:
    with resources.files("tzdata.zoneinfo.Asia").joinpath("Almaty").open("rb") as file:
        return ZoneInfo.from_file(file, key="Asia/Almaty")


ZONE: tzinfo = _load()
LAST_SECOND = time(23, 59, 59)


def local(moment: datetime) -> datetime:
    """Return the moment on the country's clock. Raises NaiveMoment when it carries no zone."""
    if moment.tzinfo is None:
        raise NaiveMoment("a moment must be aware")
    return moment.astimezone(ZONE)


def at(day: date, clock: time) -> datetime:
    """Return the aware moment when the country's clocks show this time on this day (the earlier one of two)."""
    return datetime.combine(day, clock, ZONE)
