"""Who else is thought of when harm was done in an institution: named, and decided on one by one."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.cases import queries, rules
from arasha.cases.actions.entering import acting_unit, require_writing
from arasha.cases.actions.framing import DecidedBefore, WordsMissing
from arasha.cases.actions.leading import FileNotThere
from arasha.cases.models import Considered
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream


def name_considered(
    *, actor: Actor, dossier: UUID, kind: str, called: str, now: datetime, by_name: bool = True
) -> Considered:
    """Write down another child who may be affected, or a colleague who may have known; a group where no name is known.

    Raises FileNotThere, WordsMissing; UnknownCode for a kind of no list.
    """
    rules.CONSIDERED[kind]
    if not called.strip():
        raise WordsMissing
    with transaction.atomic():
        require_writing(actor, dossier, Facet.OBLIGATIONS)
        facet = queries.facet_for_considered(dossier)
        told = {"facet": facet, "unit": actor.unit_id, "kind": kind}
        with act(verb="name_considered", stream=dossier_stream(dossier), now=now, codes=told):
            row = Considered(id=uuid4(), dossier_id=dossier, facet=int(facet), kind=kind, by_name=by_name)
            row.called, row.named_at, row.named_by_id = " ".join(called.split())[:200], now, acting_unit(actor)
            row.save(force_insert=True)
    return row


def decide_considered(
    *, actor: Actor, dossier: UUID, considered: UUID, way: str, reason: str, now: datetime
) -> Considered:
    """Say how somebody was considered and what came of it, or why they could not be.

    Raises FileNotThere, DecidedBefore, ConsideredDoesNotFit; UnknownCode for a code of no list.
    """
    with transaction.atomic():
        row = queries.considered_one(dossier, considered)
        if row is None:
            raise FileNotThere
        rules.check_considered(row.kind, way, reason)
        require_writing(actor, row.dossier_id, Facet(row.facet))
        row = Considered.objects.select_for_update(of=("self",)).get(pk=considered)
        if row.reason:
            raise DecidedBefore
        told = {"facet": Facet(row.facet), "unit": actor.unit_id, "kind": row.kind, "reason": reason}
        with act(verb="decide_considered", stream=dossier_stream(row.dossier_id), now=now, codes=told):
            row.way, row.reason, row.decided_at, row.unit_id = way, reason, now, acting_unit(actor)
            row.save(update_fields=["way", "reason", "decided_at", "unit"])
    return row
