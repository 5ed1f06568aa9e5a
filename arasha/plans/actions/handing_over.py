"""A service ends: who has a place there gets the next one asked in one go, and is left between none of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.plans import policy, queries
from arasha.plans.actions.asking import AskedAlready
from arasha.plans.actions.places import (
    OfferingNotThere,
    PlaceNotThere,
    add_step,
    locked,
    offering_for,
    tell_provider,
    told_place,
)
from arasha.plans.actions.referral_duties import go_on
from arasha.plans.models import ServicePlace
from arasha.plans.rules import places as rules
from arasha.plans.rules.places import StepSaid


class DoesNotFit(ValueError):
    """The offering says of itself that it would refuse this child; `reasons` are codes of refusals."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(", ".join(reasons))


@dataclass
class HandedOver:
    """What came of handing over several: places that were asked anew, and those left, each with why, as a code."""

    done: list[UUID] = field(default_factory=list)
    left: dict[UUID, str] = field(default_factory=dict)


def hand_over(*, actor: Actor, place: UUID, offering: UUID, now: datetime) -> ServicePlace:
    """Ask a place at another offering for a child whose service ends; returns the new place.

    A child who waits goes over at once and keeps its turn. A child who is being helped keeps the old place until the
    new help begins (`record_step`), so that nobody is left between.

    Raises PlaceNotThere, OfferingNotThere, AskedAlready: somebody was faster, StepNotPossible: nothing ends there,
    DoesNotFit.
    """
    before = ServicePlace.objects.filter(pk=place).first()
    if before is None or not policy.may_ask_places(actor, before.dossier_id):
        raise PlaceNotThere
    with transaction.atomic():
        found = offering_for(before.dossier_id, offering, now)
        reasons = rules.against(found, queries.fits_of(before.dossier_id, now))
        if reasons:
            raise DoesNotFit(reasons)
        with act(
            verb="hand_over_place",
            stream=dossier_stream(before.dossier_id),
            now=now,
            codes=told_place(actor, before),
        ):
            old = locked(place)
            _hold(old, found.offering)
            row = _next(actor, old, found.offering, found.service, now)
            if old.state != "begun":
                old.state, old.steps = rules.leads_to("hand_over", old.state), old.steps + 1
                old.save(update_fields=["state", "steps"])
                add_step(old, StepSaid(step="hand_over"), actor, now)
            row.save(force_insert=True)
            add_step(row, StepSaid(step="ask", urgency=row.urgency), actor, now)
        if old.state == "handed_over":
            go_on(actor, old, StepSaid(step="hand_over"), now)
        tell_provider(actor, row, now)
    return row


def hand_over_many(*, actor: Actor, places: Iterable[UUID], offering: UUID, now: datetime) -> HandedOver:
    """Hand several children over to one offering, each in an act of its own: what can't be done stays on the list."""
    result = HandedOver()
    for place in sorted(set(places)):
        try:
            result.done.append(hand_over(actor=actor, place=place, offering=offering, now=now).pk)
        except DoesNotFit as fault:
            result.left[place] = fault.reasons[0]
        except AskedAlready:
            result.left[place] = "already"
        except (PlaceNotThere, FileNotThere, rules.StepNotPossible):
            result.left[place] = "not_there"
        except OfferingNotThere:
            result.left[place] = "barred"
    return result


def _hold(old: ServicePlace, offering: UUID) -> None:
    if old.hand_over_at is None or old.state not in rules.RUNNING or old.offering_id == offering:
        raise rules.StepNotPossible
    same = ServicePlace.objects.filter(dossier=old.dossier_id, state__in=rules.RUNNING)
    if same.filter(after=old.pk).exists() or same.filter(offering=offering).exists():
        raise AskedAlready


def _next(actor: Actor, old: ServicePlace, offering: UUID, service: str, now: datetime) -> ServicePlace:
    begun = old.state == "begun"
    row = ServicePlace(id=uuid4(), dossier_id=old.dossier_id, offering_id=offering, service=service)
    row.root_id, row.after_id, row.state, row.steps = old.root_id, old.pk, "asked", 1
    row.urgency, row.why = old.urgency, old.why
    row.asked_at, row.waits_since = now, now if begun else old.waits_since
    row.due_at = rules.due_at(row.urgency, row.waits_since)
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    return row
