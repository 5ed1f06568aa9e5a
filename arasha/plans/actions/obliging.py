"""What a plan obliges bodies to: an action of theirs by its day, and going through the plan again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor
from arasha.obligations import queries as obligations
from arasha.obligations.actions import raise_for, take_back
from arasha.obligations.actions import settle as settle_duty
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED, Named, State
from arasha.plans.models import ChildPlan, PlanAction

ACTION, REVIEW = "agree_action", "agree_plan"
CHANGED = "plan_changed"


def oblige_at_once(actor: Actor, row: PlanAction, words: str, now: datetime) -> None:
    """Let an action that can't wait for the agreement oblige its unit now, once."""
    if obligations.about([row.root]).get(row.root) is None:
        oblige(actor, row, words, now)


def oblige(actor: Actor, row: PlanAction, words: str, now: datetime) -> None:
    """Let an action of a unit oblige it until its day."""
    named = Named(unit=row.owner_unit_id, until=row.due_on, about=row.root, asked=words)
    _raised(actor, row.dossier_id, ACTION, named, now)


def settle(actor: Actor, row: PlanAction, words: str, before: tuple[Any, ...] | None, now: datetime) -> None:
    """Make what is owed for an agreed action what the plan says now.

    `before`: owner, day and words of the version before; where nothing changed the duty stays as it is. A changed one
    is owed anew and the earlier duty is taken back. What is met, or was passed on meanwhile, is left as it is.
    """
    duty = obligations.about([row.root]).get(row.root)
    if duty is None:
        oblige(actor, row, words, now)
    elif before is not None and before != (row.owner_unit_id, row.due_on, words) and _is_owed(duty):
        take_back(actor=actor, obligation=duty.pk, reason=CHANGED, now=now)
        oblige(actor, row, words, now)


def let_go(actor: Actor, roots: list[UUID], now: datetime) -> list[UUID]:
    """Take back what is owed for actions that the plan has no more; returns those that stay owed.

    An own late duty stays: its lateness is a supervisor's to end, and no new plan ends it.
    """
    left = []
    for root, duty in obligations.about(roots).items():
        if not _is_owed(duty):
            continue
        if duty.unit_id == actor.unit_id and duty.due_now < now:
            left.append(root)
        else:
            take_back(actor=actor, obligation=duty.pk, reason=CHANGED, now=now)
    return left


def oblige_review(actor: Actor, plan: ChildPlan, review_on: date, now: datetime) -> None:
    """Let who leads the file owe that the plan is gone through again on its day."""
    lead = Dossier.objects.values_list("lead_unit_id", flat=True).get(pk=plan.dossier_id)
    named = Named(unit=lead or actor.unit_id, until=review_on, about=plan.pk)
    _raised(actor, plan.dossier_id, REVIEW, named, now)


def review_done(actor: Actor, plan: UUID, words: str, now: datetime) -> None:
    """End the duty of going through a plan again: met by who owes it, over where it had been passed on to another."""
    duty = obligations.about([plan]).get(plan)
    if duty is not None and _is_owed(duty):
        settle_duty(actor=actor, obligation=duty.pk, answer=words, outcome="", now=now)


def _is_owed(duty: Obligation) -> bool:
    return State(duty.state) in OWED


def _raised(actor: Actor, dossier: UUID, event: str, named: Named, now: datetime) -> None:
    territory = Dossier.objects.values_list("territory_id", flat=True).get(pk=dossier)
    raise_for(
        actor=actor,
        dossier=dossier,
        event=event,
        codes={},
        territory=territory or "",
        from_moment=now,
        now=now,
        sealed_actor=False,
        named=named,
    )
