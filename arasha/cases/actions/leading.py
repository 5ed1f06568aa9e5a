"""Who answers for a file: the lead is offered, accepted or refused, and found anew when nobody has it any more."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction

from arasha.cases import policy, queries, rules
from arasha.cases.models import Case, LeadOffer
from arasha.cases.queries.loads import heads_of, may_be_given
from arasha.kernel.access.actions import TeamMember, add_member, end_member, hand_over
from arasha.kernel.access.models import Dossier, Post, Unit
from arasha.kernel.access.rules import Actor, Conflict, Facet, NotThere, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify

# A lead that nobody answers for stays where it is, and whoever offered it is told so.
RETURNED_AFTER = timedelta(hours=24)
BATCH = 200


class FileNotThere(LookupError):
    """There is no such file, or no such thing in it, for this actor."""


class OfferStands(Exception):
    """The lead is offered to somebody already; withdraw that first."""


class OfferAnswered(Exception):
    """The offer was answered, withdrawn or overtaken; nothing was changed."""


class UnitCannotLead(ValueError):
    """The unit does not exist now, or no unit of its kind leads such a file, or it has the lead already."""


def offer_lead(
    *,
    actor: Actor,
    dossier: UUID,
    to_unit: int,
    reason: str,
    now: datetime,
    territory: str | None = None,
    stays: bool = False,
) -> LeadOffer:
    """Offer the lead of a file to another unit, which reads from now on what it is about. The present lead keeps it.

    `territory`: the file goes to that place with it. `stays`: the present lead becomes a partner instead of leaving.

    Raises:
        FileNotThere: it does not exist for this actor.
        NotAllowed: the actor's unit does not answer for it.
        OfferStands, UnitCannotLead; UnknownCode for a reason of no list.
    """
    rules.LEAD_REASONS[reason]
    with transaction.atomic():
        found = _offerable(actor, dossier, to_unit, now)
        offer = LeadOffer(
            id=uuid4(),
            dossier_id=dossier,
            from_unit_id=found.lead_unit_id or 0,
            to_unit_id=to_unit,
            territory_id=territory,
            reason=reason,
            stays=stays,
            offered_at=now,
        )
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "to_unit": to_unit, "reason": reason}
        with act(verb="offer_lead", stream=dossier_stream(dossier), now=now, codes=codes):
            add_member(dossier=dossier, member=TeamMember("informed", unit_id=to_unit, reason="lead_offer"))
            offer.save(force_insert=True)
            link = queries.link(dossier, "lead")
            notify(actor=actor, units=[to_unit], code="lead_offered", link=link, dossier=dossier, now=now)
    return offer


def _offerable(actor: Actor, dossier: UUID, to_unit: int, now: datetime) -> Dossier:
    found = queries.file(actor, dossier)
    if found is None:
        raise FileNotThere
    if not policy.may_hand_over(actor, found):
        raise policy.NotAllowed
    if queries.offer_of(dossier) is not None:
        raise OfferStands
    if to_unit == found.lead_unit_id or not queries.may_lead(to_unit, now, found.kind):
        raise UnitCannotLead
    return found


def accept_lead(*, actor: Actor, offer: UUID, now: datetime) -> LeadOffer:
    """Take the lead that was offered to the actor's unit: from this moment it answers. Raises as `refuse_lead`."""
    return _answer(actor, offer, now, verb="accept_lead", refusal="")


def refuse_lead(*, actor: Actor, offer: UUID, refusal: str, now: datetime) -> LeadOffer:
    """Leave the lead where it is, with a reason. The unit reads the file no more.

    Raises FileNotThere, OfferAnswered; UnknownCode for a reason of no list.
    """
    rules.REFUSALS[refusal]
    return _answer(actor, offer, now, verb="refuse_lead", refusal=refusal)


def _answer(actor: Actor, offer: UUID, now: datetime, *, verb: str, refusal: str) -> LeadOffer:
    with transaction.atomic():
        found = queries.offered(actor).filter(pk=offer).first()
        if found is None or not policy.may_lead(actor):
            raise FileNotThere
        codes: dict[str, Any] = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "to_unit": found.from_unit_id}
        if refusal:
            codes["refusal"] = refusal
        with act(verb=verb, stream=dossier_stream(found.dossier_id), now=now, codes=codes):
            _answered(offer, not refusal, refusal)
            code = "lead_refused" if refusal else "lead_accepted"
            link = queries.link(found.dossier_id, "lead")
            notify(actor=actor, units=[found.from_unit_id], code=code, link=link, dossier=found.dossier_id, now=now)
    return found


def _answered(offer: UUID, accepts: bool, refusal: str) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT cases.answer_lead(%s::uuid, %s::boolean, %s)", [offer, accepts, refusal])
    except DatabaseError as error:
        told = from_database(error)
        if isinstance(told, Conflict):
            raise OfferAnswered from error
        if isinstance(told, NotThere):
            raise FileNotThere from error
        raise told from error


def withdraw_lead(*, actor: Actor, dossier: UUID, now: datetime) -> LeadOffer:
    """Take an offer back before it is answered. Raises FileNotThere, NotAllowed, OfferAnswered."""
    with transaction.atomic():
        found = queries.file(actor, dossier)
        if found is None:
            raise FileNotThere
        if not policy.may_hand_over(actor, found):
            raise policy.NotAllowed
        return _end(dossier, actor, now, state="withdrawn", verb="withdraw_lead")


def return_offers(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, end the offers that nobody answered within a day, and tell who made them. Returns how many."""
    if not policy.may_care(actor):
        raise policy.NotAllowed
    late = LeadOffer.objects.filter(state="offered", offered_at__lte=now - RETURNED_AFTER).order_by("offered_at")
    dossiers = list(late.values_list("dossier_id", flat=True)[:limit])
    for dossier in dossiers:
        with transaction.atomic():
            _end(dossier, actor, now, state="returned", verb="return_lead", notice="lead_returned")
    return len(dossiers)


def _end(dossier: UUID, actor: Actor, now: datetime, *, state: str, verb: str, notice: str = "") -> LeadOffer:
    offer = LeadOffer.objects.select_for_update().filter(dossier=dossier, state="offered").first()
    if offer is None:
        raise OfferAnswered
    codes = {"facet": Facet.OBLIGATIONS, "unit": offer.from_unit_id, "to_unit": offer.to_unit_id}
    with act(verb=verb, stream=dossier_stream(dossier), now=now, codes=codes):
        offer.state, offer.answered_at = state, now
        offer.save(update_fields=["state", "answered_at"])
        for member in _guests(dossier, offer.to_unit_id):
            end_member(member=member, reason="lead_offer")
        if notice:
            link = queries.link(dossier, "lead")
            notify(actor=actor, units=[offer.from_unit_id], code=notice, link=link, dossier=dossier, now=now)
    return offer


def _guests(dossier: UUID, unit: int) -> list[UUID]:
    """Return the parts that a unit has in a file only because the lead was offered to it."""
    return [row.pk for row in queries.team(dossier) if row.unit_id == unit and row.reason == "lead_offer"]


def care_for_leads(*, actor: Actor, now: datetime, limit: int = BATCH) -> list[UUID]:
    """As the clock, find the open files that nobody present leads, and give each to the nearest unit that may lead.

    That is the unit above the vacant one, else whoever coordinates the place. A file for which there is nobody stays
    with the unit that it has, and is asked about again. Returns the files that changed hands.
    """
    if not policy.may_care(actor):
        raise policy.NotAllowed
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossier, unit, territory FROM cases.vacant_leads(%s)", [limit])
        vacant = cursor.fetchall()
    moved = []
    for dossier, unit, territory in vacant:
        taker = queries.next_lead(unit, territory, now)
        if taker is not None:
            _hand_to(actor, dossier, unit, taker, now)
            moved.append(dossier)
    _forget_who_left(actor, now, limit)
    return moved


def _hand_to(actor: Actor, dossier: UUID, unit: int, taker: Unit, now: datetime) -> None:
    codes = {"facet": Facet.OBLIGATIONS, "unit": unit, "to_unit": taker.pk}
    with transaction.atomic(), act(verb="replace_lead", stream=dossier_stream(dossier), now=now, codes=codes):
        hand_over(dossier=dossier, to_unit=taker.pk, reason="lead_vacant", keep="partner")
        Case.objects.filter(dossier=dossier).update(lead_unit=taker, lead_user=None)
        link = queries.link(dossier, "lead")
        notify(actor=actor, units=[taker.pk], code="lead_received", link=link, dossier=dossier, now=now)


def _forget_who_left(actor: Actor, now: datetime, limit: int) -> None:
    """Let the head of the unit stand in for a worker who no longer sits there; where nobody can, the unit is told."""
    told: set[int] = set()
    for case in queries.led_by_who_left(now)[:limit]:
        head = next((post for post in heads_of(case.lead_unit_id, now) if _may_stand_in(case.dossier_id, post)), None)
        verb = "stand_in_lead" if head else "leave_lead"
        codes = {"facet": Facet.OBLIGATIONS, "unit": case.lead_unit_id, "case": case.number}
        with transaction.atomic(), act(verb=verb, stream=dossier_stream(case.dossier_id), now=now, codes=codes):
            case.lead_user_id = head.holder_id if head else None
            case.save(update_fields=["lead_user"])
            if head is None:
                link = queries.link(case.dossier_id, "lead")
                units = [case.lead_unit_id]
                notify(actor=actor, units=units, code="lead_vacant", link=link, dossier=case.dossier_id, now=now)
            elif head.pk not in told:
                # Once for all the cases of who left: their page lists them.
                told.add(head.pk)
                notify(actor=actor, posts=[head.pk], code="cases_to_assign", link="/workforce/caseload/", now=now)


def _may_stand_in(dossier: UUID, head: Post) -> bool:
    return head.holder_id is not None and may_be_given(dossier, head.holder_id)
