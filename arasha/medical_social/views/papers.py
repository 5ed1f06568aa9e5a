"""The register's card on paper, for who keeps it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import signature
from arasha.kernel.documents.actions import pdf
from arasha.medical_social import actions, queries
from arasha.medical_social.views import words


@signed_in
@sensitive_variables()
@require_POST
def card(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Give the card as a paper: an act, and an export in the access log."""
    found = cases.file(request.actor, dossier)
    running = queries.running_of(dossier) if found else None
    if running is None:
        raise Http404
    try:
        row = actions.print_enrolment(actor=request.actor, enrolment=running.pk, now=request.now)
    except actions.EnrolmentNotThere:
        raise Http404 from None
    request.look(dossier, kind="export")
    told = words.told(row, request.now)
    content = pdf(
        template="medical_social/card.typ",
        title=_("Card of the medical-social register"),
        data={
            "child": words.child_of(dossier),
            "note": _("The official form was not seen: this card holds what it must, and a lawyer must compare it."),
            "lines": [list(line) for line in told["lines"]],
            "heads": [_("When"), _("What was done"), _("Who did it")],
            "steps": [[step["stamp"], step["what"], step["who"]] for step in told["steps"]],
            "sign": _("Signature of who keeps the register"),
        },
        language=words.language(),
        now=request.now,
        printed_by=signature(request.actor),
    )
    headers = {"Content-Disposition": 'attachment; filename="card.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
