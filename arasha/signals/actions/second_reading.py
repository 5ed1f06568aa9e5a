"""Danger must never be filed as discipline: the clock looks for repeats, and a second reader reads a random sample."""

from collections.abc import Callable
from datetime import datetime
from random import SystemRandom
from uuid import UUID, uuid4

from django.db import transaction

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.models import Dossier, Unit
from arasha.kernel.access.queries import post_holders, team_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.obligations.actions import raise_for
from arasha.obligations.queries import Finder
from arasha.signals import policy, queries, rules
from arasha.signals.models import ResponseReview, Signal

BATCH = 50
DRAW = SystemRandom().random


class ReadingNotThere(LookupError):
    """There is no such second reading for this actor, or it is decided."""


def review_responses(*, actor: Actor, now: datetime, draw: Callable[[], float] = DRAW, limit: int = BATCH) -> int:
    """Look at reports that went the way of family support and that nobody looked at yet; returns at how many.

    What happened to this child before, or cannot be known, goes back to the ordinary path at once. Of the others a
    random share waits for a second reader; where there is no second reader, the drawn one goes back, too.
    Raises NotAllowed: the actor is not the clock.
    """
    if not policy.may_review_responses(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        rows = queries.claim_unreviewed(limit)
        for signal in rows:
            _review(actor, signal, Finder(now), draw)
    return len(rows)


def _review(actor: Actor, signal: Signal, finder: Finder, draw: Callable[[], float]) -> None:
    reader, state = None, rules.PASSED
    if queries.happened_before(signal):
        state = rules.RETURNED
    elif draw() * 100 < int(rules.PUNISHMENT.more["sample"]):
        reader = _reader(signal, finder)
        state = rules.WAITING if reader else rules.RETURNED
    stream = dossier_stream(signal.dossier_id)
    codes = {"facet": Facet.OBLIGATIONS, "state": state, "unit": reader.pk if reader else None}
    with act(verb="review_response", stream=stream, now=finder.at, codes=codes):
        decided = finder.at if state == rules.RETURNED else None
        ResponseReview.objects.create(
            id=uuid4(), dossier_id=signal.dossier_id, state=state, unit=reader, drawn_at=finder.at, decided_at=decided
        )
        if reader is not None:
            _let_read(actor, signal, reader, finder.at)
    if state == rules.RETURNED:
        _ordinary(actor, signal, finder)


def decide_second_reading(*, actor: Actor, dossier: UUID, agrees: bool, now: datetime) -> ResponseReview:
    """Confirm that there is no danger, or return the report to the ordinary path; by the second reader's unit alone.

    Raises ReadingNotThere; NotAllowed for a person who also sits in the unit that leads the file.
    """
    with transaction.atomic():
        row = queries.reading(actor, dossier, lock=True)
        if row is None:
            raise ReadingNotThere
        if queries.sits_in_lead(actor, dossier, now):
            raise policy.NotAllowed
        row.state, row.decided_at = (rules.CONFIRMED if agrees else rules.RETURNED), now
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "state": row.state}
        with act(verb="decide_second_reading", stream=dossier_stream(dossier), now=now, codes=codes):
            row.save(update_fields=["state", "decided_at"])
        if not agrees:
            _ordinary(actor, Signal.objects.get(dossier=dossier), Finder(now))
    return row


def _reader(signal: Signal, finder: Finder) -> Unit | None:
    """Return the unit of another coordinator: the region's, else the nation's; never the one that leads the file."""
    lead = Dossier.objects.values_list("lead_unit_id", flat=True).get(pk=signal.dossier_id)
    for function in ("coordination_region", "coordination_nation"):
        unit = finder.obliged(signal.dossier_id, function, signal.territory_id, ()).unit
        if unit and unit.pk != lead and post_holders(unit, finder.at).exists():
            return unit
    return None


def _let_read(actor: Actor, signal: Signal, reader: Unit, now: datetime) -> None:
    dossier = signal.dossier_id
    if reader.pk not in {member.unit_id for member in team_of([dossier])}:
        add_member(dossier=dossier, member=TeamMember("overseeing", unit_id=reader.pk, reason="second_reading"))
    link = queries.SECOND_READINGS
    notify(actor=actor, units=[reader.pk], code="second_reading", link=link, dossier=dossier, now=now)


def _ordinary(actor: Actor, signal: Signal, finder: Finder) -> None:
    """Raise what the report would have raised. Limits run from now: nobody is late before they were asked.

    The urgency is left out: whoever must see the child owes that already, on either path.
    """
    school = signal.school_id if signal.suspect_works != "school" else None
    clinic = signal.clinic_id if signal.suspect_works != "clinic" else None
    units = {"school_of_the_child": school, "clinic_of_the_child": clinic}
    codes = {
        "reporter": rules.DOORS[signal.door].more["reporter"],
        "concern": rules.concern_codes(signal.concerns, rules.ORDINARY),
        "way": "direct",
        "school": "known" if school else "unknown",
        "clinic": "known" if clinic else "unknown",
        "safe": signal.safe_now,
        "injury": "none",
        "institution": "none",
        "suspect": signal.suspect or "unknown",
        "statement": signal.statement or "not_said",
        "response": rules.ORDINARY,
    }
    raise_for(
        actor=actor,
        dossier=signal.dossier_id,
        event="report_signal",
        codes=codes,
        territory=signal.territory_id,
        from_moment=finder.at,
        now=finder.at,
        units={role: unit for role, unit in units.items() if unit},
        finder=finder,
    )
