"""The open data as everybody is given them."""

from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True)
class Published:
    """The open data of a day, compressed, and how many services stand in them."""

    day: date
    content: bytes
    services: int


def published(*, whole: bool = True) -> Published | None:
    """Return the newest open data; None before the first were made. `whole`: with the file itself, some megabytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT day, CASE WHEN %s THEN content END, services FROM services.published()", [whole])
        row = cursor.fetchone()
    return None if row is None else Published(row[0], bytes(row[1] or b""), row[2])
