"""Bodies and units: what one administrator proposes and another confirms, and what an installation does at once."""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from arasha.administration import queries
from arasha.administration.actions.calling import call
from arasha.administration.actions.telling import tell_administrators
from arasha.administration.policy import require_administration
from arasha.administration.rules.proposals import EXPIRES
from arasha.administration.rules.structure import Do, Step, findable
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import Stream, body_stream, configuration_stream

STREAM = configuration_stream("bodies")


class StillPointed(Exception):
    """A unit can't end while this much still rests on it; `counts` are numbers by kind, never names."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        super().__init__(dict(counts))
        self.counts = counts


class Findable(Exception):
    """A protected body, or a unit of one, would lie below a region, where it could be found; `code` names it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def propose_structure(*, actor: Actor, now: datetime, steps: Sequence[Step], place: str = "") -> uuid.UUID:
    """Propose changes of bodies, units and posts, to be carried out whole when a second person confirms them.

    `place` is whose administrators decide: the unit's own for a single step, else the actor's. Raises NotAllowed,
    NotThere outside one's territory, Refused for one's own unit or body, Conflict while something is proposed of the
    same body or unit, StillPointed for a unit that leads files or owes duties, Findable for what would find a refuge.
    """
    require_administration(actor)
    if not steps:
        raise NotThere
    if near := findable(steps, *queries.lying(steps)):
        raise Findable(near)
    proposal, unit = uuid.uuid4(), _unit_of(steps)
    require_free(steps, now)
    where = place or (unit.territory_id if unit else actor.territory)
    with transaction.atomic():
        codes = {"proposal": proposal, "steps": len(steps)} | ({"unit": unit.pk} if unit else {})
        with journal.act(verb="propose_structure", stream=stream_of(unit), now=now, codes=codes):
            call(
                "propose_structure",
                *(proposal, where, unit.pk if unit else None, json.dumps([step.to_json() for step in steps]), EXPIRES),
                casts="%s::uuid, %s, %s::integer, %s::jsonb, %s::interval",
            )
        tell_administrators(actor=actor, place=where, code="structure_proposed", now=now)
    return proposal


def require_free(steps: Sequence[Step], now: datetime) -> None:
    """Raise StillPointed when a unit that is to end leads files or owes duties: these are handed over by who works."""
    ending = [step.unit for step in steps if step.do == Do.END_UNIT]
    for unit in Unit.objects.filter(code__in=ending):
        counts = {kind: count for kind, count in queries.owed_by(unit.pk).items() if count}
        if counts:
            raise StillPointed(counts)


def stream_of(unit: Unit | None) -> Stream:
    """Return whose chain a change of structure stands in: the body's, or that of the structure as a whole."""
    return body_stream(unit.body_id) if unit else STREAM


def _unit_of(steps: Sequence[Step]) -> Unit | None:
    """Return the one unit that a single step is about, None for more and for what is made."""
    return Unit.objects.filter(code=steps[0].unit).first() if len(steps) == 1 and steps[0].unit else None
