"""Emergency access: opening one file that is not one's own, and the review of such openings by others."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.administration.queries import factor_shown_at
from arasha.coordination import actions, queries
from arasha.coordination.forms import EmergencyForm
from arasha.coordination.rules import EMERGENCIES
from arasha.coordination.views.presenting import language
from arasha.kernel.access.actions import record_look
from arasha.kernel.access.door import BudgetSpent, StaffRequest
from arasha.kernel.access.models import Glass
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import visible_dossiers
from arasha.kernel.access.rules import Conflict, NotThere, NotValid
from arasha.kernel.worktime.queries import clock_ahead, domain_now
from arasha.kernel.worktime.rules.formats import format_ago, format_lateness, format_left, format_moment
from arasha.ui.rules.parts import Empty, State

# The database takes a second factor of the last five minutes; the rest is for the way there.
FRESH = timedelta(minutes=4, seconds=30)
TRIES = 10


@may("break_glass")
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: StaffRequest) -> HttpResponse:
    """Say what happens, ask for the second factor again, then open one file for three hours."""
    shown = factor_shown_at(request)
    if shown is None or domain_now() - clock_ahead() - shown > FRESH:
        return redirect(_confirm()) if request.method == "POST" else _page(request, None)
    form = EmergencyForm(request.POST or None)
    if request.method != "POST" or _is_closed(request):
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    dossier = queries.file_named(form.cleaned_data["named"])
    if dossier is None:
        form.add_error("named", _("This is neither a case number nor the address of a file."))
        return _page(request, form, status=422)
    return _opened(request, form, dossier, shown)


def _opened(request: StaffRequest, form: EmergencyForm, dossier: UUID, shown: datetime) -> HttpResponse:
    """Break the glass; a file that is not there and one that is barred are answered alike."""
    if not visible_dossiers(request.actor).filter(pk=dossier).exists():
        reason = form.cleaned_data["reason"]
        try:
            actions.break_glass(actor=request.actor, dossier=dossier, reason=reason, factor_at=shown, now=request.now)
        except NotThere:
            record_look(actor=request.actor, now=request.now, kind="refused", dossier=dossier, refused=True)
            form.add_error("named", _("There is no file by this name that could be opened to you."))
            return _page(request, form, status=422)
        except NotValid:
            return redirect(_confirm())
        if record_look(actor=request.actor, now=request.now, kind="glass", dossier=dossier).stopped:
            raise BudgetSpent
        messages.success(request, _("The file is open to you for three hours."))
    return redirect("coordination:file", dossier=dossier)


def _confirm() -> str:
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': reverse('coordination:emergency')})}"


def _is_closed(request: StaffRequest) -> bool:
    return bool(_closed(request))


def _closed(request: StaffRequest) -> str:
    """Return why the actor may not break the glass now, or nothing."""
    if queries.is_suspended(request.actor, request.now):
        return _("Your last emergency opening was not reviewed in time. Until it is, no other can be made.")
    if queries.refused_tries(request.actor, request.now) >= TRIES:
        return _("Too many tries within an hour. Call the unit that leads the case, or 102.")
    return ""


def _page(request: StaffRequest, form: EmergencyForm | None, *, status: int = 200) -> HttpResponse:
    context = {
        "page_title": _("Open a file in an emergency"),
        "form": form,
        "confirm_url": _confirm(),
        "closed": _closed(request),
    }
    return render(request, "coordination/emergency.html", context, status=status)


@may("review_glass")
@require_safe
def openings(request: StaffRequest) -> HttpResponse:
    """List the emergency openings that this unit reviews."""
    seen = queries.openings(request.actor)
    there = set(
        visible_dossiers(request.actor).filter(pk__in=[one.row.dossier_id for one in seen]).values_list("pk", flat=True)
    )
    waiting = sum(one.row.reviewed_at is None for one in seen)
    words = ngettext(
        "%(n)s emergency opening waits for your review", "%(n)s emergency openings wait for your review", waiting
    )
    context = {
        "page_title": words % {"n": waiting} if waiting else _("No emergency opening waits for your review"),
        "rows": [_row(one, one.row.dossier_id in there, request.now) for one in seen],
        "nothing": Empty(
            _("Nobody has opened a file in an emergency"),
            _("Each opening in your files, and those that you watch over, come here by themselves, with a message."),
        ),
    }
    return render(request, "coordination/openings.html", context)


def _row(seen: queries.Seen, there: bool, now: datetime) -> dict[str, Any]:
    glass: Glass = seen.row
    return {
        "id": glass.pk,
        "name": seen.name,
        "post": seen.post.title if seen.post else "",
        "unit": seen.post.unit.name if seen.post else "",
        "reason": EMERGENCIES.label(glass.reason) if glass.reason in EMERGENCIES else glass.reason,
        "opened": format_moment(glass.opened_at, language(), now),
        "ago": format_ago(now - glass.opened_at, language()),
        "due": _("Review by %(moment)s") % {"moment": format_moment(glass.review_due, language(), now)},
        "state": _state(glass, now),
        "waits": glass.reviewed_at is None,
        "url": reverse("coordination:file", kwargs={"dossier": glass.dossier_id}) if there else "",
    }


def _state(glass: Glass, now: datetime) -> State:
    if glass.reviewed_at is not None:
        return State("met", _("justified")) if glass.justified else State("late", _("not justified"))
    if glass.review_due <= now:
        return State("late", format_lateness(now - glass.review_due, language()))
    return State("wait", format_left(glass.review_due - now, language()))


@may("review_glass")
@require_POST
def review(request: StaffRequest, glass: UUID) -> HttpResponse:
    """Record whether an opening was justified; a colleague who was faster is told so."""
    answer = request.POST.get("justified", "")
    if answer not in {"yes", "no"}:
        raise Http404
    try:
        actions.review_glass(actor=request.actor, glass=glass, justified=answer == "yes", now=request.now)
    except Conflict:
        messages.warning(request, _("A colleague has reviewed it already. Nothing new was recorded."))
    else:
        messages.success(request, _("Recorded: the opening is reviewed."))
    return redirect("coordination:openings")
