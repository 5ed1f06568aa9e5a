"""Who sees whose load and leave, and who arranges it. The database asks again (migration 0002)."""

from datetime import datetime

from django.db.models import Q, QuerySet

from arasha.cases.queries import heads_of, may_assign
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.rules import lies_in
from arasha.workforce.models import Leave, Supervision

SEE = "see_team"
# Who sees the load of the units of their territory, too.
ABOVE = frozenset({"coordination_district", "coordination_region"})
CARE = "care"


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def heads(actor: Actor, unit: int, now: datetime) -> bool:
    """Say whether the actor answers for a unit: holds its head's post, or any while it has no head."""
    if actor.post_id is None or actor.unit_id != unit:
        return False
    found = {post.pk for post in heads_of(unit, now)}
    return not found or actor.post_id in found


def may_see_team(actor: Actor, unit: Unit, now: datetime) -> bool:
    """Say whether the actor sees the load of each worker of a unit: its head, and coordination of the place."""
    if not allows(actor, SEE):
        return False
    if heads(actor, unit.pk, now):
        return True
    return bool(actor.functions & ABOVE) and lies_in(unit.territory_id, actor.territory)


def may_plan(actor: Actor, worker: int, now: datetime) -> bool:
    """Say whether the actor plans a leave of a worker of the own unit: the worker, and who heads the unit."""
    if not allows(actor, SEE) or actor.unit_id is None:
        return False
    return actor.user_id == worker or heads(actor, actor.unit_id, now)


def may_give(actor: Actor, now: datetime) -> bool:
    """Say whether the actor gives cases of the own unit to its workers."""
    return actor.unit_id is not None and may_assign(actor, actor.unit_id, now)


def may_care(actor: Actor) -> bool:
    """Say whether this is the clock's work on leads."""
    return actor.is_system and actor.purpose == CARE


def visible_to(actor: Actor) -> QuerySet[Leave]:
    """Return the leaves of the actor's unit; the database holds the same line."""
    return Leave.objects.all() if may_care(actor) else Leave.objects.filter(unit=actor.unit_id or 0)


def may_supervise(actor: Actor, worker: int, supervisor: int) -> bool:
    """Say whether the actor plans a session of these: one of the two, who has a team."""
    return allows(actor, SEE) and actor.unit_id is not None and actor.user_id in {worker, supervisor}


def sessions_of(actor: Actor) -> QuerySet[Supervision]:
    """Return the actor's own sessions of supervision, whichever of the two they are."""
    user = actor.user_id or 0
    return Supervision.objects.filter(Q(worker=user) | Q(supervisor=user))
