"""Sessions of supervision: one's own, those of the unit by their dates, and what the two wrote."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import workers_of
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import supervisor_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import Scope
from arasha.workforce import policy
from arasha.workforce.models import Reflection, Supervision


def partners(actor: Actor, now: datetime) -> list[int]:
    """Return who may sit in a session that the actor plans: the own unit and the unit above."""
    unit = Unit.objects.filter(pk=actor.unit_id or 0).first()
    if unit is None:
        return []
    above = supervisor_of(unit, now)
    return list(dict.fromkeys([*workers_of(unit, now), *(workers_of(above, now) if above else [])]))


def own_sessions(actor: Actor, *, past: bool) -> QuerySet[Supervision]:
    """Return the actor's sessions: those to come and those nobody settled, the oldest first; or those that are over."""
    rows = policy.sessions_of(actor)
    if past:
        return rows.exclude(state="planned").order_by("-starts_at", "id")
    return rows.filter(state="planned").order_by("starts_at", "id")


def unit_sessions(actor: Actor, now: datetime, *, past: bool) -> QuerySet[Supervision]:
    """Return the sessions of others in the unit that the actor heads, in the same order; for nobody else any."""
    if actor.unit_id is None or not policy.heads(actor, actor.unit_id, now):
        return Supervision.objects.none()
    rows = Supervision.objects.filter(unit=actor.unit_id).exclude(worker=actor.user_id)
    rows = rows.exclude(supervisor=actor.user_id)
    if past:
        return rows.exclude(state="planned").order_by("-starts_at", "id")
    return rows.filter(state="planned").order_by("starts_at", "id")


def missed_twice(row: Supervision) -> bool:
    """Say whether the two missed this session and the one before it; one that was moved counts as none."""
    before = Supervision.objects.filter(worker=row.worker_id, supervisor=row.supervisor_id, starts_at__lt=row.starts_at)
    last = before.filter(state__in=["kept", "missed"]).order_by("-starts_at").first()
    return row.state == "missed" and last is not None and last.state == "missed"


@sensitive_variables()
def reflections(actor: Actor, session: Supervision) -> list[tuple[Reflection, str]]:
    """Return what the two wrote of a session, the first first; nothing for anybody else."""
    if actor.user_id not in {session.worker_id, session.supervisor_id}:
        return []
    rows = Reflection.objects.filter(session=session).order_by("written_at", "id")
    return [(row, open_text(row.sealed, row=str(row.pk), **place_of_reflection(session.pk))) for row in rows]


def place_of_reflection(session: UUID) -> dict[str, Any]:
    """Return where the words of a session are sealed: under a key of this session's own, in no file."""
    return {"scope": Scope("person", session, "narrative"), "table": "workforce_reflection", "column": "sealed"}
