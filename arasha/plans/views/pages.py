"""The assessment of a case: who owes which part, the summary, who signed, what stands beside it; and on paper."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arasha.cases.models import Case
from arasha.cases.queries import link as file_link
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import signature
from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.plans import actions, policy, queries, rules
from arasha.plans.forms import ApplicationForm, AskForm, OpenForm, ViewForm
from arasha.plans.views import papers, presenting, reading
from arasha.ui.fields import Option
from arasha.ui.rules.page import Link

GET_POST = ["GET", "HEAD", "POST"]


def case_found(request: StaffRequest, dossier: UUID) -> Case:
    """Return the case of a file with the look recorded. Raises Http404."""
    case = queries.case_of(request.actor, dossier)
    if case is None:
        raise Http404
    request.look(dossier)
    return case


@signed_in
@require_http_methods(GET_POST)
def assessment(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the assessment of a case; the lead opens one."""
    case = case_found(request, dossier)
    if request.method == "POST":
        return _opened(request, case)
    return shown(request, case)


def _opened(request: StaffRequest, case: Case) -> HttpResponse:
    form = OpenForm(request.POST, today=local(request.now).date())
    if not form.is_valid():
        return shown(request, case, {"open_form": form}, status=422)
    said = form.cleaned_data
    try:
        actions.open_assessment(
            actor=request.actor,
            dossier=case.dossier_id,
            by_when=said["by_when"],
            applied_on=said["applied_on"],
            now=request.now,
        )
    except (actions.AssessmentNotThere, policy.NotAllowed):
        raise Http404 from None
    except actions.AssessmentOpen:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("plans:assessment", dossier=case.dossier_id)


def shown(request: StaffRequest, case: Case, given: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Render the assessment's page; `given` are forms that were filled in wrongly."""
    dossier = case.dossier_id
    read = queries.read(request.actor, dossier, request.now)
    leads = policy.leads(request.actor, case) and case.state == "open"
    standing = read if read is not None and read.row.state != "ended" else None
    context: dict[str, Any] = {
        "page_title": presenting.heading(read),
        "page_meta": presenting.child_of(dossier),
        "tabs": [
            Link(_("The file"), file_link(dossier)),
            Link(_("Assessment"), queries.assessment_link(dossier), True),
        ],
        "dossier": dossier,
        "read": read,
        "leads": leads,
        "may_print": read is not None and policy.may_export(request.actor, dossier),
        "open_form": OpenForm(today=local(request.now).date()) if leads and standing is None else None,
    }
    if read is None:
        context["nothing"] = presenting.nothing(leads=leads)
    else:
        context |= _whole(request, read, leads=leads and standing is not None)
    return render(request, "plans/assessment.html", context | (given or {}), status=status)


def _whole(request: StaffRequest, read: queries.AssessmentRead, *, leads: bool) -> dict[str, Any]:
    row, today = read.row, local(request.now).date()
    summaries = queries.summaries_of(row)
    newest = summaries[0] if summaries else None
    choices = asked_choices(request, read) if leads else []
    return {
        "facts": presenting.facts(row, request.now),
        "parts": [presenting.line(part, request.now) | _pass_on(part, choices, today) for part in read.parts],
        "running": row.state != "ended",
        "leads": leads,
        "ask_form": AskForm(today=today, choices=choices, initial={"by_when": row.by_when}) if choices else None,
        "application_form": ApplicationForm(today=today) if leads and row.applied_on is None else None,
        "applied_on": format_date(row.applied_on, presenting.language()) if row.applied_on else "",
        "review_by": format_date(row.review_by, presenting.language()) if row.review_by else "",
        "summed_up": row.state == "summed_up",
        "newest": newest,
        "summary": reading.response(newest.response_id, request.now) if newest else None,
        "earlier": [_earlier(one, request) for one in summaries[1:]],
        "signed": [_signed(one, request) for one in queries.signatures_of(newest)] if newest else [],
        "unsigned": queries.unsigned(newest) if newest else [],
        "may_sign": row.state != "ended" and queries.may_sign(request.actor, newest),
        "views": [_view(one, request) for one in queries.views_of(row)],
        "view_form": ViewForm() if row.state != "ended" and queries.took_part(request.actor, row) else None,
        "being_written": queries.being_written(row) is not None,
    }


def _pass_on(part: queries.PartRead, choices: list[tuple[str, Option]], today: date) -> dict[str, Any]:
    """Return the form by which a part that is owed goes to another unit, where there is one."""
    same = [choice for choice in choices if choice[0].partition(":")[0] == part.row.discipline]
    if not same or part.standing is rules.Standing.DONE:
        return {"pass_form": None}
    given = {"by_when": max(part.row.by_when, today)}
    return {"pass_form": AskForm(today=today, choices=same, initial=given, auto_id=f"id_{part.row.pk}_%s")}


def asked_choices(request: StaffRequest, read: queries.AssessmentRead) -> list[tuple[str, Option]]:
    """Return which unit may be asked for which part: pairs that are not asked yet."""
    asked = {(part.row.discipline, part.row.unit_id) for part in read.parts}
    found = []
    for discipline in queries.offered(queries.child_age(read.row.dossier_id, request.now), request.now):
        words = rules.DISCIPLINES.label(discipline.code)
        for one in queries.askable(read.row.dossier_id, discipline, request.now):
            if (discipline.code, one.unit.pk) in asked:
                continue
            hint = _("The unit becomes a partner in the file and reads what partners read.") if one.joins else ""
            label = f"{words[:1].upper()}{words[1:]} · {one.unit.name}"
            found.append((f"{discipline.code}:{one.unit.pk}", Option(label, hint)))
    return found


def _earlier(row: Any, request: StaffRequest) -> dict[str, Any]:
    moment = format_moment(row.written_at, presenting.language(), request.now)
    return {
        "number": row.number,
        "facts": f"{row.unit.name} · {moment}",
        "read": reading.response(row.response_id, request.now),
    }


def _signed(one: queries.Signed, request: StaffRequest) -> dict[str, Any]:
    moment = format_moment(one.at, presenting.language(), request.now)
    return {
        "unit": one.unit,
        "facts": f"{one.name} · {moment}" if one.name else moment,
        "differs": one.stands == "differs",
    }


def _view(one: queries.View, request: StaffRequest) -> dict[str, Any]:
    return {"unit": one.unit, "words": one.words, "facts": format_moment(one.at, presenting.language(), request.now)}


@signed_in
@require_POST
def paper(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Give the assessment out as a PDF, as far as the reader's facets reach; what lies sealed is not printed."""
    case = case_found(request, dossier)
    read = queries.read(request.actor, dossier, request.now)
    if read is None:
        raise Http404
    try:
        actions.export_assessment(actor=request.actor, dossier=dossier, now=request.now)
    except policy.NotAllowed:
        raise Http404 from None
    except actions.TooManyToday:
        messages.warning(request, _("The day’s number of files is used up. Ask who leads you to let you open more."))
        return redirect("plans:assessment", dossier=dossier)
    content = pdf(
        template="plans/assessment.typ",
        title=_("Assessment together"),
        data=papers.whole(read, case, request.now),
        language=presenting.language(),
        now=request.now,
        printed_by=signature(request.actor),
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="assessment.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
