"""Silence becomes visible: an obligation falls due, and climbs its ladder rung by rung."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.obligations import policy, queries, rules
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
    """Claim obligations whose moment has passed and look after each; run it again while it claims any.

    The claim is the row lock: it ends with the transaction, so a sweeper that dies gives everything back, and others
    skip what is claimed. Each obligation has its own savepoint: one that fails is postponed by a quarter of an hour
    and reported, the rest goes on.

    Raises:
        NotAllowed: the actor is not the sweeper.
    """
    if not policy.may_climb(actor):
        raise policy.NotAllowed
    postponed: list[UUID] = []
    with transaction.atomic():
        finder = queries.Finder(now)
        claim = Obligation.objects.filter(next_check_at__lt=now).order_by("next_check_at")
        claim = claim.select_related("unit__parent").prefetch_related("escalations")
        claimed = list(claim.select_for_update(skip_locked=True, of=("self",))[:limit])
        # All sweepers lock the files' streams in one order; two batches in different orders could wait for each other.
        for obligation in sorted(claimed, key=lambda row: str(row.dossier_id)):
            try:
                with transaction.atomic():
                    climb(actor=actor, obligation=obligation, now=now, finder=finder)
            except Exception as failure:  # whatever it is, the others must not wait for it
                log.exception(
                    "a sweep failed", extra={"obligation": str(obligation.id), "kind": type(failure).__name__}
                )
                _postpone(obligation.id, obligation.dossier_id, now)
                postponed.append(obligation.id)
    return Swept(len(claimed), len(claimed) - len(postponed), tuple(postponed))


def climb(
    *, actor: Actor, obligation: Obligation, now: datetime, finder: queries.Finder | None = None
) -> list[Escalation]:
    """Take the next step of one claimed obligation: it falls due, or silence reaches the next rung, or both.

    A rung without a body, without anybody in it, or with nobody who may know of the file is noted and passed; the
    next takes its turn at the same moment. Facts are dated when they became due, not when this ran.

    Raises:
        NotAllowed: the actor is not the sweeper.
        TransitionForbidden: the obligation is met.
    """
    if not policy.may_climb(actor):
        raise policy.NotAllowed
    state = rules.State(obligation.state)
    falls_due = state is rules.State.OPEN and obligation.due_at < now
    state = rules.after(state, rules.Event.FALL_DUE if falls_due else rules.Event.CLIMB)
    done = {row.rung for row in obligation.escalations.all()}
    ladder = [rules.Planned.from_json(codes) for codes in obligation.ladder]
    tried = _try_rungs(obligation, rules.due_rungs(ladder, done, now), finder or queries.Finder(now))
    stream = dossier_stream(obligation.dossier_id)
    verb = "obligation_overdue" if falls_due else "escalate_obligation"
    with act(verb=verb, stream=stream, now=now, codes=_codes(obligation, tried)):
        for escalation in tried:
            escalation.save(force_insert=True)
            if escalation.outcome == rules.Outcome.TOLD:
                _tell(actor, obligation, escalation, now)
                obligation.rung = escalation.rung
        if falls_due:
            _notify(actor, obligation, obligation.unit_id, "duty_overdue", now)
        obligation.state = state.value
        still_open = obligation.due_at if state is rules.State.OPEN else None
        obligation.next_check_at = rules.next_check(ladder, {*done, *(row.rung for row in tried)}, still_open)
        obligation.save(update_fields=["state", "rung", "next_check_at"])
    return tried


def _tell(actor: Actor, obligation: Obligation, escalation: Escalation, now: datetime) -> None:
    member = TeamMember("overseeing", unit_id=escalation.unit_id, reason="escalation")
    add_member(dossier=obligation.dossier_id, member=member)
    _notify(actor, obligation, escalation.unit_id, "duty_escalated", now)


def _notify(actor: Actor, obligation: Obligation, unit: int | None, code: str, now: datetime) -> None:
    if unit is not None:
        link = queries.link(obligation.id)
        notify(actor=actor, units=[unit], dossier=obligation.dossier_id, code=code, link=link, now=now)


def _try_rungs(obligation: Obligation, rungs: list[rules.Planned], finder: queries.Finder) -> list[Escalation]:
    """Return what becomes of the rungs, up to the first that can be told."""
    tried: list[Escalation] = []
    told_before = {row.unit_id for row in obligation.escalations.all() if row.outcome == rules.Outcome.TOLD}
    taken = told_before | {obligation.unit_id}
    for planned in rungs:
        found = finder.rung(obligation, planned.function)
        outcome = rules.Outcome.SAME if found.unit and found.unit.id in taken else found.outcome
        told = outcome is rules.Outcome.TOLD
        tried.append(
            Escalation(
                obligation=obligation,
                dossier_id=obligation.dossier_id,
                rung=planned.rung,
                outcome=outcome.value,
                unit=found.unit if told else None,
                fell_due_at=rungs[0].at,
                noticed_at=finder.at,
            )
        )
        if told:
            break
    return tried


def _codes(obligation: Obligation, tried: list[Escalation]) -> dict[str, Any]:
    return {
        "facet": Facet.OBLIGATIONS,
        "obligation": str(obligation.id),
        "unit": obligation.unit_id,
        "due_at": obligation.due_at.isoformat(),
        "rungs": [
            {
                "rung": row.rung,
                "outcome": str(row.outcome),
                "unit": row.unit_id,
                "fell_due_at": row.fell_due_at.isoformat(),
            }
            for row in tried
        ],
    }


def _postpone(obligation: UUID, dossier: UUID, now: datetime) -> None:
    """Let a failing obligation wait. Where even that fails, its savepoint ends alone and the next sweep tries again."""
    until = now + POSTPONED_BY
    codes = {"facet": Facet.OBLIGATIONS, "obligation": obligation, "until": until}
    try:
        with transaction.atomic(), act(verb="postpone_check", stream=dossier_stream(dossier), now=now, codes=codes):
            Obligation.objects.filter(pk=obligation).update(next_check_at=until)
    except DatabaseError as failure:
        log.exception("a postponement failed", extra={"obligation": str(obligation), "kind": type(failure).__name__})
