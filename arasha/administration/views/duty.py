"""Who is on duty: for whoever must ring a unit, and for whoever arranges its roster."""

import uuid
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.administration import actions, forms, queries
from arasha.administration.rules.roster_table import Entry, understood
from arasha.administration.views import duty_words as words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.kernel.worktime.rules.zone import at
from arasha.ui.rules import sheets
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Empty
from arasha.ui.rules.sheet_words import unreadable

WEEK = timedelta(days=7)
FURTHEST = timedelta(days=3660)
SHOWN_FAULTS = 30


@signed_in
@require_safe
def on_duty(request: StaffRequest) -> HttpResponse:
    """Show who is on duty now in one's own place and above it."""
    if request.actor.post_id is None:
        raise Http404
    units = queries.duty_units(request.actor, request.now)
    rows = [words.row(state, request.now) for state in queries.roster_states(units, request.now)]
    context = {
        "page_title": _("Who is on duty now"),
        "rows": rows,
        "nothing": Empty(
            _("No unit here keeps a roster yet"),
            _("A roster is arranged by the head of a unit or by an administrator of the place."),
        ),
    }
    return render(request, "administration/duty.html", context)


@signed_in
@require_safe
def unit(request: StaffRequest, unit: int) -> HttpResponse:
    """Show a unit's week: who is on duty when, and when nobody is."""
    found = _unit(request, unit)
    monday = _monday(request.GET.get("week", ""), request.now)
    begin, end = (at(monday + WEEK * number, time(0)) for number in range(2))
    roster = queries.roster_of(found, begin, end)
    (state,) = queries.roster_states([found], request.now)
    arranges = queries.may_arrange(unit)
    address = reverse("duty_unit", args=[unit])
    context = {
        "unit": found,
        "page_title": words.title(state.now, state, request.now),
        "page_meta": found.name,
        "ringing": words.row(state, request.now)["people"],
        "door": words.door(found),
        "days": words.week(roster, monday, request.now),
        "missing": state.missing,
        "holes": [words.nobody((max(first, request.now), last)) for first, last in roster.holes if last > request.now],
        "week": _("%(first)s – %(last)s")
        % {
            "first": format_date(monday, words.language()),
            "last": format_date(monday + timedelta(days=6), words.language()),
        },
        "earlier": Link(_("The week before"), f"{address}?week={monday - WEEK}"),
        "later": Link(_("The week after"), f"{address}?week={monday + WEEK}"),
        "arranges": arranges,
        "lines": words.hours(roster.lines, request.now) if arranges else [],
        "changes": [words.change(change) for change in roster.changes] if arranges else [],
    }
    return render(request, "administration/duty_unit.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_hours(request: StaffRequest, unit: int) -> HttpResponse:
    """Put somebody on duty on some days of every week."""
    found = _arranged(request, unit)
    form = forms.HoursForm(request.POST if request.method == "POST" else None, today=_today(request))
    if form.is_valid():
        told = form.cleaned_data | {"since": _since(form.cleaned_data["since"], request.now)}
        actions.add_hours(actor=request.actor, now=request.now, unit_id=unit, **told)
        messages.success(request, _("The hours stand in the roster."))
        return redirect("duty_unit", unit=unit)
    context = {"page_title": _("Who is on duty, and when?"), "page_meta": found.name, "form": form}
    return render(request, "administration/form.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def end_hours(request: StaffRequest, unit: int) -> HttpResponse:
    """End somebody's weekly hours from now on."""
    _arranged(request, unit)
    lines = [_key(text) for text in request.POST.getlist("line")]
    actions.end_hours(actor=request.actor, now=request.now, unit_id=unit, lines=lines)
    messages.success(request, _("The hours have ended. See below whether somebody covers them."))
    return redirect("duty_unit", unit=unit)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_change(request: StaffRequest, unit: int) -> HttpResponse:
    """Let one time differ from the week."""
    found = _arranged(request, unit)
    form = forms.RosterChangeForm(request.POST if request.method == "POST" else None, today=_today(request))
    if form.is_valid():
        names = ("kind", "name", "phone", "deputy", "starts_at", "ends_at")
        told = {name: form.cleaned_data[name] for name in names}
        actions.add_change(actor=request.actor, now=request.now, unit_id=unit, **told)
        messages.success(request, _("The change stands in the roster."))
        monday = _monday(f"{form.cleaned_data['first_day']:%Y-%m-%d}", request.now)
        return redirect(f"{reverse('duty_unit', args=[unit])}?week={monday}")
    context = {"page_title": _("What differs from the week?"), "page_meta": found.name, "form": form}
    return render(request, "administration/form.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def withdraw_change(request: StaffRequest, unit: int) -> HttpResponse:
    """Withdraw a change: the week holds again."""
    _arranged(request, unit)
    change = _key(request.POST.get("change", ""))
    actions.withdraw_change(actor=request.actor, now=request.now, unit_id=unit, change=change)
    messages.success(request, _("The change is withdrawn, the week holds again."))
    return redirect("duty_unit", unit=unit)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: StaffRequest, unit: int) -> HttpResponse:
    """Take a table over as the week: first what it would do, with every fault in its place, then the deed."""
    found = _arranged(request, unit)
    posted = request.method == "POST"
    handed = (request.POST, request.FILES) if posted else (None, None)
    form = forms.RosterTableForm(*handed, today=_today(request))
    context = {"page_title": _("Take over a table as the week"), "page_meta": found.name, "form": form, "unit": found}
    if form.is_valid():
        entries, faults, text = _read(form)
        context |= {"faults": faults[:SHOWN_FAULTS], "more": max(0, len(faults) - SHOWN_FAULTS)}
        if not faults:
            since = _since(form.cleaned_data["since"], request.now)
            dry_run = request.POST.get("step") != "take"
            taken = actions.take_over_table(
                actor=request.actor, now=request.now, unit_id=unit, entries=entries, since=since, dry_run=dry_run
            )
            if not dry_run:
                messages.success(request, _told(taken))
                return redirect("duty_unit", unit=unit)
            context |= {"would": _told(taken), "text": text, "since": form.cleaned_data["since"]}
    wrong = posted and "would" not in context
    return render(request, "administration/duty_table.html", context, status=422 if wrong else 200)


def _read(form: forms.RosterTableForm) -> tuple[list[Entry], list[str], str]:
    """Return what the table says, its faults in words, and the table as text, to be sent again unchanged."""
    try:
        rows = sheets.read(form.content())
    except sheets.SheetUnreadable as problem:
        return [], [unreadable(problem)], ""
    entries, faults = understood(rows)
    return entries, [words.fault(one) for one in faults], "\n".join("\t".join(row.cells) for row in rows)


def _told(taken: actions.Taken) -> str:
    new = ngettext("%(n)s row is new", "%(n)s rows are new", taken.new) % {"n": taken.new}
    stay = ngettext("%(n)s stays", "%(n)s stay", taken.stay) % {"n": taken.stay}
    end = ngettext("%(n)s ends", "%(n)s end", taken.end) % {"n": taken.end}
    return f"{new}, {stay}, {end}."


def _unit(request: StaffRequest, unit: int) -> Unit:
    """Return the unit, for whoever acts in a post."""
    found = queries.unit_at(unit, request.now) if request.actor.post_id is not None else None
    if found is None:
        raise Http404
    return found


def _arranged(request: StaffRequest, unit: int) -> Unit:
    found = _unit(request, unit)
    if not queries.may_arrange(unit):
        raise Http404
    return found


def _today(request: StaffRequest) -> date:
    return local(request.now).date()


def _monday(asked: str, now: datetime) -> date:
    """Return the Monday of the week asked for, of the present one when nothing sensible is."""
    today = local(now).date()
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today
    if abs(day - today) > FURTHEST:
        day = today
    return day - timedelta(days=day.weekday())


def _since(day: date, now: datetime) -> datetime:
    """Return when something begins that is said by its day: today means now, not this midnight."""
    return now if day == local(now).date() else at(day, time(0))


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None
