"""Which acts other systems are told of, from `data/events.csv`."""

import csv
from pathlib import Path

from django.db import connections, transaction

FILE = Path(__file__).resolve().parents[1] / "data" / "events.csv"


def load_reference(*, using: str = "owner") -> int:
    """Bring the table of events to what the file says; returns how many rows changed. Runs as the owner."""
    with FILE.open(encoding="utf-8", newline="") as file:
        wanted = {(row["verb"], row["event"], row["told"]) for row in csv.DictReader(file)}
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT verb, event, told FROM exchange_event")
        present = set(cursor.fetchall())
        for row in sorted(present - wanted):
            cursor.execute("DELETE FROM exchange_event WHERE (verb, event, told) = (%s, %s, %s)", row)
        for row in sorted(wanted - present):
            cursor.execute("INSERT INTO exchange_event (verb, event, told) VALUES (%s, %s, %s)", row)
    return len(wanted ^ present)
