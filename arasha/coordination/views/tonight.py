"""The paper for a night without a network: what is owed until tomorrow, and whom to ring."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from arasha.administration.queries import on_duty
from arasha.coordination import actions, queries
from arasha.coordination.views import paper, presenting
from arasha.coordination.views.presenting import language
from arasha.kernel.access.actions import TooManyToday
from arasha.kernel.access.door import BudgetSpent, StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import signature
from arasha.kernel.documents.actions import pdf
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.rules import ZONE, local
from arasha.kernel.worktime.rules.formats import format_moment, format_stamp
from arasha.obligations.models import Obligation

MORNING = time(9)


@may("meet_obligations")
@require_POST
def tonight(request: StaffRequest) -> HttpResponse:
    """Give what the unit owes until tomorrow morning, or with `until=tomorrow` all of tomorrow, as a PDF."""
    day = local(request.now).date() + timedelta(days=1 if request.POST.get("until") != "tomorrow" else 2)
    until = datetime.combine(day, MORNING if request.POST.get("until") != "tomorrow" else time(), ZONE)
    rows = queries.owed_until(request.actor, until)
    children = list(dict.fromkeys(row.dossier_id for row in rows))
    if len(children) > actions.MOST_CHILDREN:
        messages.error(request, _("More than 100 children: such a paper needs two people and is not made here."))
        return redirect("coordination:my_work")
    content = _paper(request, rows, until)
    try:
        actions.print_work(actor=request.actor, dossiers=children, now=request.now)
    except TooManyToday:
        raise BudgetSpent from None
    return paper.answer(content, f"arasha-{local(request.now):%Y-%m-%d-%H%M}.pdf")


def _paper(request: StaffRequest, rows: Sequence[Obligation], until: datetime) -> bytes:
    """Return the paper: what is late, what is due, whom to ring."""
    now, moment = request.now, format_moment(until, language(), request.now)
    units = {row.unit_id: row.unit.name for row in rows if row.unit and row.unit_id}
    return pdf(
        template="coordination/tonight.typ",
        title=_("Owed until %(moment)s") % {"moment": moment},
        data={
            "meta": _("As it stood on %(moment)s.") % {"moment": format_stamp(now, language())},
            "sections": _sections(rows, now),
            "phones_title": _("Whom to ring"),
            "phones_heads": [_("Body"), _("Who is on duty"), _("Telephone")],
            "phones": _phones(units, now),
            "danger": _("A child in danger: 102 or 112. The helpline: 111."),
            "note": _("Keep this paper with you and destroy it when the network is back. Enter then what was done."),
        },
        language=language(),
        now=now,
        printed_by=signature(request.actor),
    )


def _sections(rows: Sequence[Obligation], now: datetime) -> list[dict[str, Any]]:
    matters = queries.matters([row.dossier_id for row in rows])
    found = Territory.objects.filter(pk__in={row.territory for row in rows})
    places = {place.pk: place.name(language()) for place in found}
    heads = [_("By when"), _("What"), _("For whom"), _("Who owes it")]
    parts = (
        (_("Late"), [row for row in rows if row.due_now < now], _("Nothing is late.")),
        (_("Due"), [row for row in rows if row.due_now >= now], _("Nothing is due until then.")),
    )
    return [
        {
            "title": title,
            "heads": heads,
            "rows": [_line(row, presenting.duty(row, matters, now), places) for row in some],
            "nothing": nothing,
        }
        for title, some, nothing in parts
    ]


def _line(row: Obligation, duty: dict[str, Any], places: dict[str, str]) -> dict[str, Any]:
    return {
        "due": format_stamp(row.due_now, language()),
        "state": {"kind": duty["state"].kind, "words": duty["state"].words},
        "what": duty["what"],
        "child": duty["child"],
        "place": places.get(row.territory, ""),
        "unit": duty["unit"],
    }


def _phones(units: dict[int, str], now: datetime) -> list[dict[str, str]]:
    """Return who of these units is on duty now, with the number to dial; a unit where nobody is says so."""
    found = on_duty(units, now)
    lines = []
    for unit, name in sorted(units.items(), key=lambda row: row[1]):
        for person in found.get(unit, []):
            lines.append({"unit": name, "name": person.name, "phone": person.phone})
        if not found.get(unit):
            lines.append({"unit": name, "name": _("nobody is on duty"), "phone": "–"})
    return lines
