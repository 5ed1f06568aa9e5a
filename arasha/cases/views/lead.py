"""Who leads a file: offering the lead to another unit, taking it, leaving it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arasha.cases import actions, policy, queries
from arasha.cases.forms import AnswerForm, OfferForm
from arasha.cases.models import LeadOffer
from arasha.cases.views import presenting
from arasha.cases.views.frame import GET_POST, opened, shown
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.policy import may, signed_in
from arasha.kernel.access.queries import body_for
from arasha.kernel.territory.queries import districts
from arasha.ui.fields import Option


@may("receive_signals")
@require_safe
def offers(request: StaffRequest) -> HttpResponse:
    """Show the leads that are offered to the reader's unit."""
    rows = [presenting.offer(row, request.now) for row in queries.offered(request.actor)]
    return render(request, "cases/offers.html", {"page_title": presenting.offers_title(len(rows)), "rows": rows})


@signed_in
@require_http_methods(GET_POST)
def lead(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show who leads, and what may be done about it."""
    found = opened(request, dossier)
    offer = queries.offer_of(dossier)
    if request.method == "POST":
        return _done(request, found, offer)
    return _page(request, found, offer, _offer_form(request, found, offer))


def _done(request: StaffRequest, found: Dossier, offer: LeadOffer | None) -> HttpResponse:
    wish = request.POST.get("do", "")
    if wish == "look":
        return _page(request, found, offer, _offer_form(request, found, offer, looks=True))
    if wish == "answer" and offer is not None and offer.to_unit_id == request.actor.unit_id:
        return _answer(request, found, offer)
    if wish in {"withdraw", "name_worker"}:
        return _did(request, found, actions.withdraw_lead if wish == "withdraw" else actions.name_worker)
    form = _offer_form(request, found, offer)
    if wish != "offer" or form is None:
        raise Http404
    if form.is_valid() and (target := _target(request, form)) is not None:
        said = form.cleaned_data
        place = said["place"] or found.territory_id
        try:
            actions.offer_lead(
                actor=request.actor,
                dossier=found.pk,
                to_unit=target,
                reason=said["reason"],
                territory=place if place != found.territory_id else None,
                stays=said["stays"],
                now=request.now,
            )
        except actions.UnitCannotLead:
            form.add_error("function", _("This unit has the lead already, or leads no such file."))
        except actions.OfferStands:
            form.add_error(None, _("The lead is offered to somebody already. Take that offer back first."))
        else:
            messages.success(request, _("It is offered. Until it is accepted, the lead stays where it is."))
            return redirect("cases:lead", dossier=found.pk)
    return _page(request, found, offer, form)


def _target(request: StaffRequest, form: OfferForm) -> int | None:
    """Return the unit that was chosen by function and place; None, and said so, when there is none."""
    said = form.cleaned_data
    unit = body_for(said["function"], said["place"] or request.actor.territory, request.now)
    if unit is None:
        form.add_error("function", _("There is no such body for this district."))
        return None
    return int(unit.pk)


def _answer(request: StaffRequest, found: Dossier, offer: LeadOffer) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, offer, None, answer=form, status=422)
    given: dict[str, Any] = {"actor": request.actor, "offer": offer.pk, "now": request.now}
    try:
        if form.cleaned_data["takes"] == "yes":
            actions.accept_lead(**given)
            messages.success(request, _("Your unit leads this file from now on."))
            return redirect(queries.link(found.pk))
        actions.refuse_lead(**given, refusal=form.cleaned_data["refusal"])
    except actions.FileNotThere:
        raise Http404 from None
    except actions.OfferAnswered:
        messages.warning(request, _("This was done already, by you or a colleague."))
        return redirect("cases:lead", dossier=found.pk)
    messages.success(request, _("The lead stays where it was. Your unit reads the file no more."))
    return redirect("cases:offers")


def _did(request: StaffRequest, found: Dossier, do: Any) -> HttpResponse:
    try:
        do(actor=request.actor, dossier=found.pk, now=request.now)
    except (actions.FileNotThere, policy.NotAllowed):
        raise Http404 from None
    except actions.OfferAnswered:
        messages.warning(request, _("This was done already, by you or a colleague."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("cases:lead", dossier=found.pk)


def _offer_form(
    request: StaffRequest, found: Dossier, offer: LeadOffer | None, *, looks: bool = False
) -> OfferForm | None:
    """Return the form for who may give the lead away, while it is offered to nobody; each body says how busy it is.

    `looks`: another district was chosen to see that; nothing is sent yet, so nothing is found wanting.
    """
    if offer is not None or not policy.may_hand_over(request.actor, found):
        return None
    language = get_language() or "kk"
    listed = districts(found.territory_id, language)
    asked = request.POST.get("place", "")
    place = asked if any(asked == code for _region, below in listed for code, _name in below) else found.territory_id
    functions = queries.functions_that_lead(found.kind, language)
    return OfferForm(
        request.POST if request.method == "POST" and not looks else None,
        functions=_said_busy(request, found, functions, place),
        districts=listed,
        place=place,
        typed=request.POST.dict() if looks else {},
    )


def _said_busy(
    request: StaffRequest, found: Dossier, functions: Sequence[tuple[str, str]], place: str
) -> list[tuple[str, Option]]:
    """Return the functions with how busy their body of a place is, where that may be said.

    Nothing stands at one that has no body there, as at one whose body is protected: where a refuge works is told to
    nobody who only looks.
    """
    units = {code: body_for(code, place, request.now) for code, _name in functions}
    others = [unit.pk for unit in units.values() if unit and unit.pk != found.lead_unit_id]
    busy = queries.bands(request.actor, others, request.now)
    return [
        (code, Option(name, presenting.busy(busy.get(unit.pk, "")) if (unit := units[code]) else ""))
        for code, name in functions
    ]


def _page(
    request: StaffRequest,
    found: Dossier,
    offer: LeadOffer | None,
    form: OfferForm | None,
    *,
    answer: AnswerForm | None = None,
    status: int = 0,
) -> HttpResponse:
    case = queries.case_led_by(request.actor, found.pk)
    mine = offer is not None and offer.to_unit_id == request.actor.unit_id
    gives = offer is not None and policy.may_hand_over(request.actor, found)
    to = offer.to_unit_id if offer is not None and gives else 0
    busy = queries.bands(request.actor, [to] if to else [], request.now)
    more = {
        "busy": presenting.busy(busy.get(to, "")),
        "offer": presenting.offer(offer, request.now, found.territory_id) if offer else None,
        "answer": (answer or AnswerForm()) if mine else None,
        "may_withdraw": gives,
        "case": case,
        "load": queries.own_load(request.actor, case.lead_unit, request.now) if case else None,
        "user": request.actor.user_id,
    }
    return shown(request, found, "lead", form, status=status, **more)
