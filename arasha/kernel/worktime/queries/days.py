"""The calendar as it stands now, or as it stood when something was computed."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from arasha.kernel.worktime.models import Day
from arasha.kernel.worktime.rules import Calendar, Kind, Mark


def calendar(at: datetime | None = None) -> Calendar:
    """Return the calendar for `rules.due_at`: one query; keep it for a batch.

    `at` gives the calendar as it was known at that moment, else the one that is valid now.
    """
    return Calendar(
        {
            day.date: Mark(Kind(day.kind), day.name_kk, day.name_ru, day.name_en, day.instead_of, day.estimated)
            for day in _valid(at)
        }
    )


def days_of_year(year: int) -> QuerySet[Day]:
    """Return the entries valid now for one year, by date, for the page that edits them."""
    return _valid(None).filter(date__year=year).order_by("date")


def day_history(day: date) -> QuerySet[Day]:
    """Return everything the calendar ever said of this day, oldest first."""
    return Day.objects.filter(date=day).order_by("id")


def _valid(at: datetime | None) -> QuerySet[Day]:
    if at is None:
        return Day.objects.filter(valid_to__isnull=True)
    return Day.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=at), Q(valid_to__isnull=True) | Q(valid_to__gt=at)
    )
