"""The list of what a unit owes: narrowed, ordered, page by page; several at once may be noted as seen."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.obligations import actions, queries
from arasha.obligations.models import Obligation
from arasha.obligations.rules import FULFILLED, OWED, RUNNING, State
from arasha.obligations.views import presenting
from arasha.obligations.views.words import said, short, uuid_of
from arasha.protocols.rules import Protocol
from arasha.ui.rules.page import Column, Filter, sort_order
from arasha.ui.rules.paging import page_of
from arasha.ui.rules.parts import Empty

PAGE = 25
MANY = 100
COLUMNS = {"due": "due_now", "arose": "raised_at"}
NARROWED = ("state", "due", "step")


def states() -> dict[str, tuple[str, Q]]:
    """Return the states by which the list is narrowed."""
    running = [state.value for state in RUNNING]
    return {
        "new": (_("not opened yet"), Q(seen_at=None, state__in=running)),
        "open": (_("open"), Q(state=State.OPEN.value)),
        "late": (_("late"), Q(state=State.OVERDUE.value)),
        "asked": (_("more time asked"), Q(asked_until__isnull=False)),
        "suspended": (_("suspended"), Q(state=State.SUSPENDED.value)),
        "met": (_("met"), Q(state__in=[state.value for state in FULFILLED])),
        "ended": (_("ended otherwise"), Q(state__in=["declined", "waived", "superseded"])),
    }


def spans(now: datetime) -> dict[str, tuple[str, Q]]:
    """Return the spans of time in which something is due."""
    return {
        "past": (_("past"), Q(due_now__lt=now)),
        "day": (_("within a day"), Q(due_now__gte=now, due_now__lt=now + timedelta(days=1))),
        "week": (_("within a week"), Q(due_now__gte=now, due_now__lt=now + timedelta(days=7))),
    }


@may("meet_obligations")
@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    """Show what the unit owes, the shortest time left first."""
    rows = queries.of_unit(request.actor)
    steps = _steps(rows)
    wish, descending = sort_order(request.GET.get("sort", ""), list(COLUMNS), "due")
    narrowed = _narrowed(rows, request, steps)
    shown = page_of(narrowed, moment=COLUMNS[wish], size=PAGE, asked=request.GET.dict(), descending=descending)
    context = {
        "page_title": _("What your unit owes"),
        "rows": [_row(row, request.now) for row in shown.rows],
        "columns": [Column("due", pgettext("column", "Due")), Column("arose", _("Arose"))],
        "ordered_by": wish,
        "descending": descending,
        "previous": _kept(request, shown.previous),
        "following": _kept(request, shown.following),
        "filters": _filters(request, steps),
        "nothing": Empty(_("Nothing here"), _("What procedures ask of your unit comes here by itself.")),
    }
    return render(request, "obligations/mine.html", context)


@may("meet_obligations")
@require_POST
def seen(request: StaffRequest) -> HttpResponse:
    """Note that the unit has seen the duties ticked."""
    ids = [found for found in map(uuid_of, request.POST.getlist("obligation")[:MANY]) if found]
    count = actions.see(actor=request.actor, obligations=ids, now=request.now)
    words = ngettext("%(n)s obligation noted as seen.", "%(n)s obligations noted as seen.", count)
    messages.success(request, words % {"n": count})
    return redirect("obligations:mine")


def _narrowed(rows: QuerySet[Obligation], request: StaffRequest, steps: Mapping[str, str]) -> QuerySet[Obligation]:
    chosen = [states()[code][1] for code in request.GET.getlist("state") if code in states()]
    if not chosen:
        chosen = [Q(state__in=[state.value for state in OWED])]
    for group in (chosen, [spans(request.now)[c][1] for c in request.GET.getlist("due") if c in spans(request.now)]):
        either = Q()
        for one in group:
            either |= one
        rows = rows.filter(either)
    wanted = [code for code in request.GET.getlist("step") if code in steps]
    return rows.filter(step__in=wanted) if wanted else rows


def _steps(rows: QuerySet[Obligation]) -> dict[str, str]:
    """Return the steps that the unit owes or owed, in the reader's words."""
    found: dict[str, str] = {}
    pairs = rows.order_by().values_list("step", "protocol__content").distinct()[:200]
    for step, content in pairs:
        found.setdefault(step, said(Protocol.from_content(content).step(step).what))
    return found


def _filters(request: StaffRequest, steps: Mapping[str, str]) -> list[Filter]:
    groups = [
        ("state", _("State"), [(code, words) for code, (words, _q) in states().items()]),
        ("due", pgettext("column", "Due"), [(code, words) for code, (words, _q) in spans(request.now).items()]),
        ("step", _("What"), sorted(steps.items(), key=lambda pair: pair[1])),
    ]
    return [
        Filter(code, words, choices, frozenset(request.GET.getlist(code))) for code, words, choices in groups if choices
    ]


def _row(row: Obligation, now: datetime) -> dict[str, Any]:
    step = Protocol.from_content(row.protocol.content).step(row.step)
    return {
        "id": row.pk,
        "url": queries.link(row.pk),
        "what": said(step.what),
        "act": said(step.act),
        "state": presenting.state(row, now),
        "due": short(row.due_now, now),
        "arose": short(row.raised_at, now),
        "new": row.seen_at is None and State(row.state) in OWED,
        "asked": row.asked_until is not None,
    }


def _kept(request: StaffRequest, cursor: str) -> str:
    """Keep what narrows and orders the list beside the cursor of another page."""
    if not cursor:
        return ""
    kept = request.GET.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    return f"{cursor}&{kept.urlencode()}" if kept else cursor
