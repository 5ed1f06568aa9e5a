"""A file that owes the same twice, because a signal joined it, owes it once: the duty that arose first stays."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.obligations import policy, rules
from arasha.obligations.actions.ending import put_in_place
from arasha.obligations.actions.holding import Why
from arasha.obligations.models import Obligation


def supersede_equal(*, actor: Actor, dossier: UUID, now: datetime) -> list[UUID]:
    """Let the duty that arose first take the place of equal ones that arose later in the same file; returns these.

    Equal are duties of one unit for one step of one version of a procedure in one place, about one thing. Nothing may
    become weaker by it: the first must be running, due no later, and notices must have reached the unit, or whoever
    told would not hear that theirs did not. Else both stay, and so does what this actor may not decide about (what
    the own unit owes): whoever supervises may `supersede` it.

    Raises:
        NotAllowed: the actor acts in no post.
    """
    if not policy.may_raise(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        first, replaced = dict[tuple[Any, ...], Obligation](), list[UUID]()
        for row in _running(actor, dossier):
            earlier = first.setdefault((row.protocol_id, row.step, row.about, row.unit_id, row.territory), row)
            if earlier is not row and _covers(earlier, row) and policy.may_replace(actor, row):
                put_in_place(actor, row, earlier, Why(rules.Said.SUPERSEDED, "same_duty"), now)
                replaced.append(row.id)
    return replaced


def _running(actor: Actor, dossier: UUID) -> list[Obligation]:
    """Lock the file's duties that somebody owes and whose time counts; return them as they arose."""
    running = policy.visible_to(actor).filter(dossier=dossier, state__in=[state.value for state in rules.RUNNING])
    ids = list(running.exclude(unit=None).values_list("pk", flat=True))
    locked = Obligation.objects.filter(pk__in=ids, state__in=[state.value for state in rules.RUNNING]).order_by("id")
    return sorted(locked.select_for_update(of=("self",)), key=lambda row: (row.raised_at, row.from_moment, str(row.id)))


def _covers(earlier: Obligation, row: Obligation) -> bool:
    """Say whether nothing is owed later and nobody is told less when the earlier duty stands for this one, too."""
    arrived = all(not one.number or one.delivered_at for one in (earlier, row))
    return arrived and earlier.due_now <= row.due_now
