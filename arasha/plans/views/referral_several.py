"""Several children of files that the reader's unit leads are referred to one service: chosen, looked over, sent."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases.models import Case
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.plans import actions, policy, queries
from arasha.plans.forms import OUTSIDE, SeveralForm
from arasha.plans.rules import places as place_rules
from arasha.plans.rules import referral as rules
from arasha.plans.views import places, referral_words
from arasha.plans.views.pages import GET_POST
from arasha.plans.views.words import language
from arasha.services import queries as services
from arasha.ui.rules.parts import Empty


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def several(request: StaffRequest) -> HttpResponse:
    """Choose children, then say of each who agrees and how urgent it is; who can't be referred is shown with why."""
    given = request.POST if request.method == "POST" else request.GET
    offering = places.id_of(given.get("offering", ""))
    found = queries.offering_shown(offering, request.now) if offering else None
    if found is None or found.standing in queries.OVER or request.actor.unit_id is None:
        raise Http404
    led = [case for case in queries.led_cases(request.actor) if policy.leads(request.actor, case)]
    wanted = {one for text in given.getlist("file")[: rules.MOST_AT_ONCE] if (one := places.id_of(text)) is not None}
    chosen = [case for case in led if case.dossier_id in wanted]
    (told,) = services.told([found], language=language(), now=request.now)
    context = {"page_title": _("Refer several children"), "at": told, "offering": found.offering}
    context["most"] = rules.MOST_AT_ONCE
    if not chosen:
        context |= {
            "cases": led[: rules.MOST_AT_ONCE],
            "more": len(led) > rules.MOST_AT_ONCE,
            "nothing": Empty(
                _("Your unit leads no open file"), _("Children are referred here by who leads their files.")
            ),
        }
        return render(request, "plans/referral_several.html", context)
    return _looked_over(request, found, chosen, context)


def _looked_over(
    request: StaffRequest, found: services.Found, chosen: list[Case], context: dict[str, Any]
) -> HttpResponse:
    receivers: dict[int, queries.Receiver] = {}
    there = queries.asked_there(found.offering, [case.dossier_id for case in chosen])
    lines = []
    for case in chosen:
        for one in queries.receivers(case, found, request.now, may_bring=True):
            if one.unit.pk != request.actor.unit_id:
                receivers.setdefault(one.unit.pk, one)
        lines.append(_line(request, case, found, there))
    form = SeveralForm(
        request.POST if request.method == "POST" else None,
        units=referral_words.units(list(receivers.values())),
        purposes=referral_words.purposes(receivers.values()),
        initial={"purpose": rules.purpose_of(found.service)},
    )
    context |= {
        "form": form,
        "lines": lines,
        "agreements": rules.agreements(),
        "urgencies": place_rules.URGENCIES.choices(),
        "whys": place_rules.URGENT_WHY.asked(),
    }
    if form.is_valid() and form.ticket is not None:
        return _sent(request, found, chosen, form, context)
    return render(request, "plans/referral_several_sheet.html", context, status=422 if form.errors else 200)


def _sent(
    request: StaffRequest, found: services.Found, chosen: list[Case], form: SeveralForm, context: dict[str, Any]
) -> HttpResponse:
    children = []
    for case in chosen:
        consent, without = rules.agreed_of(request.POST.get(f"agreed_{case.dossier_id}", "")) or ("", "")
        urgency = request.POST.get(f"urgency_{case.dossier_id}", "ordinary")
        why = request.POST.get(f"why_{case.dossier_id}", "") if urgency != "ordinary" else ""
        children.append(
            actions.Child(dossier=case.dossier_id, consent=consent, without=without, urgency=urgency, why=why)
        )
    got = form.cleaned_data
    unit = None if got["unit"] == OUTSIDE else int(got["unit"])
    to_all = actions.ToAll(
        offering=found.offering, unit=unit, purpose=got["purpose"], reads_days=got["reads_days"], words=got["words"]
    )
    result = actions.send_several(
        actor=request.actor, children=children, to_all=to_all, ticket=form.ticket or UUID(int=0), now=request.now
    )
    called = {case.dossier_id: case.child_called or _("A child, name not known") for case in chosen}
    context |= {
        "done": [(called[key], queries.referral_link(row)) for key, row in result.sent.items()],
        "left": [(called[key], _why(code)) for key, code in result.left.items()],
        "again": list(result.left),
        "outside": unit is None,
        "page_title": _("Referred"),
    }
    return render(request, "plans/referral_several_done.html", context)


def _line(request: StaffRequest, case: Case, found: services.Found, there: set[UUID]) -> dict[str, Any]:
    dossier = case.dossier_id
    stops = ""
    if queries.is_barred(dossier, found) or not policy.may_ask_places(request.actor, dossier):
        stops = _why("barred")
    elif dossier in there:
        stops = _why("already")
    against = [] if stops else place_rules.against(found, queries.fits_of(dossier, request.now))
    said = request.POST
    return {
        "dossier": dossier,
        "called": case.child_called or _("A child, name not known"),
        "number": case.number,
        "stops": stops,
        "against": [place_rules.PLACE_REFUSALS.label(code) for code in against],
        "agreed": said.get(f"agreed_{dossier}", ""),
        "urgency": said.get(f"urgency_{dossier}", "ordinary"),
        "why": said.get(f"why_{dossier}", ""),
    }


def _why(code: str) -> str:
    words = {
        "already": _("a place there is asked for already"),
        "barred": _("that service may not be asked for this child"),
        "unit": _("that unit can’t be brought into this file"),
        "consent": _("nobody said who agrees"),
        "why": _("nobody said why it can’t wait"),
        "urgency": _("nobody said how urgent it is"),
    }
    return words.get(code, _("the file is closed, or not yours to refer from"))
