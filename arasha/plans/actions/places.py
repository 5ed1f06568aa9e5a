"""A place is asked for a child: what comes later is added, nothing is taken back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.actions import TeamMember, add_limited, add_member
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.plans import policy, queries
from arasha.plans.actions.asking import AskedAlready, UnitNotAskable
from arasha.plans.models import ServicePlace, ServicePlaceStep
from arasha.plans.rules import places as rules
from arasha.plans.rules.places import StepSaid
from arasha.services.queries import Found


class PlaceNotThere(LookupError):
    """There is no such place for this actor."""


class OfferingNotThere(LookupError):
    """There is no such offering, it is over, or its body is barred from the file."""


class _Sent(Exception):
    """The same entry came a second time: nothing is written, not even an act."""


@dataclass(frozen=True)
class Referred:
    """The place is asked by a referral, which tells its receiver itself. `joins`: the unit that comes to the file.

    It comes as a partner with `facets` alone (a mask), until a moment.
    """

    joins: int | None
    facets: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What is asked: of which offering, how urgently and why, after which place that came to nothing."""

    offering: UUID
    urgency: str
    why: str = ""
    after: UUID | None = None
    words: str = field(default="", repr=False)


@sensitive_variables()
def ask_place(
    *,
    actor: Actor,
    dossier: UUID,
    asking: Asking,
    now: datetime,
    place_id: UUID | None = None,
    bring_in: int | None = None,
    referred: Referred | None = None,
) -> ServicePlace:
    """Ask a place for the child of a file, also where there is no room: then the child waits, and it shows.

    Sent twice with one `place_id` it is asked once. `bring_in`: a unit of the provider that becomes a partner in the
    file, so that it can answer by itself; only who leads may bring one. `referred`: a referral asks.

    Raises:
        FileNotThere: the file is not there for this actor, closed, no case, or its plans are not theirs to write.
        OfferingNotThere; AskedAlready: a place there runs for this child; StepFaulty (`rules.check_why`);
        PlaceNotThere: `after` is none of this file; UnitNotAskable.
    """
    _check(asking)
    try:
        with transaction.atomic():
            if not policy.may_ask_places(actor, dossier):
                raise FileNotThere
            found = offering_for(dossier, asking.offering, now)
            row = _asked(actor, dossier, asking, found, now)
            _name(row, place_id)
            with act(verb="ask_place", stream=dossier_stream(dossier), now=now, codes=told_place(actor, row)):
                # The act holds the file's stream: whoever asks at the same moment has asked by now, or waits.
                _hold_to_others(row, asking.after)
                _bring_in(actor, dossier, bring_in, found, now)
                join(dossier, referred)
                row.save(force_insert=True)
                add_step(row, StepSaid(step="ask", urgency=row.urgency, words=asking.words), actor, now)
            if referred is None:
                tell_provider(actor, row, now)
    except _Sent:
        return ServicePlace.objects.get(pk=row.pk)
    return row


def locked(place: UUID) -> ServicePlace:
    """Return a place, locked until the transaction ends. Raises PlaceNotThere."""
    row = ServicePlace.objects.select_for_update(of=("self",)).filter(pk=place).first()
    if row is None:
        raise PlaceNotThere
    return row


def offering_for(dossier: UUID, offering: UUID, now: datetime) -> Found:
    """Return an offering of which a place may be asked for this file's child. Raises OfferingNotThere."""
    found = queries.offering_shown(offering, now)
    if found is None or found.standing in queries.OVER or queries.is_barred(dossier, found):
        raise OfferingNotThere
    return found


def join(dossier: UUID, referred: Referred | None) -> None:
    """Bring the unit of a referral to the file, within an open act, with the facets of its purpose alone."""
    if referred is not None and referred.joins is not None:
        unit, facets, until = referred.joins, referred.facets, referred.until
        add_limited(dossier=dossier, unit_id=unit, facets=facets, until=until, reason="referral")


def add_step(
    row: ServicePlace, said: StepSaid, actor: Actor, now: datetime, step_id: UUID | None = None
) -> ServicePlaceStep:
    """Put down a place's newest step, with its words sealed. The place must be locked or new."""
    step = ServicePlaceStep(
        id=step_id or uuid4(),
        place_id=row.pk,
        dossier_id=row.dossier_id,
        number=row.steps,
        step=said.step,
        at=now,
        on=said.on,
        said_by=said.said_by,
        reason=said.reason,
        done=said.done,
        result=said.result,
        urgency=said.urgency,
        unit_id=actor.unit_id or row.unit_id,
        user_id=actor.user_id,
    )
    if said.words.strip():
        step.sealed = seal_text(said.words.strip(), row=step.pk, **queries.step_words(row.dossier_id))
    step.save(force_insert=True)
    return step


def told_place(actor: Actor, row: ServicePlace) -> dict[str, Any]:
    """Return the codes of an act on a place: which service, never whose."""
    return {"facet": Facet.PLAN, "unit": actor.unit_id or row.unit_id, "place": str(row.pk), "service": row.service}


def tell_provider(actor: Actor, row: ServicePlace, now: datetime) -> None:
    """Tell the provider's own units on the file that a place is asked of them."""
    units = [unit for unit in queries.provider_units(row) if unit != actor.unit_id]
    if units:
        link = queries.place_link(row.pk)
        notify(actor=actor, units=units, code="place_asked", link=link, dossier=row.dossier_id, now=now)


def _asked(actor: Actor, dossier: UUID, asking: Asking, found: Found, now: datetime) -> ServicePlace:
    row = ServicePlace(id=uuid4(), dossier_id=dossier, offering_id=found.offering, service=found.service)
    row.root_id, row.state, row.steps = row.pk, "asked", 1
    row.urgency, row.why = asking.urgency, asking.why
    row.asked_at = row.waits_since = now
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    if asking.after is not None:
        before = ServicePlace.objects.filter(pk=asking.after, dossier=dossier).first()
        if before is None:
            raise PlaceNotThere
        # One need: who was refused elsewhere has waited since the first asking.
        row.after_id, row.root_id, row.waits_since = before.pk, before.root_id, before.waits_since
    row.due_at = rules.due_at(row.urgency, row.waits_since)
    return row


def _check(asking: Asking) -> None:
    rules.check_why(asking.urgency, asking.why)
    if len(asking.words) > rules.LONGEST_WORDS:
        raise rules.StepFaulty("words")


def _name(row: ServicePlace, place_id: UUID | None) -> None:
    """Give a new place the id that its page made."""
    if place_id is not None:
        row.pk, row.root_id = place_id, place_id if row.after_id is None else row.root_id


def _hold_to_others(row: ServicePlace, after: UUID | None) -> None:
    """Raise _Sent where this very place was asked already, AskedAlready where one at the offering runs."""
    if ServicePlace.objects.filter(pk=row.pk, dossier=row.dossier_id).exists():
        raise _Sent
    same = ServicePlace.objects.filter(dossier=row.dossier_id, offering=row.offering_id, state__in=rules.RUNNING)
    if same.exists():
        raise AskedAlready


def _bring_in(actor: Actor, dossier: UUID, unit: int | None, found: Found, now: datetime) -> None:
    if unit is None:
        return
    case = queries.case_of(actor, dossier)
    if case is None or not policy.leads(actor, case):
        raise UnitNotAskable
    if unit not in {one.unit.pk for one in queries.units_to_bring_in(case, found, now)}:
        raise UnitNotAskable
    add_member(dossier=dossier, member=TeamMember("partner", unit_id=unit, reason="place"))
