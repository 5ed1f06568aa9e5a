"""Debriefs: an operator's own, those that a supervisor was asked for, sums of the unit; words for two persons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy
from arasha.helpline.models import Debrief, DebriefWords
from arasha.helpline.queries.supervising import heads, seats_above
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed


@dataclass(frozen=True)
class Load:
    """The unit's debriefs as workload: sums, never whose."""

    owed: int
    asked: int
    held: int
    late: int


def debrief_place(words: UUID) -> dict[str, Any]:
    """Return where words of a debrief lie sealed: under a key of their own, in nobody's file."""
    return {"scope": Scope("dossier", words, "narrative"), "table": "helpline_debriefwords", "column": "sealed"}


def own_debriefs(actor: Actor) -> list[Debrief]:
    """Return what is owed to the actor, and what was held, the latest first."""
    if not policy.may_answer(actor):
        return []
    rows = Debrief.objects.filter(operator=actor.user_id, unit=actor.unit_id)
    return list(rows.select_related("contact").order_by("-owed_at", "id")[:50])


def asked_debriefs(actor: Actor) -> list[Debrief]:
    """Return the talks that the actor was asked for, the one due first."""
    if not policy.may_supervise(actor):
        return []
    rows = Debrief.objects.filter(supervisor=actor.user_id, state__in=["asked", "held"])
    return list(rows.order_by("-state", "due_at", "id")[:50])


def debrief_of_two(actor: Actor, debrief: UUID) -> Debrief | None:
    """Return a debrief in which the actor is one of the two."""
    if not policy.may_answer(actor):
        return None
    mine = Q(operator=actor.user_id, unit=actor.unit_id) | Q(supervisor=actor.user_id)
    return Debrief.objects.filter(mine, pk=debrief).first()


@sensitive_variables()
def debrief_words(actor: Actor, rows: Sequence[Debrief], now: datetime) -> dict[UUID, list[tuple[int, datetime, str]]]:
    """Return (author, when, words) of debriefs, for the two alone; words whose day has come are not shown."""
    mine = [row.pk for row in rows if actor.user_id in {row.operator_id, row.supervisor_id}]
    said = list(DebriefWords.objects.filter(debrief__in=mine, until__gt=now).order_by("at", "id"))
    words = open_many([Sealed(bytes(one.sealed), row=str(one.pk), **debrief_place(one.pk)) for one in said])
    found: dict[UUID, list[tuple[int, datetime, str]]] = {}
    for one, text in zip(said, words, strict=True):
        if text is not None:
            found.setdefault(one.debrief_id, []).append((one.author_id, one.at, text))
    return found


def debriefers(actor: Actor, now: datetime) -> list[tuple[int, str]]:
    """Return who may be asked for a talk: the unit's heads and who sits in the helpline above, never the actor."""
    unit = Unit.objects.filter(pk=actor.unit_id or 0).first()
    if unit is None:
        return []
    seats = [*heads(unit, now), *seats_above(unit, now)]
    names = names_of({post.holder_id for post in seats if post.holder_id and post.holder_id != actor.user_id})
    return sorted(names.items(), key=lambda pair: pair[1])


def debrief_load(actor: Actor, now: datetime, since: datetime) -> Load | None:
    """Count the unit's debriefs since a moment, for who supervises it; None for anybody else."""
    if not policy.may_supervise(actor):
        return None
    rows = Debrief.objects.filter(unit__in=policy.supervised_units(actor), owed_at__gte=since)
    return Load(
        **rows.aggregate(
            owed=Count("pk"),
            asked=Count("pk", filter=Q(state="asked")),
            held=Count("pk", filter=Q(state="held")),
            late=Count("pk", filter=Q(state="asked", due_at__lte=now)),
        )
    )
