"""A service ends: who has a place there gets the next one asked in one go, and is left between none of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.plans import policy, queries
from arasha.plans.actions.asking import AskedAlready
from arasha.plans.actions.places import (
    OfferingNotThere,
    PlaceNotThere,
    Referred,
    add_step,
    join,
    locked,
    offering_for,
    tell_provider,
    told_place,
)
from arasha.plans.actions.referral import put_referral
from arasha.plans.actions.referral_duties import go_on
from arasha.plans.models import Referral, ServicePlace
from arasha.plans.rules import places as rules
from arasha.plans.rules import referral as referral_rules
from arasha.plans.rules.places import StepSaid
from arasha.plans.rules.referral import Sending
from arasha.services.queries import Found


class DoesNotFit(ValueError):
    """The offering says of itself that it would refuse this child; `reasons` are codes of refusals."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(", ".join(reasons))


class ConsentMissing(Exception):
    """The child was referred to the service that ends: who agrees to the next one must be asked anew."""


@dataclass
class HandedOver:
    """What came of handing over several: places that were asked anew, and those left, each with why, as a code."""

    done: list[UUID] = field(default_factory=list)
    left: dict[UUID, str] = field(default_factory=dict)


@sensitive_variables()
def hand_over(
    *, actor: Actor, place: UUID, offering: UUID, now: datetime, agreed: tuple[str, str] | None = None
) -> ServicePlace:
    """Ask a place at another offering for a child whose service ends; returns the new place.

    A child who waits goes over at once and keeps its turn. A child who is being helped keeps the old place until the
    new help begins (`record_step`), so that nobody is left between. A referral goes along: to the next service's unit,
    if it has just one, with consent (or the reason without, `agreed`) that was asked anew; whoever sent it hears.

    Raises PlaceNotThere, OfferingNotThere, AskedAlready: somebody was faster, StepNotPossible: nothing ends there,
    DoesNotFit; ConsentMissing: the child was referred, and nobody said who agrees to the next service.
    """
    before = ServicePlace.objects.filter(pk=place).first()
    if before is None or not policy.may_ask_places(actor, before.dossier_id):
        raise PlaceNotThere
    with transaction.atomic():
        found = offering_for(before.dossier_id, offering, now)
        reasons = rules.against(found, queries.fits_of(before.dossier_id, now))
        if reasons:
            raise DoesNotFit(reasons)
        sent = Referral.objects.filter(place=place).first()
        if sent is not None and agreed is None:
            raise ConsentMissing
        goes, codes = _going_on(actor, sent, found, now), told_place(actor, before)
        with act(verb="hand_over_place", stream=dossier_stream(before.dossier_id), now=now, codes=codes):
            old = locked(place)
            row = _next(actor, old, found, now)
            join(row.dossier_id, goes[1])
            row.save(force_insert=True)
            add_step(row, StepSaid(step="ask", urgency=row.urgency), actor, now)
        if old.state == "handed_over":
            go_on(actor, old, StepSaid(step="hand_over"), now)
        if sent is None or agreed is None:
            tell_provider(actor, row, now)
        else:
            _refer_on(actor, sent, row, goes, agreed=agreed, now=now)
    return row


def hand_over_many(
    *,
    actor: Actor,
    places: Iterable[UUID],
    offering: UUID,
    now: datetime,
    agreed: Mapping[UUID, tuple[str, str]] = MappingProxyType({}),
) -> HandedOver:
    """Hand several children over to one offering, each in an act of its own: what can't be done stays on the list.

    `agreed`: by place, who agrees to the next service, for children who were referred to the one that ends.
    """
    result = HandedOver()
    for turn, place in enumerate(sorted(set(places))):
        # No two duties of one file begin in the same moment.
        at = now + timedelta(microseconds=turn)
        try:
            row = hand_over(actor=actor, place=place, offering=offering, now=at, agreed=agreed.get(place))
            result.done.append(row.pk)
        except DoesNotFit as fault:
            result.left[place] = fault.reasons[0]
        except ConsentMissing:
            result.left[place] = "consent"
        except AskedAlready:
            result.left[place] = "already"
        except (PlaceNotThere, FileNotThere, rules.StepNotPossible):
            result.left[place] = "not_there"
        except OfferingNotThere:
            result.left[place] = "barred"
    return result


def _going_on(actor: Actor, sent: Referral | None, found: Found, now: datetime) -> tuple[int | None, Referred | None]:
    """Return to which unit a referral goes on (None: to none that could answer), and with what it comes to the file."""
    receiver = queries.only_receiver(actor, sent.dossier_id, found, now) if sent is not None else None
    if sent is None or receiver is None:
        return None, None
    until = referral_rules.reads_until(referral_rules.READS_DAYS[1], now)
    joins = receiver.unit.pk if receiver.joins else None
    return receiver.unit.pk, Referred(joins, referral_rules.purpose_mask(sent.purpose), until)


@sensitive_variables()
def _refer_on(
    actor: Actor,
    sent: Referral,
    row: ServicePlace,
    goes: tuple[int | None, Referred | None],
    *,
    agreed: tuple[str, str],
    now: datetime,
) -> None:
    """Put down the referral to the next service, with the words of the one before; whoever sent that one hears."""
    words = next((one.words for one in queries.referral_way(sent) if one.row.step == "send"), "") or ""
    sending = Sending(
        offering=row.offering_id,
        unit=goes[0],
        urgency=row.urgency,
        purpose=sent.purpose,
        consent=agreed[0],
        without=agreed[1],
        why=row.why,
        words=words,
    )
    referral_rules.check_consent(*agreed)
    put_referral(actor, row, sending, referral_rules.reads_until(sending.reads_days, now), now)
    if sent.from_unit_id != actor.unit_id:
        link, units = queries.referral_link(row.pk), [sent.from_unit_id]
        notify(actor=actor, units=units, code="referral_handed_over", link=link, dossier=row.dossier_id, now=now)


def _hold(old: ServicePlace, offering: UUID) -> None:
    if old.hand_over_at is None or old.state not in rules.RUNNING or old.offering_id == offering:
        raise rules.StepNotPossible
    same = ServicePlace.objects.filter(dossier=old.dossier_id, state__in=rules.RUNNING)
    if same.filter(after=old.pk).exists() or same.filter(offering=offering).exists():
        raise AskedAlready


def _next(actor: Actor, old: ServicePlace, found: Found, now: datetime) -> ServicePlace:
    """Return the place that follows one that ends; the old one is handed over at once where no help has begun."""
    _hold(old, found.offering)
    begun = old.state == "begun"
    row = ServicePlace(id=uuid4(), dossier_id=old.dossier_id, offering_id=found.offering, service=found.service)
    row.root_id, row.after_id, row.state, row.steps = old.root_id, old.pk, "asked", 1
    row.urgency, row.why = old.urgency, old.why
    row.asked_at, row.waits_since = now, now if begun else old.waits_since
    row.due_at = rules.due_at(row.urgency, row.waits_since)
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    if not begun:
        old.state, old.steps = rules.leads_to("hand_over", old.state), old.steps + 1
        old.save(update_fields=["state", "steps"])
        add_step(old, StepSaid(step="hand_over"), actor, now)
    return row
