"""Try a version on a made-up case: what it would ask of whom by when. Nothing is written."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.territory.queries import territory
from arasha.kernel.worktime.queries import explain
from arasha.kernel.worktime.rules import formats
from arasha.protocols.forms import TrialForm
from arasha.protocols.queries import started_by
from arasha.protocols.queries.catalogue import Volume
from arasha.protocols.queries.trying import NOBODY, SUBSTITUTE, Climb, MadeUp, Owed, attempt, place_to_begin_with
from arasha.protocols.rules import Protocol
from arasha.protocols.views import presenting
from arasha.protocols.views.pages import found
from arasha.protocols.views.sentences import Sentences, capital, language, said
from arasha.ui.rules import parts


@signed_in
@require_safe
def page(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Show the form, and what would arise when it is filled in; the case stands in the address, as codes."""
    volume, _others = found(request, code, number)
    sentences = Sentences([volume.protocol], request.now)
    asked = "district" in request.GET
    form = TrialForm(
        request.GET if asked else None,
        protocol=volume.protocol,
        functions={code: sentences.function(code) for code in _functions(volume.protocol)},
        language=language(),
        place=place_to_begin_with(request.actor.territory),
        now=request.now,
    )
    context = presenting.frame(volume, "trying") | {"form": form, "tried": False}
    status = 200
    if asked and form.is_valid():
        context |= _result(volume, form.case(), sentences, request)
    elif asked:
        status = 422
    return render(request, "protocols/trying.html", context, status=status)


def _functions(protocol: Protocol) -> set[str]:
    """Return the functions that the procedure's start and its ladders name."""
    started = [step for step in protocol.steps if step.on is None]
    rungs = {rung.function for step in started for rung in protocol.ladder_of(step) if rung.function}
    return {step.function for step in started} | rungs | set(protocol.substitutes)


def _result(volume: Volume, case: MadeUp, sentences: Sentences, request: StaffRequest) -> dict[str, Any]:
    protocol = volume.protocol
    owed = attempt(protocol, case)
    place = territory(case.territory)
    others = started_by(protocol.event, case.codes, case.moment)
    count: dict[int, list[int]] = {}
    for one in owed:
        if one.unit:
            count.setdefault(one.unit.pk, []).append(one.number)
    return {
        "tried": True,
        "place": place.name(language()) if place else "",
        "owed": [_duty(sentences, protocol, case, one, count) for one in owed],
        "also": [said(other.protocol.called) for other in others if other.protocol.code != protocol.code],
        "draft": volume.life.begins is None,
    }


def _duty(
    sentences: Sentences, protocol: Protocol, case: MadeUp, one: Owed, count: dict[int, list[int]]
) -> dict[str, Any]:
    began = sentences.counted_from(protocol, one.step)
    explained = explain(one.derivation, language(), from_note=began)
    return {
        "number": one.number,
        "what": capital(said(one.step.what)),
        "act": said(one.step.act),
        "body": one.unit.name if one.unit else _("Nobody would be found"),
        "found": _found(sentences, one),
        "gaps": [_gap(sentences, one, level) for level in one.gaps],
        "conflicts": _conflicts(one, count),
        "due": formats.format_moment(one.derivation.due, language()),
        "deadline": explained,
        "ladder": [_rung(sentences, climb) for climb in one.ladder],
        "follows": [
            (said(one.step.outcome(code).words) if code else _("any answer"), [said(step.what) for step in steps])
            for code, steps in one.follows
        ],
        "notice": one.step.notice,
    }


def _found(sentences: Sentences, one: Owed) -> str:
    function = {"function": sentences.function(one.step.function)}
    if one.step.body and one.unit and one.found_by not in {SUBSTITUTE, NOBODY}:
        role = {"role": sentences.who(one.step).name}
        return _("stands here for: %(role)s – the event names it") % role
    return {
        "district": _("found by function and the child's own district: %(function)s"),
        "region": _("the district has no such body; found in the region: %(function)s"),
        "nation": _("district and region have no such body; found for the nation: %(function)s"),
        SUBSTITUTE: _("takes the place of another body: %(function)s"),
        NOBODY: _("No body with this function serves the place: %(function)s"),
    }[one.found_by] % function


def _gap(sentences: Sentences, one: Owed, level: str) -> str:
    where = {"district": _("in the district"), "region": _("in the region"), "nation": _("for the nation")}
    values = {"function": sentences.function(one.step.function), "where": where[level]}
    return _("No such body %(where)s: %(function)s. It would be noted as a gap in services.") % values


def _conflicts(one: Owed, count: dict[int, list[int]]) -> list[str]:
    found = []
    if one.unit and len(count[one.unit.pk]) > 1:
        numbers = ", ".join(map(str, count[one.unit.pk]))
        found.append(_("The same unit would owe several of these: %(numbers)s") % {"numbers": numbers})
    if not any(not climb.passed for climb in one.ladder):
        found.append(_("Nobody would hear of its silence."))
    return found


def _rung(sentences: Sentences, climb: Climb) -> parts.Rung:
    moment = {"moment": formats.format_moment(climb.at, language())}
    who = climb.unit.name if climb.unit else sentences.rung(climb.rung)[0]
    why = {
        "": _("%(moment)s, if still silent"),
        "empty": _("would be passed over, nobody there: %(moment)s"),
        "unsafe": _("would be passed over, for safety: %(moment)s"),
        "same": _("would be passed over, is told already: %(moment)s"),
    }[climb.passed]
    return parts.Rung(climb.rung.number, who, why % moment)
