"""The country's calendar by the year: holidays and moved days with their source, and what two persons propose."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arasha.administration import actions, forms, queries
from arasha.administration.rules.days import DayInvalid, NewDay
from arasha.administration.views.places_words import given, language
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import Conflict
from arasha.kernel.territory.rules import NATION
from arasha.kernel.worktime import queries as worktime
from arasha.kernel.worktime.models import Day
from arasha.kernel.worktime.rules import Calendar, Kind, Mark, local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.kernel.worktime.rules.words import WEEKDAYS
from arasha.ui.rules.page import Link

BACK, AHEAD = 2, 3


@may("administer")
@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    """Show what the calendar says of a year, day by day: by which source, compared by whom, or only computed."""
    today = local(request.now).date()
    asked = request.GET.get("year", f"{today.year}")
    years = range(today.year - BACK, today.year + AHEAD + 1)
    year = next((one for one in years if f"{one}" == asked), None)
    if year is None:
        raise Http404
    kept = list(worktime.days_of_year(year))
    context = {
        "page_title": _("The country's calendar, %(year)s") % {"year": year},
        "tabs": [Link(f"{one}", f"?year={one}", current=one == year) for one in years],
        "rows": [_kept(day) for day in kept] or _computed(year),
        "computed": not kept,
        "unverified": sum(not day.verified_by for day in kept),
        "may_change": queries.administers(NATION),
    }
    return render(request, "administration/calendar.html", context)


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def change_day(request: StaffRequest) -> HttpResponse:
    """Propose what a day is; a move is proposed with both its days."""
    if not queries.administers(NATION):
        raise Http404
    form = forms.DayForm(request.POST if request.method == "POST" else None, today=local(request.now).date())
    if form.is_valid():
        try:
            actions.propose_days(actor=request.actor, now=request.now, days=form.days())
        except Conflict:
            form.add_error("day", _("A change of this day waits for a second person. It is decided first."))
        except DayInvalid:
            form.add_error("source", _("Write the act and the names in letters that can be seen."))
        else:
            messages.success(request, given(waits=True))
            return redirect("proposals")
    context = {
        "page_title": _("What does the calendar say of a day?"),
        "form": form,
        "two_persons": True,
        "note": _(
            "Limits that were set before stay as they were computed. Limits that are set later follow the calendar."
        ),
    }
    return render(request, "administration/form.html", context, status=422 if form.is_bound else 200)


def steps(kept: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return proposed days in words, with what the calendar says of them now."""
    marks = worktime.calendar()
    found = []
    for one in (NewDay.from_json(step) for step in kept):
        before = marks.mark(one.day)
        mark = Mark(one.kind, *one.names, one.instead_of)
        rows = [
            {"label": _("What it is"), "before": _what(before), "after": _what(mark)},
            {"label": _("Name"), "before": before.name(language()) if before else "–", "after": mark.name(language())},
            {"label": _("By which act"), "before": "", "after": one.source},
            {"label": _("Who compared it with the act"), "before": "", "after": one.verified_by or _("nobody so far")},
        ]
        found.append({"title": _long(one.day), "code": "", "rows": rows, "changes": True})
    return found


def summary(kept: Sequence[Mapping[str, Any]]) -> str:
    """Say in one line which days a proposal is about."""
    days = ", ".join(_day(NewDay.from_json(step).day) for step in kept)
    return _("Calendar: %(days)s") % {"days": days}


def _kept(day: Day) -> dict[str, Any]:
    mark = Mark(Kind(day.kind), day.name_kk, day.name_ru, day.name_en, day.instead_of, day.estimated)
    return _row(day.date, mark) | {"source": day.source, "verified_by": day.verified_by}


def _computed(year: int) -> list[dict[str, Any]]:
    """Return the special days of a year that nobody has entered, as the published rules have them."""
    empty = Calendar()
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
    marked = [(day, mark) for day in days if (mark := empty.mark(day)) is not None]
    return [_row(day, mark) | {"source": "", "verified_by": ""} for day, mark in marked]


def _row(day: date, mark: Mark) -> dict[str, Any]:
    return {"day": _long(day), "what": _what(mark), "name": mark.name(language()), "estimated": mark.estimated}


def _what(mark: Mark | None) -> str:
    if mark is None:
        return _("as the week has it")
    other = _day(mark.instead_of) if mark.instead_of else ""
    words = {
        Kind.HOLIDAY: _("public holiday"),
        Kind.MOVED_OFF: _("off instead of %(day)s") if other else _("off"),
        Kind.MOVED_WORKING: _("worked instead of %(day)s") if other else _("worked"),
        Kind.ORDINARY: _("as the week has it"),
    }[mark.kind]
    return words % {"day": other} if other and "%(day)s" in words else words


def _day(day: date) -> str:
    return format_date(day, language())


def _long(day: date) -> str:
    return f"{_day(day)}, {WEEKDAYS[language()][day.weekday()]}"
