"""Where a part stands, and what a unit could write if it were asked."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from arasha.kernel.access.rules import Facet, matrix
from arasha.kernel.worktime.rules import ZONE, local


class Standing(StrEnum):
    """Where a part stands for whoever sees that it exists."""

    ASKED = "asked"
    BEGUN = "begun"
    DONE = "done"
    LATE = "late"
    LEFT = "left"  # the unit is no longer on the file


def is_late(by_when: date, now: datetime) -> bool:
    """Say whether the day by which it was asked for is over."""
    return local(now).date() > by_when


def standing_of(state: str, by_when: date, now: datetime, *, on_team: bool) -> Standing:
    """Return where a part stands: done is done; else a unit that left the file comes before lateness."""
    if state == "done":
        return Standing.DONE
    if not on_team:
        return Standing.LEFT
    return Standing.LATE if is_late(by_when, now) else Standing(state)


def takes_part(writes: int, functions: Iterable[str], facet: Facet) -> bool:
    """Say whether a unit with this mask of its part in the file, and these functions, writes the facet."""
    return bool(writes & _of_functions(functions) & (1 << facet))


def becomes_partner(functions: Iterable[str], facet: Facet) -> bool:
    """Say whether a unit with these functions would write the facet if it were a partner in the file."""
    return takes_part(matrix.of_parts()["partner"][1], functions, facet)


def writes_as(part: str, facet: Facet) -> bool:
    """Say whether a part in a file lets a unit whose functions allow it write the facet."""
    return bool(matrix.of_parts()[part][1] & (1 << facet))


def partner_reads(functions: Iterable[str]) -> int:
    """Return the mask of what a unit with these functions reads as a partner in a file; no sealed facet is in it."""
    reads = 0
    for function in functions:
        reads |= matrix.of_functions().get(function, (0, 0))[0]
    return reads & matrix.of_parts()["partner"][0]


def _of_functions(functions: Iterable[str]) -> int:
    mask = 0
    for function in functions:
        mask |= matrix.of_functions().get(function, (0, 0))[1]
    return mask


# The social worker reviews a written application within ten days (rules of 2016 and 2018, as requirements C05 says
# them; not verified): counted in calendar days, the shorter reading.
REVIEWED_WITHIN = timedelta(days=10)


def review_by(applied_on: date) -> date:
    """Return the day by which a written application for special social services is to be reviewed."""
    return applied_on + REVIEWED_WITHIN


def morning_of(day: date) -> datetime:
    """Return the moment at which a day begins in Kazakhstan."""
    return datetime.combine(day, time(0), tzinfo=ZONE)
