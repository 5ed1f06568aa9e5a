"""The month as a calendar: on each day what falls due, for who looks; a list where a grid finds no room."""

import calendar
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arasha.coordination import queries
from arasha.coordination.views import presenting
from arasha.coordination.views.presenting import language
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.queries import calendar as days_of_country
from arasha.kernel.worktime.rules import ZONE, local
from arasha.kernel.worktime.rules.formats import format_date, format_weekday

SHOWN = 3
FIRST_YEAR, LAST_YEAR = 2000, 2100


@signed_in
@require_safe
def month(request: StaffRequest) -> HttpResponse:
    """Show what falls due in a month, day by day."""
    first = asked_month(request.GET.get("month", ""), local(request.now).date())
    after = (first + timedelta(days=31)).replace(day=1)
    rows = queries.due_between(request.actor, *(datetime.combine(day, time(), ZONE) for day in (first, after)))
    matters = queries.matters([row.dossier_id for row in rows])
    found: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[local(row.due_now).date()].append(presenting.duty(row, matters, request.now))
    works, today = days_of_country(), local(request.now).date()
    weeks = [
        [_day(day, found.get(day, []), first.month, works.works(day), today) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    words = ngettext("%(n)s obligation falls due", "%(n)s obligations fall due", len(rows)) % {"n": len(rows)}
    context = {
        "page_title": words if rows else _("Nothing falls due in this month"),
        "page_meta": f"{first:%m.%Y}",
        "heads": [format_weekday(day["day"], language(), short=True) for day in weeks[0]],
        "weeks": weeks,
        "listed": [day for week in weeks for day in week if day["rows"] and day["inside"]],
        "previous": f"?month={first - timedelta(days=1):%Y-%m}",
        "following": f"?month={after:%Y-%m}",
        "cut": len(rows) >= queries.MOST,
    }
    return render(request, "coordination/month.html", context)


def _day(day: date, rows: list[dict[str, Any]], month_asked: int, works: bool, today: date) -> dict[str, Any]:
    return {
        "day": day,
        "words": format_date(day, language(), "words"),
        "weekday": format_weekday(day, language()),
        "rows": rows,
        "shown": rows[:SHOWN],
        "more": max(len(rows) - SHOWN, 0),
        "inside": day.month == month_asked,
        "off": not works,
        "today": day == today,
    }


def asked_month(text: str, today: date) -> date:
    """Read a month as `2026-03`; anything else is the present one."""
    try:
        found = datetime.strptime(text, "%Y-%m").replace(tzinfo=ZONE).date()
    except ValueError:
        return today.replace(day=1)
    return found if FIRST_YEAR <= found.year < LAST_YEAR else today.replace(day=1)
