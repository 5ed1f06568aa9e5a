"""The plain page for the safe family and the child from 14 on: who reads what, why, and how to take it back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import signed_in
from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.sharing import actions, policy, queries, rules
from arasha.sharing.forms import PaperForm
from arasha.sharing.queries import Reader
from arasha.sharing.views import words
from arasha.sharing.views.page import before, found

NAME = "who-reads.pdf"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Ask for whom it is, then give the page, on the screen or as PDF: an act, and an export in the access log."""
    found(request, dossier)
    if not policy.may_record(request.actor, dossier):
        raise Http404
    readers = words.givers(queries.safe_readers(dossier, local(request.now).date()))
    form = PaperForm(request.POST if request.method == "POST" else None, readers=readers)
    if not form.is_valid():
        context = {
            "page_title": _("Page for the family"),
            "before": before(dossier, page=True),
            "form": form,
            "readers": readers,
        }
        return render(request, "sharing/paper.html", context, status=422 if form.errors else 200)
    giver, _colon, person = form.cleaned_data["reader"].partition(":")
    if giver == rules.CHILD:
        child = next(one.person for one in queries.givers(dossier, local(request.now).date()) if one.giver == giver)
        person = str(child.pk) if child else ""
    try:
        actions.print_sharing(
            actor=request.actor,
            dossier=dossier,
            giver=giver,
            person=UUID(person) if person else None,
            now=request.now,
        )
    except actions.NotThere:
        raise Http404 from None
    request.look(dossier, kind="export")
    language = form.cleaned_data["language"]
    with translation.override(language):
        data = _data(request, dossier, language, child=giver == rules.CHILD)
        if request.POST.get("how") == "page":
            return render(request, "sharing/family.html", {"page_title": data["title"], **data})
        content = pdf(template="sharing/family.typ", title=data["title"], data=data, language=language, now=request.now)
    headers = {"Content-Disposition": f'attachment; filename="{NAME}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _data(request: StaffRequest, dossier: UUID, language: str, *, child: bool) -> dict[str, Any]:
    """Return what the page says: no name of a person, nobody who is only told, no protected place."""
    shown = [one for one in queries.readers(dossier, request.now) if _shown(one)]
    return {
        "title": _("Who reads about you") if child else _("Who reads about your child"),
        "about": [
            _("We write down what helps us keep a child safe and well."),
            _("Only people who help may read it. Each reads only the part they need."),
        ],
        "heads": [_("Who reads"), _("What they read"), _("Until when")],
        "rows": [
            [
                one.unit.name,
                _simple(one, language),
                format_date(local(one.until).date(), language) if one.until else _("as long as they help"),
            ]
            for one in shown
        ],
        "sections": [
            {"head": head, "lines": lines}
            for head, lines in (
                (_("You can change your mind"), _changing()),
                (_("Whom to ring"), _ringing(dossier)),
                (_("What we must do even if you say no"), _must()),
            )
        ],
    }


def _shown(one: Reader) -> bool:
    """Say whether a reader stands on the family's page: whoever is only told may be who reported."""
    return not one.unit.body.protected and (one.part != "informed" or one.reason == "sharing")


def _simple(one: Reader, language: str) -> str:
    said = [rules.PARTS[code].more[f"simple_{language}"] for code in one.parts]
    return ", ".join(said) or _("that we help you")


def _changing() -> list[str]:
    return [
        _("If you said yes, you can say no on any day. You need not say why."),
        _("Tell us, or ring. Then they read no more, and give papers back or destroy them."),
        _("We go on helping you."),
    ]


def _ringing(dossier: UUID) -> list[str]:
    case = cases.of_dossiers([dossier]).get(dossier)
    unit = Unit.objects.filter(pk=case.lead_unit_id).select_related("body").first() if case else None
    own = [": ".join(filter(None, [unit.name, unit.phone]))] if unit and not unit.body.protected else []
    return [*own, _("111: for children and families, day and night, free"), _("112: if there is danger now")]


def _must() -> list[str]:
    return [
        _("If a child’s life or health is in danger, we tell those who can help, at once."),
        _("If a court or the prosecutor demands it, we give what the law says."),
    ]
