"""The shipped calendar for tests of pure rules, read without a database."""

import csv
from datetime import date, datetime

from arasha.kernel.worktime.actions.calendar import DATA
from arasha.kernel.worktime.rules import ZONE, Calendar, Kind, Mark


def shipped() -> Calendar:
    """Return the calendar of the reviewed file."""
    marks = {}
    with DATA.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            other = date.fromisoformat(row["instead_of"]) if row["instead_of"] else None
            names = (row["name_kk"], row["name_ru"], row["name_en"])
            marks[date.fromisoformat(row["date"])] = Mark(Kind(row["kind"]), *names, other, row["estimated"] == "yes")
    return Calendar(marks)


CALENDAR = shipped()


def moment(text: str) -> datetime:
    """Read `2026-03-20 15:40` as the country's clocks show it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)
