"""One small page for the child: the plan itself, or a page that says nothing of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.documents.actions import pdf
from arasha.plans import actions, policy, queries, rules
from arasha.plans.forms import PrintForm
from arasha.plans.views.safety_plan import sections
from arasha.plans.views.words import opened

# Neither the file's name nor the document's title says what it is.
NAME, TITLE = "list.pdf", "–"


@signed_in
@require_POST
def print_plan(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Give the newest version as one small page: an act, and an export in the access log."""
    opened(request, dossier)
    form = PrintForm(request.POST)
    if not form.is_valid() or not policy.may_see_whole(request.actor, dossier):
        raise Http404
    number, disguised = form.cleaned_data["number"], form.cleaned_data["disguised"]
    try:
        actions.print_safety_plan(
            actor=request.actor, dossier=dossier, number=number, disguised=disguised, now=request.now
        )
    except rules.NotSafeToCarry:
        messages.warning(request, _("It is not printed: it is not safe for the child to have it on paper."))
        return redirect("plans:safety_plan", dossier=dossier)
    except actions.FileNotThere:
        raise Http404 from None
    shown = queries.plan_version(dossier, number)
    if shown is None:
        raise Http404
    request.look(dossier, kind="export")
    content = _typeset(shown, queries.known_names(dossier), disguised=disguised, request=request)
    headers = {"Content-Disposition": f'attachment; filename="{NAME}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _typeset(shown: queries.Version, names: list[str], *, disguised: bool, request: StaffRequest) -> bytes:
    """Return the page. It names neither the child nor the case nor the system; disguised, it has no titles either."""
    row = shown.row
    items = rules.disguise(shown.items, names) if disguised else list(shown.items)
    data: dict[str, Any] = {
        "paper": rules.paper(items, large=row.large),
        "large": row.large,
        "sections": sections(items, row.language),
        "numbers": [(one.more["number"], one.label(row.language)) for one in rules.NUMBERS],
    }
    if disguised:
        data["sections"] = [{"title": "", "lines": [line for part in data["sections"] for line in part["lines"]]}]
        data["numbers"] = [(one.more["number"], "") for one in rules.NUMBERS if one.more["disguised"] == "yes"]
    return pdf(
        template="plans/safety_plan.typ",
        title=TITLE,
        data=data,
        language=row.language,
        now=request.now,
        frame="plain",
    )
