"""How long the reader's own unit types for a child, month by month, and on which pages."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from arasha.coordination.rules.typing import Month, Page, by_page


@dataclass(frozen=True, slots=True)
class TypedFile:
    """A file in which the unit typed: seconds and forms sent."""

    dossier: UUID
    seconds: int
    sent: int


@dataclass(frozen=True, slots=True)
class Typed:
    """What the reader's unit typed: months, newest first; kinds of pages and files, what took longest first."""

    months: list[Month]
    pages: list[Page]
    files: list[TypedFile]


def typed(since: date, *, files: int = 10) -> Typed:
    """Return what the unit of whoever acts typed since a month (its first day), and at most so many files."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT month, files, median, sent FROM coordination.typed_months(%s)", [since])
        months = [Month(*row) for row in cursor.fetchall()]
        cursor.execute("SELECT page, seconds, sent FROM coordination.typed_pages(%s)", [since])
        pages = by_page(cursor.fetchall())
        cursor.execute("SELECT dossier, seconds, sent FROM coordination.typed_files(%s, %s)", [since, files])
        return Typed(months, pages, [TypedFile(*row) for row in cursor.fetchall()])
