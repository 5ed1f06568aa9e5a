"""When somebody is there: now and until when, else when next; and a week in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import known
from arasha.kernel.worktime.rules.words import SHORT_WEEKDAYS
from arasha.services.rules.hours import open_at

WEEK = 7


@dataclass(frozen=True)
class Presence:
    """Whether somebody is there (None: nobody said), the span that runs or comes next, and in how many days."""

    there: bool | None
    always: bool = False
    opens: str = ""
    closes: str = ""
    days: int = 0
    weekday: int = 0


def presence(hours: Sequence[Any], moment: datetime, *, around_the_clock: bool = False) -> Presence:
    """Return who is there at the moment, by the country's clock."""
    if around_the_clock:
        return Presence(there=True, always=True)
    there = open_at(hours, moment)
    if there is None:
        return Presence(there=None)
    here = local(moment)
    clock, today = f"{here:%H:%M}", here.weekday()
    for days in range(WEEK + 1):
        weekday = (today + days) % WEEK
        for day, opens, closes in hours:
            if day == weekday and (days > 0 or closes > clock):
                return Presence(there=there, opens=opens, closes=closes, days=days, weekday=weekday)
    return Presence(there=there)


def week(hours: Sequence[Any], language: str) -> list[str]:
    """Return a week's hours, days with the same hours together: "Mon–Fri 09:00–18:00"."""
    names = SHORT_WEEKDAYS[known(language)]
    spans: dict[int, list[str]] = {}
    for day, opens, closes in hours:
        spans.setdefault(day, []).append(f"{opens}–{closes}")
    runs: list[tuple[int, int, str]] = []
    for day in sorted(spans):
        said = ", ".join(spans[day])
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == said:
            runs[-1] = (runs[-1][0], day, said)
        else:
            runs.append((day, day, said))
    return [f"{names[first]}{f'–{names[last]}' if last != first else ''} {said}" for first, last, said in runs]
