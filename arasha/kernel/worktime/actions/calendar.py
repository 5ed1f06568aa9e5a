"""The calendar's entries as the reviewed file has them. Single days change by two persons (`administration`)."""

import csv
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from arasha.kernel.worktime import policy
from arasha.kernel.worktime.models import Day, DayKind

DATA = Path(__file__).parents[1] / "data" / "days.csv"


def load_days(*, actor: policy.Actor, now: datetime, using: str = "owner", file: Path = DATA) -> int:
    """Bring the calendar to the reviewed file and return how many entries changed; a second call changes nothing.

    A day that a person edited is left alone. Runs on the owner's connection. Raises policy.NotAllowed.
    """
    if actor.kind != "installation":
        raise policy.NotAllowed("reference data is loaded by the installation")
    wanted = {entry.date: entry for entry in _read(file)}
    with transaction.atomic(using=using):
        days = Day.objects.using(using)
        live = {entry.date: entry for entry in days.select_for_update().filter(valid_to__isnull=True)}
        kept = {day for day, entry in live.items() if entry.edited or _same(entry, wanted.get(day))}
        ended = [entry.pk for day, entry in live.items() if day not in kept]
        days.filter(pk__in=ended).update(valid_to=now)
        new = [entry for day, entry in wanted.items() if day not in kept]
        for entry in new:
            entry.valid_from = now if entry.date in live else None
        days.bulk_create(new)
    return len({entry.date for entry in new} | {day for day in live if day not in kept})


def _read(file: Path) -> list[Day]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            Day(
                date=date.fromisoformat(row["date"]),
                kind=DayKind(row["kind"]),
                name_kk=row["name_kk"],
                name_ru=row["name_ru"],
                name_en=row["name_en"],
                instead_of=date.fromisoformat(row["instead_of"]) if row["instead_of"] else None,
                estimated=row["estimated"] == "yes",
                source=row["source"],
                verified_by=row["verified_by"],
            )
            for row in csv.DictReader(lines)
        ]


def _same(entry: Day, wanted: Day | None) -> bool:
    fields = ("kind", "name_kk", "name_ru", "name_en", "instead_of", "estimated", "source", "verified_by")
    return wanted is not None and all(getattr(entry, field) == getattr(wanted, field) for field in fields)
