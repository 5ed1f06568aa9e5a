"""The joint summary as it is written."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.plans import actions, policy, queries
from arasha.plans.models import AssessmentSummary
from arasha.plans.views import filling, pages, presenting
from arasha.questionnaires import actions as answering
from arasha.questionnaires import queries as forms

GET_POST = ["GET", "HEAD", "POST"]
NOT_THERE = (actions.SummaryNotThere, policy.NotAllowed)


def _written(request: StaffRequest, dossier: UUID) -> AssessmentSummary | None:
    """Return the version that is being written, for the lead alone. Raises Http404."""
    case = pages.case_found(request, dossier)
    row = queries.assessment_of(request.actor, dossier)
    if row is None or row.state == "ended" or not policy.leads(request.actor, case):
        raise Http404
    return queries.being_written(row)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def summary(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the summary to be written; begin it, or its next version."""
    found = _written(request, dossier)
    if request.method == "POST" and request.POST.get("do") == "begin":
        return _begun(request, dossier)
    draft = forms.draft_of(found.response_id, request.now) if found is not None else None
    if found is None or draft is None:
        return redirect("plans:assessment", dossier=dossier)
    return filling.page(request, _host(request, dossier, draft))


def _begun(request: StaffRequest, dossier: UUID) -> HttpResponse:
    try:
        actions.begin_summary(actor=request.actor, dossier=dossier, language=presenting.language(), now=request.now)
    except NOT_THERE:
        raise Http404 from None
    except answering.FormNotInForce:
        messages.warning(request, _("This form is not in force now. Ask who answers for forms."))
        return redirect("plans:assessment", dossier=dossier)
    return redirect("plans:summary", dossier=dossier)


def _host(request: StaffRequest, dossier: UUID, draft: forms.DraftRead) -> filling.Host:
    given: dict[str, Any] = {"actor": request.actor, "dossier": dossier, "now": request.now}
    key = {"dossier": dossier}
    return filling.Host(
        draft=draft,
        title=_("The joint summary"),
        meta=_("Assessment together") + " · " + presenting.child_of(dossier),
        back=queries.assessment_link(dossier),
        here=reverse("plans:summary", kwargs=key),
        save_url=reverse("plans:summary_save", kwargs=key),
        settle_url=reverse("plans:summary_settle", kwargs=key),
        newer_url="",
        keeps=partial(actions.save_summary, **given),
        hands_in=partial(actions.submit_summary, **given),
        gone=NOT_THERE,
        context={"assessment_url": queries.assessment_link(dossier)},
    )


@signed_in
@sensitive_post_parameters()
@require_POST
def save(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Keep what is half written of the summary."""
    found = _written(request, dossier)
    draft = forms.draft_of(found.response_id, request.now) if found is not None else None
    if draft is None:
        raise Http404
    return filling.live(request, _host(request, dossier, draft))


@signed_in
@require_POST
def settle(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Take what came second into the summary, or lay it aside."""
    _written(request, dossier)
    copy, takes = filling.settled(request)
    try:
        actions.settle_summary_copy(actor=request.actor, dossier=dossier, copy=copy, takes=takes, now=request.now)
    except NOT_THERE:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("plans:summary", dossier=dossier)
