"""Who looked: at a file, for those who answer for it; and at more files than usual, for the unit above."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from arasha.coordination import actions, queries
from arasha.coordination.views.presenting import language
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Budget, Look
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import answers_for
from arasha.kernel.access.rules import Conflict
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Empty, State


def tabs_of(dossier: UUID, here: str) -> list[Link]:
    """Return the pages of a file; who looked is for those alone who lead or oversee it."""
    pages = [
        ("file", _("Overview")),
        ("story", _("Time line")),
        ("duties", _("Obligations")),
        ("forms", pgettext("file", "Forms")),
    ]
    if answers_for(dossier):
        pages.append(("closing", pgettext("file", "Closing")))
        pages.append(("looks", _("Who looked")))
    kwargs = {"dossier": dossier}
    return [Link(label, reverse(f"coordination:{name}", kwargs=kwargs), name == here) for name, label in pages]


@signed_in
@require_safe
def looks(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show who looked at a file and who tried. The page holds nothing of the child, and is no look itself."""
    if not answers_for(dossier):
        raise Http404
    seen = queries.looked(dossier)
    context = {
        "page_title": _("Who looked at this file"),
        "tabs": tabs_of(dossier, "looks"),
        "rows": [_look(one, request.now) for one in seen],
        "limit": queries.LOOKS if len(seen) == queries.LOOKS else 0,
        "nothing": Empty(_("Nobody has looked yet"), _("Each opening of the file and each refused try stands here.")),
    }
    return render(request, "coordination/looks.html", context)


def _look(seen: queries.Seen, now: datetime) -> dict[str, Any]:
    look: Look = seen.row
    return {
        "name": seen.name or _("an account that no longer exists"),
        "post": seen.post.title if seen.post else _("no post"),
        "unit": seen.post.unit.name if seen.post else "",
        "at": format_moment(look.at, language(), now),
        "what": _what(look),
        "refused": look.outcome in {"refused", "stopped"},
        "emergency": look.kind == "glass",
    }


def _what(look: Look) -> str:
    """Say in plain words what a look was."""
    if look.outcome == "stopped":
        return _("wanted to open it; the day’s number of files was used up")
    if look.outcome == "refused":
        return _("tried to open it and was refused")
    return {
        "open": _("opened the file"),
        "facet": _("opened a sealed part"),
        "export": _("took a copy out"),
        "search": _("found it by a search"),
        "glass": _("opened it in an emergency"),
    }[look.kind]


@signed_in
@require_safe
def budgets(request: StaffRequest) -> HttpResponse:
    """List the people below who opened more files than usual today, and whom that stopped."""
    seen = queries.budgets()
    stopped = sum(_is_stopped(one.row) for one in seen)
    words = ngettext(
        "%(n)s person cannot open another file today", "%(n)s people cannot open another file today", stopped
    )
    context = {
        "page_title": words % {"n": stopped} if stopped else _("Nobody waits for you to let them open more files"),
        "rows": [_budget(one, request.now) for one in seen],
        "nothing": Empty(
            _("Nobody below you opened more files than usual today"),
            _("Whoever opens many more than they usually do stands here on that day."),
        ),
    }
    return render(request, "coordination/budgets.html", context)


def _is_stopped(budget: Budget) -> bool:
    return budget.stopped_at is not None and budget.confirmed_at is None


def _budget(seen: queries.Seen, now: datetime) -> dict[str, Any]:
    budget: Budget = seen.row
    if _is_stopped(budget):
        state = State("late", _("stopped"))
    elif budget.confirmed_at is not None:
        state = State("met", _("allowed %(n)s more") % {"n": budget.extra})
    else:
        state = State("soon", _("more than usual"))
    return {
        "user": budget.user_id,
        "name": seen.name,
        "post": seen.post.title if seen.post else "",
        "unit": seen.post.unit.name if seen.post else "",
        "dossiers": budget.dossiers,
        "state": state,
        "stopped": _is_stopped(budget),
    }


@signed_in
@require_POST
def confirm(request: StaffRequest, user: int) -> HttpResponse:
    """Let somebody below open as many files again today."""
    try:
        actions.confirm_budget(actor=request.actor, user_id=user, now=request.now)
    except Conflict:
        messages.warning(request, _("This was done already, by you or a colleague."))
    else:
        messages.success(request, _("Recorded: more files may be opened today."))
    return redirect("coordination:budgets")
