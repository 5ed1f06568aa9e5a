"""What happened, and the injuries, on paper: an export, written into the access log and the journal."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from arasha.cases import actions, policy, queries
from arasha.cases.views import happening, injuring
from arasha.cases.views.frame import opened
from arasha.cases.views.presenting import language
from arasha.cases.views.stating import groups
from arasha.kernel.access.door import BudgetSpent, StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import may_read, signature
from arasha.kernel.access.rules import Facet
from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.rules import local


@signed_in
@require_POST
def take_happened(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Give the incidents and who says what of them as a PDF, to who leads or oversees the file."""
    opened(request, dossier)
    if not may_read(dossier, Facet.CONCERN):
        raise Http404
    found = [happening.shown(one, dossier, None) for one in queries.incidents_of(dossier, struck=False)]
    stated = groups(queries.statements_of(dossier), None)
    data = {
        "incidents": [_incident(one) for one in found],
        "groups": [
            {"title": one["title"], "rows": [_statement(row) for row in one["rows"] if not row["struck"]]}
            for one in stated
        ],
        "said": _("Who says what of what happened"),
        "nothing": _("Nothing is written down that you may read."),
    }
    return _given(request, dossier, "happened", _("What happened"), data)


def _incident(one: dict[str, Any]) -> dict[str, Any]:
    facts = [*one["facts"], (_("The place in words"), one["place"] or "")]
    return {
        "title": one["title"],
        "when": f"{one['when']} · {one['frequency']}",
        "facts": [[name, words] for name, words in facts if words],
        "words": one["words"] or "",
        "by": one["by"],
    }


def _statement(row: dict[str, Any]) -> dict[str, str]:
    words = _("Sealed with the interview.") if row["sealed"] else row["words"] or ""
    return {"words": words, "source": row["source"], "by": row["by"]}


@signed_in
@require_POST
def take_injuries(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Give the injuries with the figure as a PDF, to who works on the child's health, leads or oversees."""
    opened(request, dossier)
    if not may_read(dossier, Facet.HEALTH):
        raise Http404
    found = [one for one in queries.injuries_of(dossier) if one.row.struck_at is None]
    day = found[0].row.seen_on if found else local(request.now).date()
    lines = [injuring.line(one, number, None) for number, one in enumerate(found, 1)]
    sides = injuring.sides(found, injuring.figure_of(dossier, day))
    data = {
        "sides": [{"title": side["title"], "svg": drawn(side["regions"])} for side in sides],
        "rows": [[str(row["number"]), row["day"], row["place"], _facts(row), row["by"]] for row in lines],
        "heads": ["", _("Seen on"), _("Place"), _("What was seen"), _("By whom")],
        "note": _("Colours are told as they were seen. They do not tell how old an injury is."),
        "nothing": _("No injury is written down"),
    }
    return _given(request, dossier, "injuries", _("Injuries"), data)


def _facts(row: dict[str, Any]) -> str:
    return "; ".join(
        part for part in (row["kind"], row["size"], row["colours"], row["healing"], row["words"] or "") if part
    )


def drawn(regions: list[dict[str, Any]]) -> str:
    """Return one side of the figure as a drawing of its own: shapes and numbers, no words of anybody."""
    shapes = []
    for region in regions:
        fill = "#fbe7e2" if region["numbers"] else "#ffffff"
        shapes.append(f'<path d="{region["path"]}" fill="{fill}" stroke="#3f4d49" stroke-width="1.5"/>')
    for region in regions:
        if region["numbers"]:
            across, down = region["at"]
            shapes.append(
                f'<text x="{across}" y="{down}" font-size="13" text-anchor="middle">{region["numbers"]}</text>'
            )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 0 208 392">{"".join(shapes)}</svg>'


def _given(request: StaffRequest, dossier: UUID, form: str, title: str, data: dict[str, Any]) -> HttpResponse:
    content = pdf(
        template=f"cases/{form}.typ",
        title=title,
        data=data,
        language=language(),
        now=request.now,
        printed_by=signature(request.actor),
    )
    try:
        actions.take_pages(actor=request.actor, dossier=dossier, form=form, now=request.now)
    except policy.NotAllowed:
        raise Http404 from None
    except actions.TooManyToday:
        raise BudgetSpent from None
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{form}-{local(request.now):%Y-%m-%d}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
