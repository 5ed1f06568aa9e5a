"""How much the workers of a unit have to do, and giving cases from one to another."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.cases import queries as cases
from arasha.cases import rules as case_rules
from arasha.cases.queries import Load, Weighed
from arasha.cases.rules.loads import WEIGHTS, reasons_for_weight
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import may
from arasha.kernel.worktime.rules.formats import format_date
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.parts import Empty
from arasha.workforce import actions, policy, queries
from arasha.workforce.forms import GiveForm

GET_POST = ["GET", "HEAD", "POST"]
PAGE = 50


@may(policy.SEE)
@require_http_methods(GET_POST)
def caseload(request: StaffRequest) -> HttpResponse:
    """Show the load of a team, of one worker of it, or one's own alone."""
    unit = _unit(request)
    team = queries.team(request.actor, unit, request.now)
    own = request.actor.user_id if unit.pk == request.actor.unit_id else None
    chosen = _number(request.GET.get("worker", "")) or (0 if team else own or 0)
    if chosen == own and not team:
        load = queries.own_load(request.actor, unit, request.now)
    else:
        load = next((one for one in team if one.user == chosen), None)
    if (chosen and load is None) or not (team or load):
        raise Http404
    if request.method == "POST":
        return _give(request, unit, team, load)
    if load is not None and chosen:
        return _worker(request, unit, team, load)
    return _team(request, unit, team)


def _unit(request: StaffRequest) -> Unit:
    wanted = _number(request.GET.get("unit", "")) or request.actor.unit_id
    found = Unit.objects.filter(pk=wanted or 0).first()
    if found is None:
        raise Http404
    return found


def _team(request: StaffRequest, unit: Unit, team: list[Load]) -> HttpResponse:
    files = [one.case.dossier_id for load in team for one in load.cases]
    late = queries.late_by_file(request.actor, files)
    below = queries.units_below(request.actor) if unit.pk == request.actor.unit_id else []
    context = {
        "page_title": _("How much the team has to do"),
        "page_meta": unit.name,
        "add": _beside(),
        "rows": [_line(load, unit, late, request.now) for load in team],
        "below": [{"name": one.name, "url": f"?unit={one.pk}", "count": count} for one, count in below],
        "limit": team[0].limit if team else None,
        "turnover": _turnover(request, unit),
    }
    return render(request, "workforce/caseload.html", context)


def _turnover(request: StaffRequest, unit: Unit) -> list[tuple[str, str]]:
    """Return who came and left within a year, in numbers that name nobody."""
    found = queries.turnover(request.actor, unit, request.now)
    if found is None:
        return []
    few = _("under 5")
    return [
        (_("People who came"), found.came or few),
        (_("People who left"), found.left or few),
        (_("Cases that changed hands because somebody left"), found.leads or few),
    ]


def _beside() -> list[Action]:
    return [
        Action(_("Leave"), reverse("workforce:leaves"), "secondary"),
        Action(_("Supervision"), reverse("workforce:supervision"), "secondary"),
    ]


def _line(load: Load, unit: Unit, late: dict[UUID, int], now: datetime) -> dict[str, Any]:
    return {
        "name": load.name,
        "url": f"?unit={unit.pk}&worker={load.user}",
        "weight": load.weight.normalize(),
        "cases": len(load.cases),
        "urgent": load.urgent,
        "late": sum(late.get(one.case.dossier_id, 0) for one in load.cases),
        "oldest": format_date(load.oldest, get_language() or "kk") if load.oldest else "",
        "level": load.level,
        "away": queries.away(load.user, now.date(), now.date()),
    }


def _worker(
    request: StaffRequest, unit: Unit, team: list[Load], load: Load, *, form: GiveForm | None = None, status: int = 200
) -> HttpResponse:
    begin = _number(request.GET.get("after", ""))
    shown = load.cases[begin : begin + PAGE]
    late = queries.late_by_file(request.actor, [one.case.dossier_id for one in shown])
    gives = unit.pk == request.actor.unit_id and policy.may_give(request.actor, request.now) and bool(team)
    here = f"?unit={unit.pk}&worker={load.user}"
    context = {
        "page_title": load.name,
        "page_meta": unit.name,
        "before": [Link(_("How much the team has to do"), reverse("workforce:caseload"))] if team else [],
        "add": _beside(),
        "line": _line(load, unit, late, request.now),
        "limit": load.limit,
        "rows": [_case(one, late, request.now) for one in shown],
        "form": (form or _form(request, team, load)) if gives and shown else None,
        "following": f"{here}&after={begin + PAGE}" if len(load.cases) > begin + PAGE else "",
        "previous": f"{here}&after={max(begin - PAGE, 0)}" if begin else "",
        "nothing": Empty(_("No cases"), _("Cases that this worker answers for stand here.")),
    }
    return render(request, "workforce/worker.html", context, status=status)


def _case(one: Weighed, late: dict[UUID, int], now: datetime) -> dict[str, Any]:
    why = [WEIGHTS.label(code) for code in reasons_for_weight(one.burden, now)[1:]]
    return {
        "dossier": one.case.dossier_id,
        "number": one.case.number,
        "called": one.case.child_called or _("A child, name not known"),
        "url": cases.link(one.case.dossier_id),
        "weight": one.weight.normalize(),
        "why": ", ".join(why),
        "urgent": one.burden.is_urgent,
        "risk": case_rules.RISKS.label(one.burden.risk) if one.burden.risk else "",
        "late": late.get(one.case.dossier_id, 0),
        "opened": format_date(one.case.opened_at, get_language() or "kk"),
    }


def _form(request: StaffRequest, team: list[Load], load: Load) -> GiveForm:
    """Return the form; who has less to do stands first, and who is over the limit says so."""
    others = sorted((one for one in team if one.user != load.user), key=lambda one: (one.weight, one.name))
    return GiveForm(
        request.POST if request.method == "POST" else None,
        workers=[(one.user, _choice(one)) for one in others],
        files=[(str(one.case.dossier_id), one.case.number) for one in load.cases],
    )


def _choice(load: Load) -> str:
    said = _("%(name)s: load %(weight)s") % {"name": load.name, "weight": load.weight.normalize()}
    return f"{said}, {_('over the limit')}" if load.level == "over" else said


def _give(request: StaffRequest, unit: Unit, team: list[Load], load: Load | None) -> HttpResponse:
    if load is None or unit.pk != request.actor.unit_id or not policy.may_give(request.actor, request.now):
        raise Http404
    form = _form(request, team, load)
    if not form.is_valid():
        return _worker(request, unit, team, load, form=form, status=422)
    said = form.cleaned_data
    gone, left = actions.give_cases(
        actor=request.actor,
        dossiers=said["dossiers"],
        worker=said["worker"],
        instead_of=load.user,
        now=request.now,
    )
    if gone:
        words = ngettext("%(count)s case was given.", "%(count)s cases were given.", gone)
        messages.success(request, words % {"count": gone})
    if left:
        words = ngettext(
            "%(count)s case stays where it was: give it to somebody else.",
            "%(count)s cases stay where they were: give them to somebody else.",
            left,
        )
        messages.warning(request, words % {"count": left})
    return redirect(f"{reverse('workforce:caseload')}?worker={load.user}")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000000") else 0
