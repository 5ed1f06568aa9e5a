"""One referral: sent from a file, and its page with its run, what is owed next, and what can be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.plans import actions, policy, queries
from arasha.plans.forms import FeedBackForm, SendForm, StepForm
from arasha.plans.models import Referral, ServicePlace
from arasha.plans.rules import places as place_rules
from arasha.plans.rules import referral as rules
from arasha.plans.views import outside_link, places, places_words, referral_words
from arasha.plans.views.pages import GET_POST
from arasha.plans.views.words import language
from arasha.services import queries as services

FEED_BACK, WITHDRAW = "feed_back", "withdraw"


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def send(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Refer the child to one offering: the page says beforehand what is read and by when it is answered."""
    case = places.askable(request, dossier)
    given = request.POST if request.method == "POST" else request.GET
    offering, after = places.id_of(given.get("offering", "")), places.id_of(given.get("after", ""))
    found = queries.offering_shown(offering, request.now) if offering else None
    before = ServicePlace.objects.filter(pk=after, dossier=dossier).first() if after else None
    if found is None or found.standing in queries.OVER or queries.is_barred(dossier, found) or (after and not before):
        raise Http404
    leads = policy.leads(request.actor, case)
    receivers = [
        one
        for one in queries.receivers(case, found, request.now, may_bring=leads)
        if one.unit.pk != request.actor.unit_id
    ]
    initial = {"urgency": before.urgency, "why": before.why} if before else {}
    form = SendForm(
        request.POST if request.method == "POST" else None,
        units=referral_words.units(receivers),
        purposes=referral_words.purposes(receivers),
        urgencies=referral_words.urgencies("answer"),
        initial=initial | {"purpose": rules.purpose_of(found.service)},
    )
    if form.is_valid() and (answer := _sent(request, dossier, form, found.offering, after)) is not None:
        return answer
    (told,) = services.told([found], language=language(), now=request.now)
    against = place_rules.against(found, queries.fits_of(dossier, request.now))
    context = places.frame(dossier, "referrals") | {
        "page_title": _("Refer the child"),
        "form": form,
        "at": told,
        "room": places_words.room(services.rooms([found.offering], now=request.now).get(found.offering)),
        "against": [place_rules.PLACE_REFUSALS.label(code) for code in against],
        "offering": found.offering,
        "after": after or "",
        "brings": leads,
        "back": reverse("plans:find_place", args=[dossier]),
    }
    return render(request, "plans/referral_send.html", context, status=422 if form.errors else 200)


def _sent(
    request: StaffRequest, dossier: UUID, form: SendForm, offering: UUID, after: UUID | None
) -> HttpResponse | None:
    try:
        row = actions.send_referral(
            actor=request.actor,
            dossier=dossier,
            sending=form.sending(offering, after),
            now=request.now,
            referral_id=form.ticket,
        )
    except (actions.FileNotThere, actions.OfferingNotThere, actions.PlaceNotThere, actions.UnitNotAskable):
        raise Http404 from None
    except actions.AskedAlready:
        messages.warning(request, _("A place there is asked for already, by you or a colleague."))
        return redirect("plans:referrals", dossier=dossier)
    except rules.ReferralFaulty as fault:
        form.add_error(fault.field if fault.field in form.fields else None, _("Choose one."))
        return None
    words = _("Sent. It owes an answer in time; silence comes back to you by itself.")
    if row.to_unit_id is None:
        words = _("Recorded. Ring the service now, or let it answer by a link: you owe to find its answer out.")
    messages.success(request, words)
    return redirect("plans:referral", referral=row.pk)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def referral(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Show one referral and take its next step. That its receiver opened it is noted once."""
    row = found(request, referral)
    if actions.see_referral(actor=request.actor, referral=row.pk, now=request.now):
        row = found(request, referral)
    writes, sent, step = policy.may_make(request.actor, row.dossier_id), None, request.POST.get("step", "")
    if request.method == "POST":
        sent = _form(request, row, step, request.POST) if writes else None
        if sent is None:
            raise Http404
        if sent.is_valid() and _done(request, row, step, sent):
            messages.success(request, _("Recorded."))
            if queries.referral_of(referral) is None:  # it closed behind who answered
                return redirect("plans:referrals_received")
            return redirect("plans:referral", referral=referral)
        row = found(request, referral)
    context = places.frame(row.dossier_id, "referrals") | _shown(request, row, step, sent, writes=writes)
    return render(request, "plans/referral.html", context, status=422 if sent is not None else 200)


def found(request: StaffRequest, referral: UUID) -> Referral:
    """Return a referral with the look recorded. Raises Http404."""
    row = queries.referral_of(referral)
    if row is None:
        raise Http404
    places.seen(request, row.dossier_id)
    return row


def _done(request: StaffRequest, row: Referral, step: str, form: Any) -> bool:
    got = form.cleaned_data
    try:
        if step == FEED_BACK:
            told = {"words": got["told"], "child": got["child"], "seen": got["seen"]}
            actions.feed_back(actor=request.actor, referral=row.pk, now=request.now, **told)
        elif step == WITHDRAW:
            said = {"reason": got["reason"], "words": got["words"], "seen": got["seen"]}
            actions.withdraw_referral(actor=request.actor, referral=row.pk, now=request.now, **said)
        else:
            actions.record_step(
                actor=request.actor,
                place=row.place_id,
                said=form.said(),
                seen=got["seen"],
                now=request.now,
                step_id=form.ticket,
            )
    except place_rules.StepFaulty as fault:
        form.show_fault(fault)
    except rules.ReferralFaulty:
        form.add_error("told", _("Say what came of it."))
    except (actions.PlaceChanged, actions.ReferralChanged, place_rules.StepNotPossible):
        _overtaken(row, form)
    except (actions.PlaceNotThere, actions.ReferralNotThere):
        raise Http404 from None
    return not form.errors


def _overtaken(row: Referral, form: Any) -> None:
    now_there = queries.referral_of(row.pk) or row
    data = form.data.copy()
    data["seen"] = str(now_there.steps if isinstance(form, FeedBackForm) else now_there.place.steps)
    form.data = data
    form.add_error(None, _("A colleague recorded a step meanwhile: it stands above. To keep yours, press again."))


def _form(request: StaffRequest, row: Referral, step: str, data: Any = None) -> Any:
    """Return the form of a step, or None for what this reader may not do."""
    if step == FEED_BACK:
        mine = row.to_unit_id is not None and row.to_unit_id == request.actor.unit_id
        return FeedBackForm(data, initial={"seen": row.steps}, auto_id="id_feed_back_%s") if mine else None
    if step not in place_rules.PLACE_STEPS or step in {"ask", "hand_over"}:
        return None
    if step == WITHDRAW and not policy.may_withdraw(request.actor, row):
        return None
    own = row.to_unit_id is not None and row.to_unit_id == request.actor.unit_id
    today = local(request.now).date()
    return StepForm(data, step=step, seen=row.place.steps, today=today, own=own, urgency=row.place.urgency)


def _shown(request: StaffRequest, row: Referral, sent_step: str, sent: Any, *, writes: bool) -> dict[str, Any]:
    (line,) = referral_words.lines([row], request.now)
    code = queries.state_of(row)
    possible = place_rules.possible(row.place.state) if writes else []
    if writes and (row.place.state == "begun" or code == "completed"):
        possible = [*possible, FEED_BACK]
    steps = [*possible, *([sent_step] if sent is not None and sent_step not in possible else [])]
    forms = [
        (step, _label(step), sent if sent is not None and step == sent_step else _form(request, row, step))
        for step in steps
    ]
    looks = writes and (row.place.state in {"refused", "withdrawn"} or row.returned_at is not None)
    one = queries.place_of(row.place_id, request.now)
    return {
        "page_title": line["service"],
        "one": line,
        "why": place_rules.URGENT_WHY.label(row.place.why) if row.place.why else "",
        "purpose": rules.PURPOSES.label(row.purpose),
        "consent": rules.CONSENTS.label(row.consent),
        "without": rules.WITHOUT.label(row.without) if row.without else "",
        "reads": referral_words.reads(row, request.now),
        "open_still": rules.REFERRAL_STATES[code].more["open"] == "yes",
        "run": referral_words.run(row, request.now),
        "forms": [one for one in forms if one[2] is not None],
        "wrong": sent_step if sent is not None else "",
        "place_url": queries.place_link(row.place_id),
        "elsewhere": places.elsewhere(request, one) if looks and one is not None else None,
        "find": reverse("plans:find_place", args=[row.dossier_id]),
        "link": outside_link.may_link(request, row) and reverse("plans:outside_link", args=[row.pk]),
    }


def _label(step: str) -> str:
    return _("Tell the sender what came of it") if step == FEED_BACK else place_rules.PLACE_STEPS.label(step)
