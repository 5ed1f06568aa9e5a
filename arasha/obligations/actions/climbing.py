"""Silence becomes visible: an obligation falls due, and climbs its ladder rung by rung."""

import json
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify_many
from arasha.obligations import policy, queries
from arasha.obligations.actions.stepping import worked_out
from arasha.obligations.models import Escalation, Obligation

log = logging.getLogger(__name__)
BATCH = 100
POSTPONED_BY = timedelta(minutes=15)


@dataclass(frozen=True)
class Swept:
    """What one batch did: obligations claimed, of these looked after, and those that failed and wait."""

    claimed: int
    climbed: int
    postponed: tuple[UUID, ...]


def sweep_batch(*, actor: Actor, now: datetime, limit: int = BATCH) -> Swept:
    """Claim obligations whose moment has passed and look after them; run it again while it claims any.

    The claim is the row lock: it ends with the transaction, so a sweeper that dies gives everything back, and others
    skip what is claimed. The batch is written down together. When that fails, nothing of it stands, and each
    obligation is looked after alone, in a savepoint of its own: one that fails is postponed by a quarter of an hour
    and reported, the rest goes on.

    Raises:
        NotAllowed: the actor is not the sweeper.
    """
    if not policy.may_climb(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        claimed = queries.claim_due(now, limit)
        try:
            with transaction.atomic():
                _climb(actor, claimed, queries.Finder(now))
            postponed: list[UUID] = []
        except Exception:  # who it was, and why, shows itself and is reported below
            postponed = _one_by_one(actor, claimed, now)
    return Swept(len(claimed), len(claimed) - len(postponed), tuple(postponed))


def climb(*, actor: Actor, obligation: Obligation, now: datetime) -> list[Escalation]:
    """Take the next step of one claimed obligation: it falls due, or silence reaches the next rung, or both.

    A rung without a body, without anybody in it, or with nobody who may know of the file is noted and passed; the
    next takes its turn at the same moment. Facts are dated when they became due, not when this ran.

    Raises:
        NotAllowed: the actor is not the sweeper.
        TransitionForbidden: the obligation is met.
    """
    if not policy.may_climb(actor):
        raise policy.NotAllowed
    return _climb(actor, [obligation], queries.Finder(now))


def _climb(actor: Actor, obligations: Collection[Obligation], finder: queries.Finder) -> list[Escalation]:
    """Work out each obligation's step, write all down, an act each, and let those know who must."""
    steps = worked_out(obligations, finder)
    if steps:
        with connection.cursor() as cursor:
            written = json.dumps([step.to_json() for step in steps])
            cursor.execute("SELECT obligations.apply_sweep(%s::jsonb, %s::timestamptz)", [written, finder.at])
        notices = [notice for step in steps for notice in step.notices()]
        notify_many(actor=actor, notices=notices, now=finder.at)
    return [row for step in steps for row in step.tried]


def _one_by_one(actor: Actor, obligations: Collection[Obligation], now: datetime) -> list[UUID]:
    """Look after each obligation in a savepoint of its own; returns those that failed and were postponed."""
    postponed: list[UUID] = []
    for obligation in obligations:
        try:
            with transaction.atomic():
                _climb(actor, [obligation], queries.Finder(now))
        except Exception as failure:  # whatever it is, the others must not wait for it
            log.exception("a sweep failed", extra={"obligation": str(obligation.id), "kind": type(failure).__name__})
            _postpone(obligation.id, obligation.dossier_id, now)
            postponed.append(obligation.id)
    return postponed


def _postpone(obligation: UUID, dossier: UUID, now: datetime) -> None:
    """Let a failing obligation wait. Where even that fails, its savepoint ends alone and the next sweep tries again."""
    until = now + POSTPONED_BY
    codes = {"facet": Facet.OBLIGATIONS, "obligation": obligation, "until": until}
    try:
        with transaction.atomic(), act(verb="postpone_check", stream=dossier_stream(dossier), now=now, codes=codes):
            Obligation.objects.filter(pk=obligation).update(next_check_at=until)
    except DatabaseError as failure:
        log.exception("a postponement failed", extra={"obligation": str(obligation), "kind": type(failure).__name__})
