"""What rules noticed: read by one person first, then dismissed or made a signal."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from arasha.kernel.access.actions import LookNotRecorded
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import Facet
from arasha.signals import actions, queries
from arasha.signals.forms import DismissForm, WorryForm
from arasha.signals.models import Noticed
from arasha.signals.views import counting
from arasha.ui.rules.paging import page_of
from arasha.ui.rules.parts import Empty

PAGE = 25
DECIDED = ("dismissed", "signal")


@may("read_noticed")
@require_safe
def noticed(request: StaffRequest) -> HttpResponse:
    """Show what waits to be read, the oldest first; no list of children, and nothing by number."""
    done = request.GET.get("state") == "done"
    asked = queries.noticed(request.actor, states=DECIDED if done else (queries.UNREAD,))
    shown = page_of(asked, moment="at", size=PAGE, asked=request.GET.dict(), descending=done)
    kept = "&state=done" if done else ""
    context = {
        "page_title": _("Noticed by a rule, to be read by a person first"),
        "rows": counting.lines(shown.rows, request.now),
        "previous": shown.previous and shown.previous + kept,
        "following": shown.following and shown.following + kept,
        "tabs": counting.tabs(done),
        "nothing": Empty(
            _("Nothing waits to be read"),
            _("The rules are evaluated once a night. What they notice comes here, and nobody else is told."),
        ),
    }
    return render(request, "signals/noticed.html", context)


@may("read_noticed")
@require_safe
def one(request: StaffRequest, noticed: UUID) -> HttpResponse:
    """Show one thing that a rule noticed, with its facts as far as the reader's facets reach."""
    return _page(request, _found(request, noticed))


def _found(request: StaffRequest, noticed: UUID) -> Noticed:
    found = queries.find_noticed(request.actor, noticed)
    if found is None:
        raise Http404
    return found


def _page(
    request: StaffRequest,
    found: Noticed,
    dismissing: forms.Form | None = None,
    worry: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """Look first: what is under seal is shown only when the access log has taken it down."""
    request.look(found.dossier_id)
    if Facet(found.facet).sealed:
        try:
            request.look(found.dossier_id, facet=Facet(found.facet))
        except LookNotRecorded:
            messages.error(request, _("The access log does not answer, so that what is under seal is not shown now."))
            return redirect("signals:noticed")
    context = counting.page(found, queries.read_noticed(found, request.now), request.now)
    context |= {"dismissing": dismissing or DismissForm(), "worry": worry or WorryForm()}
    return render(request, "signals/noticed_one.html", context, status=status)


@may("read_noticed")
@require_POST
def dismiss(request: StaffRequest, noticed: UUID) -> HttpResponse:
    """Say that no signal is needed, and why."""
    found, form = _found(request, noticed), DismissForm(request.POST)
    if not form.is_valid():
        return _page(request, found, dismissing=form, status=422)
    try:
        actions.dismiss_noticed(
            actor=request.actor, noticed=noticed, reason=form.cleaned_data["reason"], now=request.now
        )
    except actions.AlreadyRead:
        messages.error(request, _("This was done already, by you or a colleague."))
    except (actions.NoticedNotThere, PermissionError):
        raise Http404 from None
    else:
        messages.success(request, _("Recorded. The same facts are not noticed again, new ones are."))
    return redirect("signals:noticed")


@may("read_noticed")
@sensitive_post_parameters()
@require_POST
def make_signal(request: StaffRequest, noticed: UUID) -> HttpResponse:
    """Make a signal of it, in the reader's own words."""
    found, form = _found(request, noticed), WorryForm(request.POST)
    if not form.is_valid():
        return _page(request, found, worry=form, status=422)
    try:
        actions.signal_from_noticed(actor=request.actor, noticed=noticed, worry=form.worry(), now=request.now)
    except actions.AlreadyRead:
        messages.error(request, _("This was done already, by you or a colleague."))
    except actions.NobodyCoordinates:
        form.add_error(None, _("Nobody coordinates in this district. Call 102 or 111 now; nothing was sent."))
        return _page(request, found, worry=form, status=422)
    except (actions.NoticedNotThere, PermissionError):
        raise Http404 from None
    else:
        messages.success(request, _("The signal is with whoever coordinates. School and home were not contacted."))
    return redirect("signals:noticed")
