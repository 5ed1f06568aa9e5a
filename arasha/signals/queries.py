"""Reading signals: the queue, one signal with its words, and whom a report would reach."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.kernel.access.models import Bar, Body, Post, Unit
from arasha.kernel.access.queries import bars_of, body_for, names_of, post_holders, supervisor_of, team_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed
from arasha.signals.models import Signal, SignalText
from arasha.signals.policy import visible_to

# Coordination is a function resolved per territory and date: the nearest level that exists answers.
COORDINATION = ("coordination_district", "coordination_region", "coordination_nation")
TEXT_FACETS = {"narrative": "narrative", "whereabouts": "contacts", "must_not_know": "contacts"}

__all__ = [
    "barred_from",
    "close_to",
    "coordination_of",
    "find",
    "link",
    "queue",
    "scope_of",
    "texts_of",
    "visible_to",
    "waiting",
    "waiting_count",
    "would_be_told",
]


def coordination_of(territory: str, at: datetime) -> Unit | None:
    """Return the unit that coordinates a territory on that date, or None when no level has one."""
    return next((unit for function in COORDINATION if (unit := body_for(function, territory, at))), None)


def would_be_told(territory: str, at: datetime) -> list[tuple[int, str]]:
    """Return (user id, name) of those whom a report about a child of this territory reaches first."""
    inspection = body_for("juvenile_inspection", territory, at)
    units = [inspection, supervisor_of(inspection, at) if inspection else None, coordination_of(territory, at)]
    holders = [post.holder_id for unit in units if unit for post in post_holders(unit, at) if post.holder_id]
    return sorted(names_of(dict.fromkeys(holders)).items(), key=lambda pair: pair[1])


def queue(actor: Actor, *, state: str = "") -> QuerySet[Signal]:
    """Return the actor's signals: what waits first, by how soon an answer is due."""
    signals = visible_to(actor).select_related("territory", "taken_by_unit")
    if state:
        signals = signals.filter(state=state)
    return signals.order_by("answer_by", "id")


def waiting_count(actor: Actor) -> int:
    """Return how many signals wait for the actor's unit."""
    return waiting(actor).count()


def waiting(actor: Actor) -> QuerySet[Signal]:
    """Return the signals that wait for the actor's own unit to answer, the shortest time left first."""
    return queue(actor, state="waiting").filter(dossier__lead_unit=actor.unit_id)


def find(actor: Actor, signal: UUID) -> Signal | None:
    """Return one signal, or None: it is not there, for this actor or at all."""
    return visible_to(actor).filter(pk=signal).select_related("territory", "taken_by_unit").first()


def link(signal: UUID) -> str:
    """Return the address of the signal's page."""
    return f"/signals/{signal}/"


def scope_of(dossier: UUID, kind: str) -> Scope:
    """Return under which key a text of this kind lies."""
    return Scope(kind="dossier", key=dossier, facet=TEXT_FACETS[kind])


def texts_of(dossier: UUID) -> dict[str, str | None]:
    """Return the words of a report by kind, as far as the reader's facets reach; None where lawfully erased."""
    rows = list(SignalText.objects.filter(dossier=dossier))
    sealed = [
        Sealed(
            bytes(row.sealed),
            scope=scope_of(dossier, row.kind),
            table="signals_signaltext",
            column="sealed",
            row=str(row.id),
        )
        for row in rows
    ]
    return dict(zip((row.kind for row in rows), open_many(sealed), strict=True))


def barred_from(dossier: UUID) -> list[tuple[str, Bar]]:
    """Return who is barred from a signal's file, by name; nothing unless the reader leads or oversees it."""
    bars = bars_of(dossier)
    names = names_of([bar.user_id for bar in bars if bar.user_id])
    bodies = Body.objects.in_bulk([bar.body_id for bar in bars if bar.body_id])
    return [(names.get(bar.user_id or 0) or str(bodies.get(bar.body_id or 0, "")), bar) for bar in bars]


def close_to(actor: Actor, signal: Signal, at: datetime) -> list[tuple[int, str, str]]:
    """Return (user id, name, post and unit) of those whom the signal's file reaches and who may be barred from it.

    Whom a report about this place reaches, and who holds a post in a unit of the team; not the reader, and not who
    is barred already.
    """
    units = {member.unit_id for member in team_of([signal.dossier_id]) if member.unit_id}
    told = {user for user, _name in would_be_told(signal.territory_id, at)}
    gone = {bar.user_id for bar in bars_of(signal.dossier_id)} | {actor.user_id}
    held = Post.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at).exclude(holder=None).order_by("id")
    posts = held.filter(Q(unit__in=units) | Q(holder__in=told)).select_related("unit")
    seats = {post.holder_id: f"{post.title}, {post.unit.name}" for post in posts if post.holder_id not in gone}
    names = names_of([user for user in seats if user])
    return sorted(((user, name, seats[user]) for user, name in names.items()), key=lambda row: row[1])
