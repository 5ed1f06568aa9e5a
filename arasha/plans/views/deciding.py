"""What the lead and those who took part decide: ask, give to another unit, note, end, sign, see it otherwise."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from arasha.cases.models import Case
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.plans import actions, policy, queries
from arasha.plans.forms import ApplicationForm, AskForm, ViewForm
from arasha.plans.views import pages
from arasha.ui.rules import UnknownCode

NOT_THERE = (actions.AssessmentNotThere, actions.SummaryNotThere, policy.NotAllowed)


def _read(request: StaffRequest, dossier: UUID) -> tuple[Case, queries.AssessmentRead]:
    case = pages.case_found(request, dossier)
    read = queries.read(request.actor, dossier, request.now)
    if read is None:
        raise Http404
    return case, read


def _once(request: StaffRequest) -> None:
    messages.warning(request, _("This was done already, by you or a colleague."))


@signed_in
@require_POST
def ask(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Ask a unit for a part."""
    case, read = _read(request, dossier)
    choices = pages.asked_choices(request, read) if policy.leads(request.actor, case) else []
    form = AskForm(request.POST, today=local(request.now).date(), choices=choices)
    if not choices:
        raise Http404
    if not form.is_valid():
        return pages.shown(request, case, {"ask_form": form}, status=422)
    discipline, _colon, unit = form.cleaned_data["wanted"].partition(":")
    try:
        actions.ask_part(
            actor=request.actor,
            dossier=dossier,
            discipline=discipline,
            unit=int(unit),
            by_when=form.cleaned_data["by_when"],
            now=request.now,
        )
    except (*NOT_THERE, actions.UnitNotAskable, UnknownCode):
        raise Http404 from None
    except actions.AskedAlready:
        _once(request)
    else:
        messages.success(request, _("The unit was asked."))
    return redirect("plans:assessment", dossier=dossier)


@signed_in
@require_POST
def pass_on(request: StaffRequest, part: UUID) -> HttpResponse:
    """Give a part to another unit: because the first left the file, or does not answer."""
    row = queries.part_of(request.actor, part)
    if row is None:
        raise Http404
    case, read = _read(request, row.dossier_id)
    given = [choice for choice in pages.asked_choices(request, read) if choice[0].startswith(f"{row.discipline}:")]
    form = AskForm(request.POST, today=local(request.now).date(), choices=given)
    if not policy.leads(request.actor, case):
        raise Http404
    if not form.is_valid():
        return pages.shown(request, case, {"pass_form": form, "pass_part": part}, status=422)
    try:
        actions.pass_on_part(
            actor=request.actor,
            part=part,
            unit=int(form.cleaned_data["wanted"].partition(":")[2]),
            by_when=form.cleaned_data["by_when"],
            now=request.now,
        )
    except (*NOT_THERE, actions.UnitNotAskable):
        raise Http404 from None
    except actions.AskedAlready:
        _once(request)
    return redirect("plans:assessment", dossier=row.dossier_id)


@signed_in
@require_POST
def application(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Note a written application for special social services."""
    case, _assessment = _read(request, dossier)
    form = ApplicationForm(request.POST, today=local(request.now).date())
    if not policy.leads(request.actor, case):
        raise Http404
    if not form.is_valid():
        return pages.shown(request, case, {"application_form": form}, status=422)
    applied_on = form.cleaned_data["applied_on"]
    try:
        actions.note_application(actor=request.actor, dossier=dossier, applied_on=applied_on, now=request.now)
    except NOT_THERE:
        raise Http404 from None
    except actions.AskedAlready:
        _once(request)
    else:
        messages.success(request, _("Recorded. The review is owed now."))
    return redirect("plans:assessment", dossier=dossier)


@signed_in
@require_POST
def end(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """End an assessment; it stays as it is."""
    pages.case_found(request, dossier)
    try:
        actions.end_assessment(actor=request.actor, dossier=dossier, now=request.now)
    except NOT_THERE:
        raise Http404 from None
    return redirect("plans:assessment", dossier=dossier)


@signed_in
@require_POST
def sign(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Sign the summary that was read; another version may be there by now."""
    pages.case_found(request, dossier)
    try:
        actions.sign_summary(
            actor=request.actor,
            dossier=dossier,
            summary=UUID(request.POST.get("summary", "")),
            differs="differs" in request.POST,
            now=request.now,
        )
    except ValueError:
        raise Http404 from None
    except actions.NothingToSign:
        messages.warning(request, _("The summary has changed, or your unit has signed it. Read it as it stands now."))
    else:
        messages.success(request, _("Signed."))
    return redirect("plans:assessment", dossier=dossier)


@signed_in
@sensitive_post_parameters()
@require_POST
def view(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Put a different view beside the summary."""
    case, _assessment = _read(request, dossier)
    form = ViewForm(request.POST)
    if not form.is_valid():
        return pages.shown(request, case, {"view_form": form}, status=422)
    words = form.cleaned_data["words"]
    try:
        actions.put_view(actor=request.actor, dossier=dossier, words=words, now=request.now)
    except NOT_THERE:
        raise Http404 from None
    messages.success(request, _("Your view stands beside the summary."))
    return redirect("plans:assessment", dossier=dossier)
