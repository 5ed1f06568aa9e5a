"""The services of a child: what was asked, what fits, and the way of each place with the steps that can be recorded."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from arasha.cases.models import Case
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.plans import actions, policy, queries
from arasha.plans.forms import AskPlaceForm, SearchForm, StepForm
from arasha.plans.models import Referral, ServicePlace
from arasha.plans.rules import places as rules
from arasha.plans.views import places_words
from arasha.plans.views.outside import hint as unit_hint
from arasha.plans.views.pages import GET_POST
from arasha.plans.views.presenting import child_of
from arasha.plans.views.words import language, opened, tabs
from arasha.services import queries as services
from arasha.ui.fields import Option
from arasha.ui.rules.parts import Empty

NEXT = 5


@signed_in
@require_safe
def places(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """List a file's places, those that run first."""
    seen(request, dossier)
    rows = places_words.lines(queries.places_of(dossier, request.now), request.now)
    words = _("A place is asked for at a service of the directory. What came of it stands here, refusals too.")
    context = frame(dossier) | {
        "page_title": _("Services for the child"),
        "rows": rows,
        "may_ask": policy.may_ask_places(request.actor, dossier),
        "nothing": Empty(_("No service was asked yet"), words),
    }
    return render(request, "plans/places.html", context)


@signed_in
@require_safe
def search(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Find what fits this child: what speaks for itself and has room first, the nearest before others."""
    case = askable(request, dossier)
    child = queries.fits_of(dossier, request.now)
    today = local(request.now).date()
    begun = {"age": child.age if child.age is not None else "", "sex": child.sex}
    form = SearchForm(request.GET if "service" in request.GET else begun, today=today)
    fits = form.is_valid()
    got = form.cleaned_data if fits else {}
    wanted = services.Wanted(
        place="" if got.get("country") else case.territory_id,
        needs=_one(got.get("need")),
        services=_one(got.get("service")),
        standings=("open", "planned", "paused"),
    )
    looked = rules.Fits(
        age=got.get("age"),
        sex=got.get("sex", ""),
        language=got.get("speaks", ""),
        son=got.get("son"),
        siblings=bool(got.get("siblings")),
    )
    running = ServicePlace.objects.filter(dossier=dossier, state__in=rules.RUNNING)
    without = running.values_list("offering_id", flat=True)
    found = queries.fitting(case, wanted, looked, request.now, without=without) if fits else []
    context = frame(dossier) | {
        "page_title": _("Find a service for the child"),
        "form": form,
        "rows": places_words.fitting(found[: queries.SHOWN], dossier, request.now),
        "more": len(found) > queries.SHOWN,
        "nothing": Empty(_("Nothing fits"), _("Ask less of it, or look in the whole country. A gap is worth telling.")),
    }
    return render(request, "plans/place_find.html", context, status=200 if fits else 422)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def ask(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Ask a place at one offering; the page says what speaks against it, and never that one may not ask."""
    case = askable(request, dossier)
    given = request.POST if request.method == "POST" else request.GET
    offering, after = id_of(given.get("offering", "")), id_of(given.get("after", ""))
    found = queries.offering_shown(offering, request.now) if offering else None
    before = ServicePlace.objects.filter(pk=after, dossier=dossier).first() if after else None
    if found is None or found.standing in queries.OVER or queries.is_barred(dossier, found) or (after and not before):
        raise Http404
    units = queries.units_to_bring_in(case, found, request.now) if policy.leads(request.actor, case) else []
    initial = {"urgency": before.urgency, "why": before.why} if before else {}
    form = AskPlaceForm(
        request.POST if request.method == "POST" else None,
        units=[(str(one.unit.pk), Option(one.unit.name, unit_hint(one))) for one in units],
        initial=initial,
    )
    if form.is_valid():
        return _asked(request, dossier, form, found.offering, after)
    (told,) = services.told([found], language=language(), now=request.now)
    against = rules.against(found, queries.fits_of(dossier, request.now))
    context = frame(dossier) | {
        "page_title": _("Ask for a place"),
        "form": form,
        "at": told,
        "room": places_words.room(services.rooms([found.offering], now=request.now).get(found.offering)),
        "against": [rules.PLACE_REFUSALS.label(code) for code in against],
        "offering": found.offering,
        "after": after or "",
        "back": reverse("plans:find_place", args=[dossier]),
    }
    return render(request, "plans/place_ask.html", context, status=422 if form.errors else 200)


def _asked(
    request: StaffRequest, dossier: UUID, form: AskPlaceForm, offering: UUID, after: UUID | None
) -> HttpResponse:
    got = form.cleaned_data
    asking = actions.Asking(offering=offering, urgency=got["urgency"], why=got["why"], after=after, words=got["words"])
    try:
        row = actions.ask_place(
            actor=request.actor,
            dossier=dossier,
            asking=asking,
            now=request.now,
            place_id=form.ticket,
            bring_in=int(got["bring_in"]) if got.get("bring_in") else None,
        )
    except (actions.FileNotThere, actions.OfferingNotThere, actions.PlaceNotThere, actions.UnitNotAskable):
        raise Http404 from None
    except actions.AskedAlready:
        messages.warning(request, _("A place there is asked for already, by you or a colleague."))
        return redirect("plans:places", dossier=dossier)
    messages.success(request, _("Recorded. Ring them now if nobody of theirs is on the file."))
    return redirect("plans:place", place=row.pk)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def place(request: StaffRequest, place: UUID) -> HttpResponse:
    """Show the way of one place, record its next step, and say who else could help where it came to nothing."""
    one = queries.place_of(place, request.now)
    if one is None:
        raise Http404
    seen(request, one.row.dossier_id)
    writes = policy.may_make(request.actor, one.row.dossier_id)
    sent = None
    if request.method == "POST":
        sent = _form(request, one, request.POST.get("step", ""), request.POST) if writes else None
        if sent is None:
            raise Http404
        if sent.is_valid() and _recorded(request, one, sent):
            messages.success(request, _("Recorded."))
            return redirect("plans:place", place=place)
        one = queries.place_of(place, request.now) or one
    context = frame(one.row.dossier_id) | _shown(request, one, sent, writes=writes)
    return render(request, "plans/place.html", context, status=422 if sent is not None else 200)


def _recorded(request: StaffRequest, one: queries.PlaceRead, form: StepForm) -> bool:
    try:
        actions.record_step(
            actor=request.actor,
            place=one.row.pk,
            said=form.said(),
            seen=form.cleaned_data["seen"],
            now=request.now,
            step_id=form.ticket,
        )
    except rules.StepFaulty as fault:
        form.show_fault(fault)
    except (actions.PlaceChanged, rules.StepNotPossible):
        now_there = queries.place_of(one.row.pk, request.now) or one
        form.see(now_there.row.steps)
        form.add_error(None, _("A colleague recorded a step meanwhile: it stands above. To keep yours, press again."))
    except actions.PlaceNotThere:
        raise Http404 from None
    return not form.errors


def _form(request: StaffRequest, one: queries.PlaceRead, step: str, data: Any = None) -> StepForm | None:
    """Return the form of a step, or None for what is no step that people record."""
    if step not in rules.PLACE_STEPS or step in {"ask", "hand_over"}:
        return None
    own = one.row.offering_id in {row.pk for row in queries.own_offerings(request.actor)}
    today = local(request.now).date()
    return StepForm(data, step=step, seen=one.row.steps, today=today, own=own, urgency=one.row.urgency)


def _shown(request: StaffRequest, one: queries.PlaceRead, sent: StepForm | None, *, writes: bool) -> dict[str, Any]:
    (head,) = places_words.lines([one], request.now)
    referred = Referral.objects.filter(place=one.row.pk).exists()
    possible = rules.possible(one.row.state) if writes else []
    wrong = str(sent.data.get("step", "")) if sent is not None else ""
    # A step that can't follow any more stays on the page, so that nothing that was typed is lost.
    steps = [*possible, *([wrong] if wrong and wrong not in possible else [])]
    forms = [
        (code, rules.PLACE_STEPS.label(code), sent if code == wrong else _form(request, one, code)) for code in steps
    ]
    looks = writes and (head["ends"] or one.row.state in {"refused", "withdrawn"} or head["late"])
    return {
        "page_title": head["service"],
        "one": head,
        "steps": places_words.steps(queries.way_of(one.row), request.now),
        "forms": forms,
        "wrong": wrong,
        "elsewhere": elsewhere(request, one) if looks else None,
        "find": reverse("plans:find_place", args=[one.row.dossier_id]),
        "hands_over": head["ends"] and writes,
        "referral_url": queries.referral_link(one.row.pk) if referred else "",
    }


def elsewhere(request: StaffRequest, one: queries.PlaceRead) -> list[dict[str, Any]]:
    """Return who else gives the same service, leaving out whoever has refused this child or is asked already."""
    dossier = one.row.dossier_id
    case = queries.case_of(request.actor, dossier)
    if case is None or case.state != "open":
        return []
    wanted = services.Wanted(place=case.territory_id, services=(one.row.service,))
    asked = ServicePlace.objects.filter(dossier=dossier).exclude(state__in=["ended", "withdrawn"])
    child = queries.fits_of(dossier, request.now)
    way = queries.way_of(one.row)
    if one.found and one.found.son_to is not None and any(step.row.reason == "son_too_old" for step in way):
        # How old he is, nobody wrote down; he is older than that.
        child = rules.Fits(age=child.age, sex=child.sex, son=one.found.son_to + 1)
    without = [one.row.offering_id, *asked.values_list("offering_id", flat=True)]
    found = queries.fitting(case, wanted, child, request.now, without=without)
    after = None if one.row.state == "begun" else one.row.pk
    return places_words.fitting(found[:NEXT], dossier, request.now, after=after)


def frame(dossier: UUID, here: str = "places") -> dict[str, Any]:
    """Return what stands around a page about a file's services or referrals."""
    return {"page_meta": child_of(dossier), "tabs": tabs(dossier, here), "dossier": dossier}


def seen(request: StaffRequest, dossier: UUID) -> None:
    """Note the look. Raises Http404 where the file, or its plans, are not there for the actor."""
    opened(request, dossier)
    if not policy.may_see(request.actor, dossier):
        raise Http404


def askable(request: StaffRequest, dossier: UUID) -> Case:
    """Return the case for whose child a place may be asked, with the look noted. Raises Http404."""
    seen(request, dossier)
    case = queries.case_of(request.actor, dossier)
    if case is None or not policy.may_ask_places(request.actor, dossier):
        raise Http404
    return case


def _one(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()


def id_of(text: str) -> UUID | None:
    """Return the id that a text is; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
