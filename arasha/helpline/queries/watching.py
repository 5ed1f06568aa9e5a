"""What a supervisor's wall counts, past contacts, and call-backs. Counts and codes only; no word of a contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from arasha.helpline import policy, rules
from arasha.helpline.models import CallBack, Contact, Presence
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local


@dataclass(frozen=True)
class Wall:
    """The day so far, and this moment."""

    offered: int
    answered: int
    abandoned: int
    missed: int
    waiting: int
    longest: timedelta | None
    danger: int
    there: int
    call_backs: int


@dataclass(frozen=True)
class Held:
    """A contact that somebody is in: who, since when."""

    contact: Contact
    operator: str
    since: datetime
    here: bool


def wall(actor: Actor, units: Sequence[int], now: datetime) -> Wall:
    """Count the contacts of units that the actor watches over: of today, and of now."""
    own = policy.visible_to(actor).filter(unit__in=units)
    start = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    day = own.filter(began_at__gte=start).aggregate(
        offered=Count("pk"),
        answered=Count("pk", filter=Q(taken_at__isnull=False)),
        abandoned=Count("pk", filter=Q(kind="abandoned", taken_at=None)),
        missed=Count("pk", filter=Q(kind__in=["missed", "outside_hours"])),
    )
    live = own.exclude(state="ended").aggregate(
        waiting=Count("pk", filter=Q(state="waiting")),
        first=Min("waiting_since", filter=Q(state="waiting")),
        danger=Count("pk", filter=Q(danger="not_safe")),
    )
    there = Presence.objects.filter(unit__in=units, seen_at__gte=now - rules.LOST).count()
    rings = CallBack.objects.filter(unit__in=units, state__in=["waiting", "taken"]).count()
    longest = now - live["first"] if live["first"] else None
    return Wall(**day, waiting=live["waiting"], longest=longest, danger=live["danger"], there=there, call_backs=rings)


def held(actor: Actor, units: Sequence[int], now: datetime) -> list[Held]:
    """Return who is in which contact: danger first, then the longest."""
    rows = policy.visible_to(actor).filter(unit__in=units, state__in=["open", "wrap_up"])
    found = list(rows.select_related("operator", "joined", "unit").order_by("taken_at", "id")[:MOST])
    names = names_of({row.operator.holder_id for row in found if row.operator and row.operator.holder_id})
    seen = set(Presence.objects.filter(unit__in=units, seen_at__gte=now - rules.LOST).values_list("post", flat=True))
    made = [
        Held(
            row,
            names.get((row.operator and row.operator.holder_id) or 0, "–"),
            row.taken_at or row.began_at,
            row.operator_id in seen,
        )
        for row in found
    ]
    return sorted(made, key=lambda one: one.contact.danger != "not_safe")


MOST = 200


def past(actor: Actor, asked: dict[str, list[str]]) -> QuerySet[Contact]:
    """Return the ended contacts of the actor's unit, narrowed by codes: channel, kind, danger, region, age."""
    rows = policy.visible_to(actor).filter(unit=actor.unit_id, state="ended").select_related("region")
    narrowed: dict[str, Any] = {f"{name}__in": values for name, values in asked.items() if name in FILTERS and values}
    return rows.filter(**narrowed)


FILTERS = ("channel", "kind", "danger", "caller", "age")


def call_backs(actor: Actor) -> list[CallBack]:
    """Return the call-backs of the actor's unit that are not over: the actor's own first, then by when they are due."""
    own = CallBack.objects.filter(unit=actor.unit_id, contact__in=policy.visible_to(actor))
    live = own.filter(state__in=["waiting", "taken"]).select_related("contact", "operator")
    rows = list(live.order_by("due_at", "id")[:MOST])
    return sorted(rows, key=lambda row: row.operator_id != actor.post_id)


def due_to_ring(now: datetime) -> list[Contact]:
    """Return the waiting contacts that supervisors are rung for this minute. For the clock.

    Who is in danger at once and every five minutes, the others after five minutes and every five; of each unit the
    few who have waited longest (`rules.rung_for`).
    """
    waiting = Contact.objects.filter(state="waiting").order_by("began_at", "id")
    return rules.rung_for([row for row in waiting if _rings(row, now)])


def _rings(row: Contact, now: datetime) -> bool:
    since = row.waiting_since or row.began_at
    if row.danger == "not_safe":
        since = max(since, row.danger_at or since)
    minutes = int((now - since).total_seconds() // 60)
    every = int(rules.AGAIN.total_seconds() // 60)
    return minutes % every == 0 and (row.danger == "not_safe" or now - since >= rules.LONG_WAIT)
