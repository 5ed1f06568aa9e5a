"""The sittings that are there for a reader, one with its agenda, and those of a file."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.cases import queries as cases
from arasha.conferences import policy, queries, rules
from arasha.conferences.forms import NumberForm, PutOffForm
from arasha.conferences.models import Sitting
from arasha.conferences.views import words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty

PAGE = 25
SHOWN = {"coming": True, "past": False}


@signed_in
@require_safe
def sittings(request: StaffRequest) -> HttpResponse:
    """List the sittings that the reader's unit holds or is invited to."""
    shown = request.GET.get("shown", "coming")
    shown = shown if shown in SHOWN else "coming"
    kind = request.GET.get("kind", "")
    kind = kind if kind in rules.KINDS else ""
    begin = skipped(request.GET.get("after", ""))
    found = queries.sittings(request.actor, coming=SHOWN[shown], kind=kind)
    rows = list(found[begin : begin + PAGE + 1])
    add = _actions(request)
    context = {
        "page_title": _("Case conferences"),
        "add": add,
        "rows": [words.line(row) for row in rows[:PAGE]],
        "wishes": _wishes(request) if shown == "coming" else [],
        "tabs": [
            Link(_("Coming"), "?shown=coming", shown == "coming"),
            Link(_("Past"), "?shown=past", shown == "past"),
        ],
        "kinds": rules.KINDS.choices(),
        "kind": kind,
        "shown": shown,
        "following": f"?after={begin + PAGE}" if len(rows) > PAGE else "",
        "previous": f"?after={max(begin - PAGE, 0)}" if begin else "",
        "nothing": Empty(
            _("No sitting is planned") if shown == "coming" else _("No sitting has been yet"),
            _("Here stand the sittings that your unit holds, and those to which it is invited for a file."),
            add,
        ),
    }
    return render(request, "conferences/list.html", context)


@signed_in
@require_safe
def sitting(request: StaffRequest, sitting: UUID) -> HttpResponse:
    """Show a sitting with as much of its agenda as the reader's files make."""
    row = queries.sitting_of(request.actor, sitting)
    if row is None:
        raise Http404
    return shown_sitting(request, row)


def shown_sitting(
    request: StaffRequest, row: Sitting, number_form: NumberForm | None = None, status: int = 200
) -> HttpResponse:
    """Render a sitting's page; `number_form` as it was filled in wrongly."""
    keeps = policy.keeps_minutes(request.actor, row.unit_id)
    planned = row.state == "planned"
    items = [words.on_agenda(*one) for one in queries.items_of(request.actor, row)]
    found = queries.proposals(request.actor, row, request.now) if keeps and planned else []
    context = {
        "page_title": words.title(row),
        "page_meta": row.unit.name,
        "before": [Link(_("Case conferences"), reverse("conferences:list"))],
        "one": words.line(row),
        "items": [one for one in items if one["row"].state != "left_out"],
        "left_out": [one for one in items if one["row"].state == "left_out"],
        "proposed": [words.proposed(one) for one in found[:PAGE]],
        "more": max(len(found) - PAGE, 0),
        "keeps": keeps,
        "planned": planned,
        "put_off_form": PutOffForm(auto_id=False) if keeps and planned else None,
        "number_form": number_form or (NumberForm() if keeps and planned else None),
        "nothing": Empty(_("Nothing is on the agenda"), _("What the rules propose stands below.") if keeps else ""),
    }
    return render(request, "conferences/sitting.html", context, status=status)


@signed_in
@require_safe
def of_file(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """List where a file was spoken about and is going to be."""
    if cases.file(request.actor, dossier) is None:
        raise Http404
    request.look(dossier)
    items = [one for one in queries.of_file(request.actor, dossier) if policy.may_open(request.actor, one)]
    case = cases.of_dossiers([dossier]).get(dossier)
    wish = policy.may_wish(request.actor, dossier)
    ask = [Action(_("Ask for a conference"), reverse("conferences:wish", args=[dossier]))] if wish else []
    context: dict[str, Any] = {
        "page_title": _("Conferences about this case"),
        "page_meta": words.child(case),
        "before": [Link(_("The file"), cases.link(dossier))],
        "add": ask,
        "items": [words.on_agenda(one, case) | {"sitting": words.line(one.sitting)} for one in items],
        "waits": queries.wish_waits(dossier),
        "nothing": Empty(_("Nobody has met about this case yet"), _("Whoever leads it may ask for a conference."), ask),
    }
    return render(request, "conferences/of_file.html", context)


def _wishes(request: StaffRequest) -> list[dict[str, Any]]:
    if not policy.keeps_minutes(request.actor, request.actor.unit_id or 0):
        return []
    found = queries.wishes(request.actor, request.actor.unit_id or 0)
    known = cases.of_dossiers([wish.dossier_id for wish in found])
    return [
        {"row": wish, "called": words.child(known.get(wish.dossier_id)), "file": cases.link(wish.dossier_id)}
        for wish in found[:PAGE]
    ]


def _actions(request: StaffRequest) -> list[Action]:
    unit = request.actor.unit_id or 0
    found = []
    if policy.keeps_minutes(request.actor, unit):
        found.append(Action(_("Call a sitting"), reverse("conferences:new")))
    if policy.may_name_secretary(request.actor, unit):
        found.append(Action(_("Who keeps the minutes"), reverse("conferences:secretary"), "secondary"))
    return found
