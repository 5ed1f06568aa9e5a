"""Who comes of age soon, and what a child asks for itself."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arasha.adulthood import policy, queries, rules
from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.parts import Empty, State

PAGE = 25
DIGITS = 6


@signed_in
@require_safe
def ageing(request: StaffRequest) -> HttpResponse:
    """List the children of 17 and older in the open cases that the reader's unit leads."""
    today, unknown = local(request.now).date(), request.GET.get("shown") == "unknown"
    begin = _number(request.GET.get("after", ""))
    found = list(queries.ageing(request.actor, today, unknown=unknown)[begin : begin + PAGE + 1])
    known = cases.of_dossiers([one.dossier_id for one in found])
    missing = queries.missing(request.actor, [one.dossier_id for one in found[:PAGE]])
    context = {
        "page_title": _("Towards adulthood"),
        "tabs": [Link(_("17 and older"), "?", not unknown), Link(_("Age not known"), "?shown=unknown", unknown)],
        "rows": [
            {
                "url": reverse("adulthood:aftercare", args=[one.dossier_id]),
                "called": _called(known.get(one.dossier_id)),
                "majority": rules.birthday(one.birth_first, rules.MAJORITY) if one.birth_first else None,
                "left": left_words(rules.race(one.birth_first, "appeal", today, today)),
                "missing": [rules.POINTS.label(code) for code in missing[one.dossier_id]],
            }
            for one in found[:PAGE]
        ],
        "following": f"{'?shown=unknown&' if unknown else '?'}after={begin + PAGE}" if len(found) > PAGE else "",
        "previous": f"{'?shown=unknown&' if unknown else '?'}after={max(begin - PAGE, 0)}" if begin else "",
        "nothing": Empty(
            _("Nobody here"), _("Children of 17 and older in the open cases that your unit leads stand here.")
        ),
    }
    return render(request, "adulthood/list.html", context)


@signed_in
@require_safe
def of_file(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show what the child asks for itself, and how it stands against the 18th birthday."""
    if cases.file(request.actor, dossier) is None:
        raise Http404
    request.look(dossier)
    today = local(request.now).date()
    found = queries.applications_of(request.actor, dossier, today)
    writes = policy.may_take_down(request.actor, dossier)
    add = [Action(_("Take down an application"), reverse("adulthood:new", args=[dossier]))] if writes else []
    race = rules.race(queries.birth_of(dossier), "preparation", today, today)
    context: dict[str, Any] = {
        "page_title": _("The child’s own applications"),
        "page_meta": _called(cases.of_dossiers([dossier]).get(dossier)),
        "before": [
            Link(_("Towards adulthood"), reverse("adulthood:list")),
            Link(_("The file"), cases.link(dossier)),
        ],
        "add": add,
        "left": left_words(race),
        "majority": race.majority,
        "keep_from": [text for one in found if (text := (one.words or {}).get("keep_from"))],
        "items": [application(one, writes=writes) for one in found],
        "nothing": Empty(
            _("The child has not applied for anything yet"),
            _("A child of any age may apply for itself. No parent is asked or told."),
            add,
        ),
    }
    return render(request, "adulthood/of_file.html", context)


def application(one: queries.Read, *, writes: bool) -> dict[str, Any]:
    """Return an application in words."""
    row, open_ = one.row, one.row.state == "open"
    return {
        "row": row,
        "title": rules.KINDS.label(row.kind),
        "state": State(rules.STATES[row.state].more["shape"], rules.STATES.label(row.state)),
        "words": one.words,
        "erased": one.words is None,
        "warn": _warning(one.race) if open_ else "",
        "legs": [_leg(leg, one.race) for leg in one.race.legs] if open_ else [],
        "turns": [
            {
                "row": turn,
                "what": _turn(turn.kind, turn.stage, turn.pressure),
                "ground": rules.GROUNDS.label(turn.ground) if turn.ground else "",
                "said": one.said.get(turn.pk, {}),
            }
            for turn in one.turns
        ],
        "writes": writes and open_,
        "moves": row.stage != rules.ORDER[-1],
    }


def left_words(race: rules.Race) -> str:
    """Say how far the 18th birthday is."""
    if race.days_left is None:
        return _("The birth date is not known: find it and write it in the file.")
    if race.days_left <= 0:
        return _("18 already. The case stays open: help goes on, and the young person decides about it.")
    return ngettext(
        "%(days)s day is left to the 18th birthday.", "%(days)s days are left to the 18th birthday.", race.days_left
    ) % {"days": race.days_left}


def _warning(race: rules.Race) -> str:
    if race.state == "late":
        return _("By the limits it ends after the 18th birthday. Ask the next body for a shorter time.")
    if race.state == "over":
        return _("18 already: the application goes on in the young person’s own name.")
    return _("The birth date is not known: nobody can say whether there is time.") if race.state == "unknown" else ""


def _leg(leg: rules.Leg, race: rules.Race) -> dict[str, Any]:
    total = sum(one.months for one in race.legs) or 1
    before = sum(one.months for one in race.legs[: race.legs.index(leg)])
    return {
        "leg": leg,
        "label": rules.STAGES.label(leg.stage),
        "x": round(100 * before / total),
        "width": round(100 * leg.months / total) - 1,
    }


def _turn(kind: str, stage: str, pressure: str) -> str:
    if kind == "moved":
        return _("Next stage: %(stage)s") % {"stage": rules.STAGES.label(stage)}
    if kind == "withdrawn" and pressure != "no":
        return _("The child wished to take it back. %(pressure)s: it goes on.") % {
            "pressure": rules.PRESSURES.label(pressure)
        }
    return rules.STATES.label(kind)


def _called(case: Any) -> str:
    return (case.child_called if case else "") or _("A child, name not known")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < DIGITS else 0
