"""A written notice as a letter: for a body's paper registry, or for a unit in which nobody works here yet."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from arasha.administration.queries import on_duty
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import signature
from arasha.kernel.access.rules import Actor
from arasha.kernel.documents.actions import pdf
from arasha.kernel.documents.rules import LANGUAGES
from arasha.kernel.worktime.rules.formats import format_stamp
from arasha.obligations import actions, policy
from arasha.obligations.queries.page import ObligationPage, obligation_page
from arasha.obligations.views import presenting
from arasha.obligations.views.words import language, said


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: StaffRequest, obligation: UUID) -> HttpResponse:
    """Give the notice as a PDF in the language whose button was pressed; that it was printed is an act."""
    page = obligation_page(request.actor, obligation, request.now)
    if page is None or not page.may_print_letter:
        raise Http404
    request.look(page.obligation.dossier_id)
    if request.method != "POST":
        return redirect("obligations:page", obligation=obligation)
    tongue = request.POST.get("language", language())
    if tongue not in LANGUAGES:
        raise Http404
    with override(tongue):
        content = _typeset(page, request.actor, request.now, tongue)
    try:
        actions.print_letter(actor=request.actor, obligation=obligation, now=request.now)
    except (actions.ObligationNotFound, actions.NotPossibleNow, policy.NotAllowed):
        raise Http404 from None
    name = f"arasha-{page.obligation.number}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _typeset(page: ObligationPage, actor: Actor, now: datetime, tongue: str) -> bytes:
    """Return the letter. It names no child: a paper lies on desks, and the registry's clerk need not know."""
    row = page.obligation
    return pdf(
        template="obligations/letter.typ",
        title=_("Written notice No. %(number)s") % {"number": row.number},
        data={
            "facts": _facts(page, tongue),
            "sections": _sections(page),
            "whom": _whom(row.dossier_id, now),
            "registry": _("For the registry: incoming number, day, signature"),
            "received": _("Received by (post, name, signature)"),
        },
        language=tongue,
        now=now,
        printed_by=signature(actor),
    )


def _facts(page: ObligationPage, tongue: str) -> list[tuple[str, str]]:
    row = page.obligation
    return [
        (_("To"), presenting.owed_by(page)[0]),
        (_("Sent"), format_stamp(row.raised_at, tongue)),
        (_("An answer is due"), format_stamp(row.due_now, tongue)),
        (_("Procedure"), presenting.protocol_words(page)),
    ]


def _sections(page: ObligationPage) -> list[dict[str, Any]]:
    bases = [f"{one['name']}: {one['point']} ({one['status']})" for one in presenting.bases(page)]
    if not page.protocol.verified_by:
        bases.append(_("text not yet checked by a lawyer"))
    return [
        {"title": _("What must be done"), "lines": [said(page.step.act)]},
        {"title": _("What the answer must say"), "lines": [said(page.step.evidence)]},
        {"title": _("Legal basis"), "lines": bases},
        {
            "title": _("The child"),
            "lines": [
                _(
                    "This letter does not say who the child is, and a caller is told nothing. Whoever is to answer "
                    "rings the number below, names the number of this notice, and is rung back at the body’s own "
                    "number, which the sender knows. Do not write the child’s name here."
                )
            ],
        },
        {
            "title": _("How to answer"),
            "lines": [
                _("In Arasha; or in writing to the sender, with the number of this notice."),
                _("Without an answer by the moment above, the unit above is told, and then the coordination."),
            ],
        },
    ]


def _whom(dossier: UUID, now: datetime) -> list[tuple[str, str]]:
    """Return who sends it, the unit that leads the file, and whom to ring: who is on duty there now."""
    file = Dossier.objects.filter(pk=dossier).select_related("lead_unit").first()
    unit = file.lead_unit if file else None
    people = on_duty([unit.pk], now).get(unit.pk, ()) if unit else ()
    lines = [(_("Sender"), unit.name if unit else _("Arasha"))]
    lines += [(person.name, person.phone) for person in people]
    return lines if people else [*lines, (_("Telephone"), "111")]
