"""A child is referred to a service: sent, seen, told of in the end, taken back; what comes between is its place's."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.obligations import actions as duties
from arasha.plans import policy, queries
from arasha.plans.actions import places
from arasha.plans.actions.asking import UnitNotAskable
from arasha.plans.actions.place_steps import record_step
from arasha.plans.actions.places import Asking, OfferingNotThere, Referred, ask_place
from arasha.plans.actions.referral_duties import add_referral_step, end_back, end_part, raise_duty, told_referral
from arasha.plans.models import Referral, ServicePlace
from arasha.plans.rules import places as place_rules
from arasha.plans.rules import referral as rules
from arasha.plans.rules.places import StepSaid
from arasha.plans.rules.referral import Sending


class ReferralNotThere(LookupError):
    """There is no such referral for this actor."""


class ReferralChanged(Exception):
    """It stands otherwise by now; nothing was kept."""


@sensitive_variables()
def send_referral(
    *, actor: Actor, dossier: UUID, sending: Sending, now: datetime, referral_id: UUID | None = None
) -> Referral:
    """Refer the child of a file: a place is asked for, the unit joins with few facets for a time, and owes an answer.

    Sent twice with one `referral_id` it is sent once. A service without an account (`unit` None) is asked by
    telephone: then the sender owes to find the answer out.

    Raises:
        FileNotThere; OfferingNotThere; AskedAlready; PlaceNotThere (`places.ask_place`).
        ReferralFaulty, StepFaulty: something is missing or can't be taken.
        UnitNotAskable: the unit is none that could answer, or would have to be brought in by who leads.
    """
    rules.check_sending(sending)
    place_rules.check_why(sending.urgency, sending.why)
    with transaction.atomic():
        if not policy.may_ask_places(actor, dossier):
            raise FileNotThere
        pk = referral_id or uuid4()
        known = Referral.objects.filter(pk=pk, dossier=dossier).first()
        if known is not None:
            return known
        receiver = _receiver(actor, dossier, sending, now)
        until = rules.reads_until(sending.reads_days, now)
        asking = Asking(offering=sending.offering, urgency=sending.urgency, why=sending.why, after=sending.after)
        joins = receiver.unit.pk if receiver is not None and receiver.joins else None
        referred = Referred(joins, rules.purpose_mask(sending.purpose), until)
        place = ask_place(actor=actor, dossier=dossier, asking=asking, now=now, place_id=pk, referred=referred)
        row = Referral.objects.filter(pk=pk).first()  # a second click, a moment later
        return row or put_referral(actor, place, sending, until, now)


def see_referral(*, actor: Actor, referral: UUID, now: datetime) -> bool:
    """Note that somebody of the receiving unit opened a referral; returns whether it was new to the unit.

    What is not there for the actor, or not theirs, is passed over.
    """
    with transaction.atomic():
        mine = Referral.objects.filter(pk=referral, to_unit=actor.unit_id or 0)
        row = mine.select_related("place").first()
        if row is None or row.seen_at is not None or not policy.may_make(actor, row.dossier_id):
            return False
        codes = told_referral(actor, row, row.place)
        with act(verb="see_referral", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row = Referral.objects.select_for_update(of=("self",)).get(pk=referral)
            new = row.seen_at is None
            if new:
                row.seen_at, row.steps = now, row.steps + 1
                row.save(update_fields=["seen_at", "steps"])
                add_referral_step(row, "see", actor, now)
        if row.duty_id is not None:
            duties.see(actor=actor, obligations=[row.duty_id], now=now)
    return new


@sensitive_variables()
def feed_back(
    *, actor: Actor, referral: UUID, words: str, now: datetime, child: str = "", seen: int | None = None
) -> Referral:
    """Tell the sender what came of it, and what the child says; after the help has ended it ends the promise.

    What the referral opened to the unit ends with it. `seen`: the number of steps that the page showed.

    Raises ReferralNotThere, ReferralFaulty; ReferralChanged: it is not begun, was told already, or moved on meanwhile.
    """
    if not words.strip() or max(len(words), len(child)) > rules.LONGEST_WORDS:
        raise rules.ReferralFaulty("words")
    with transaction.atomic():
        row = _own(actor, referral)
        codes = told_referral(actor, row, row.place)
        with act(verb="feed_back_referral", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            place = places.locked(row.place_id)
            row = Referral.objects.select_for_update(of=("self",)).get(pk=referral)
            if place.state not in {"begun", "ended"} or row.fed_back_at or seen not in (None, row.steps):
                raise ReferralChanged
            over = place.state == "ended"
            row.steps, row.fed_back_at = row.steps + 1, now if over else None
            row.save(update_fields=["steps", "fed_back_at"])
            add_referral_step(row, "feed_back", actor, now, words=words, child=child)
            _tell_sender(actor, row, now)
        if over:
            if row.duty_id is not None:
                answer = rules.REFERRAL_STEPS.label("feed_back")
                duties.settle(actor=actor, obligation=row.duty_id, answer=answer, outcome="", now=now)
            end_part(actor, row, "over", now)
    return row


@sensitive_variables()
def withdraw_referral(
    *, actor: Actor, referral: UUID, reason: str, seen: int, now: datetime, words: str = ""
) -> ServicePlace:
    """Take a referral back, by who sent it or leads the file: what it opened ends with it, and so does what is owed.

    `reason` is a code of `place_withdrawals.csv`; `seen` the number of the place's last step that the page showed.

    Raises ReferralNotThere, PlaceChanged, StepNotPossible, StepFaulty.
    """
    with transaction.atomic():
        row = Referral.objects.filter(pk=referral).first()
        if row is None or not policy.may_withdraw(actor, row):
            raise ReferralNotThere
        if row.to_unit_id is not None and row.to_unit_id != actor.unit_id:
            told, link = [row.to_unit_id], queries.RECEIVED
            notify(actor=actor, units=told, code="referral_withdrawn", link=link, dossier=row.dossier_id, now=now)
        said = StepSaid(step="withdraw", reason=reason, words=words)
        return record_step(actor=actor, place=row.place_id, said=said, seen=seen, now=now)


@sensitive_variables()
def put_referral(actor: Actor, place: ServicePlace, sending: Sending, until: datetime, now: datetime) -> Referral:
    """Put down the referral of a place that was just asked, in its transaction, and let the answer be owed."""
    row = Referral(id=place.pk, dossier_id=place.dossier_id, place=place, to_unit_id=sending.unit, sent_at=now)
    row.from_unit_id, row.from_user_id = int(actor.unit_id or 0), actor.user_id
    row.purpose, row.consent, row.without, row.reads_until = sending.purpose, sending.consent, sending.without, until
    codes = {"to": "outside" if sending.unit is None else "unit", "urgency": sending.urgency}
    row.duty = raise_duty(actor, row, "send_referral", codes, now)
    told = told_referral(actor, row, place) | {"consent": row.consent}
    with act(verb="send_referral", stream=dossier_stream(row.dossier_id), now=now, codes=told):
        row.save(force_insert=True)
        add_referral_step(row, "send", actor, now, words=sending.words)
    before = Referral.objects.filter(place=sending.after).first() if sending.after else None
    if before is not None:
        end_back(actor, before, rules.REFERRAL_STEPS.label("send"), "next_sent", now)
    return row


def _receiver(actor: Actor, dossier: UUID, sending: Sending, now: datetime) -> queries.Receiver | None:
    if sending.unit is None:
        return None
    case = queries.case_of(actor, dossier)
    found = queries.offering_shown(sending.offering, now)
    if case is None or found is None:
        raise OfferingNotThere
    for one in queries.receivers(case, found, now, may_bring=policy.leads(actor, case)):
        if one.unit.pk == sending.unit and one.unit.pk != actor.unit_id:
            return one
    raise UnitNotAskable


def _own(actor: Actor, referral: UUID) -> Referral:
    rows = Referral.objects.select_related("place").filter(pk=referral, to_unit=actor.unit_id or 0)
    row = rows.first()
    if row is None or not policy.may_make(actor, row.dossier_id):
        raise ReferralNotThere
    return row


def _tell_sender(actor: Actor, row: Referral, now: datetime) -> None:
    units = sorted({row.from_unit_id, *filter(None, [queries.lead_of(row.dossier_id)])} - {actor.unit_id or 0})
    if units:
        link = queries.referral_link(row.pk)
        notify(actor=actor, units=units, code="referral_fed_back", link=link, dossier=row.dossier_id, now=now)
