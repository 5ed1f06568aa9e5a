"""A child's plan on paper, for the child and the family: what was agreed, and room to sign."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.rules.formats import format_date
from arasha.plans import actions
from arasha.plans.queries import child_plan as reading
from arasha.plans.views import child_plan_words as words
from arasha.plans.views.child_plan import found
from arasha.plans.views.words import language

NAME = "plan.pdf"


@signed_in
@require_POST
def print_plan(request: StaffRequest, plan: UUID) -> HttpResponse:
    """Give one version as a paper: an act, and an export in the access log."""
    row = found(request, plan)
    read = reading.plan_read(plan, request.now)
    if read is None:
        raise Http404
    try:
        actions.print_plan(actor=request.actor, plan=plan, now=request.now)
    except actions.PlanNotThere:
        raise Http404 from None
    request.look(row.dossier_id, kind="export")
    content = pdf(
        template="plans/child_plan.typ",
        title=_("Individual plan"),
        data=_data(read, request),
        language=language(),
        now=request.now,
    )
    headers = {"Content-Disposition": f'attachment; filename="{NAME}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@sensitive_variables()
def _data(read: reading.PlanRead, request: StaffRequest) -> dict[str, Any]:
    """Return what the paper says: neither the child nor the case by name, and no body whose place is protected."""
    erased = _("The text was erased as the law asks.")
    version = _("version %(number)s") % {"number": read.row.number}
    return {
        "meta": f"{version} · {words.state(read.row).words}",
        "heads": [_("What is done"), _("Who does it"), _("By which day")],
        "goals": [
            {
                "words": goal.words if goal.words is not None else erased,
                "actions": [
                    [
                        one.words if one.words is not None else erased,
                        _shown_owner(one),
                        format_date(one.row.due_on, language()) if one.row.due_on else "–",
                    ]
                    for one in goal.actions
                ],
            }
            for goal in read.goals
        ],
        "review": (
            _("We go through it again by %(day)s") % {"day": format_date(read.row.review_on, language())}
            if read.row.review_on
            else ""
        ),
        "sign": [_("The child"), _("An adult who protects the child"), _("Whoever leads the work")],
        "sign_title": _("We have agreed on it"),
    }


def _shown_owner(one: reading.ActionRead) -> str:
    unit = one.row.owner_unit
    if unit is not None and unit.body.protected:
        return _("a service that helps")
    return words.owner(one.row) or "–"
