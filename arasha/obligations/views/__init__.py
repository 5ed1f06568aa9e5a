"""The door of obligations for people: one page that shows a duty and takes its answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.obligations import actions, policy
from arasha.obligations.forms import MeetForm
from arasha.obligations.models import Obligation
from arasha.obligations.queries.page import obligation_page
from arasha.obligations.views import presenting


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest, obligation: UUID) -> HttpResponse:
    """Show one obligation; take its answer from the unit that owes it."""
    if request.method != "POST":
        return _shown(request, obligation, MeetForm())
    form = MeetForm(request.POST)
    if not form.is_valid():
        return _shown(request, obligation, form, status=422)
    try:
        actions.meet(actor=request.actor, obligation=obligation, answer=form.cleaned_data["answer"], now=request.now)
    except (actions.ObligationNotFound, policy.NotOwedByYou) as refused:
        raise Http404 from refused
    except actions.AlreadyMet as before:
        notice = already_met(before.obligation, request)
        return _shown(request, obligation, form, notice=notice, typed=form.cleaned_data["answer"], status=409)
    messages.success(request, _("Recorded: the obligation is met."))
    return redirect("obligations:page", obligation=obligation)


def already_met(obligation: Obligation, request: StaffRequest) -> str:
    """Say who met it before and when: a second click, or a colleague who was faster."""
    if obligation.met_at is None:
        return ""
    return _("It was met before – %(who)s, %(moment)s. Nothing new was recorded.") % {
        "who": presenting.met_by(obligation),
        "moment": presenting.short(obligation.met_at, request.now),
    }


def _shown(
    request: StaffRequest, obligation: UUID, form: MeetForm, *, notice: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    found = obligation_page(request.actor, obligation, request.now)
    if found is None:
        raise Http404
    request.look(found.obligation.dossier_id)
    context = presenting.context(found, request.now)
    return render(
        request,
        "obligations/page.html",
        context | {"form": form, "already_met": notice, "typed": typed},
        status=status,
    )
