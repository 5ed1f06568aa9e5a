"""Opening hours of a site: what was said, whether it is open at a moment."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from itertools import pairwise

from arasha.kernel.worktime.rules import local

WEEK = range(7)
MOST = 21  # three spans a day
HOUR = re.compile(r"([0-9]{1,2}):([0-9]{1,2})")

Span = tuple[int, str, str]


class HoursFaulty(ValueError):
    """Hours that no week has: a day beyond Sunday, an end before its beginning, spans that overlap."""


def checked(hours: Sequence[Sequence[object]]) -> list[list[object]]:
    """Return the spans in the week's order, as they are kept: [weekday 0–6, "HH:MM", "HH:MM"]. Raises HoursFaulty."""
    try:
        spans = sorted((int(str(day)), _time(opens), _time(closes)) for day, opens, closes in hours)
    except (ValueError, TypeError) as error:
        raise HoursFaulty from error
    if len(spans) > MOST or any(day not in WEEK or opens >= closes for day, opens, closes in spans):
        raise HoursFaulty
    for one, other in pairwise(spans):
        if one[0] == other[0] and other[1] < one[2]:
            raise HoursFaulty
    return [[day, f"{opens:%H:%M}", f"{closes:%H:%M}"] for day, opens, closes in spans]


def _time(text: object) -> time:
    found = HOUR.fullmatch(str(text))
    if found is None:
        raise ValueError
    return time(int(found[1]), int(found[2]))


def open_at(hours: Sequence[Span], moment: datetime, *, around_the_clock: bool = False) -> bool | None:
    """Say whether it is open at the moment by its hours; None where nobody has said any."""
    if around_the_clock:
        return True
    if not hours:
        return None
    here = local(moment)
    now = f"{here:%H:%M}"
    return any(day == here.weekday() and opens <= now < closes for day, opens, closes in hours)


def read_week(days: Sequence[str]) -> list[list[object]]:
    """Read seven lines as people type them, "9:00–13:00, 14:00–18:00", Monday first. Raises HoursFaulty."""
    spans: list[list[object]] = []
    for day, line in enumerate(days):
        for span in filter(None, (part.strip() for part in line.replace(";", ",").split(","))):
            ends = [end.strip() for end in re.split(r"[–—-]", span)]
            if len(ends) != 2:
                raise HoursFaulty
            spans.append([day, *(end if ":" in end else f"{end}:00" for end in ends)])
    return checked(spans)


def lines(hours: Sequence[Sequence[object]]) -> list[str]:
    """Return hours as `read_week` reads them: seven lines, empty where it is closed."""
    return [", ".join(f"{opens}–{closes}" for day, opens, closes in hours if day == one) for one in WEEK]
