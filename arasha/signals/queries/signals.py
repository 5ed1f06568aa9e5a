"""Reading signals: the queue, one signal with its words and injuries, who is barred from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from arasha.kernel.access.models import Bar, Body
from arasha.kernel.access.queries import bars_of, names_of, team_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed
from arasha.signals import rules
from arasha.signals.models import Signal, SignalInjury, SignalText
from arasha.signals.policy import visible_to
from arasha.signals.queries.reach import held_posts, would_be_told

OPEN = ("waiting", "taken")
TEXT_FACETS = {
    "narrative": "narrative",
    "whereabouts": "contacts",
    "must_not_know": "contacts",
    "place_called": "contacts",
}


class Place(TypedDict):
    """Where something lies in the vault."""

    scope: Scope
    table: str
    column: str


@dataclass(frozen=True)
class Child:
    """What the child of a signal is called, under the names that a signal and a case have for it."""

    child_called: str
    child_age: int | None
    child_sex: str


def queue(
    actor: Actor,
    *,
    states: Iterable[str] = (),
    urgencies: Iterable[str] = (),
    doors: Iterable[str] = (),
    who: Iterable[str] = (),
) -> QuerySet[Signal]:
    """Return the actor's signals by how soon an answer is due. Each filter is a list of codes; empty, it asks nothing.

    `who` has a signal: `nobody` yet, `us` the actor's unit, or `others`.
    """
    signals = visible_to(actor).select_related("territory", "taken_by_unit")
    for column, codes in (("state", states), ("urgency", urgencies), ("door", doors)):
        if chosen := list(codes):
            signals = signals.filter(**{f"{column}__in": chosen})
    holders = {
        "nobody": Q(taken_by_unit=None),
        "us": Q(taken_by_unit=actor.unit_id),
        "others": Q(taken_by_unit__isnull=False) & ~Q(taken_by_unit=actor.unit_id),
    }
    held = Q()
    for code in who:
        held |= holders.get(code, Q())
    return signals.filter(held).order_by("answer_by", "id")


def unsafe_tonight(actor: Actor) -> QuerySet[Signal]:
    """Return the open signals that come first, whatever else waits."""
    return queue(actor, states=OPEN, urgencies=["tonight"])


def waiting_count(actor: Actor) -> int:
    """Return how many signals wait for the actor's unit."""
    return waiting(actor).count()


def waiting(actor: Actor) -> QuerySet[Signal]:
    """Return the signals that wait for the actor's own unit to answer, the shortest time left first."""
    return queue(actor, states=["waiting"]).filter(dossier__lead_unit=actor.unit_id)


def find(actor: Actor, signal: UUID) -> Signal | None:
    """Return one signal, or None: it is not there, for this actor or at all."""
    related = ("territory", "taken_by_unit", "school", "clinic", "institution")
    return visible_to(actor).filter(pk=signal).select_related(*related).first()


def by_dossier(actor: Actor, dossiers: Iterable[UUID]) -> dict[UUID, Signal]:
    """Return the signals of these files that are there for the actor, by file."""
    return {row.dossier_id: row for row in visible_to(actor).filter(dossier__in=list(dossiers))}


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
    told = {one.user for one in would_be_told(signal.territory_id, at)}
    gone = {bar.user_id for bar in bars_of(signal.dossier_id)} | {actor.user_id}
    posts = held_posts(at).filter(Q(unit__in=units) | Q(holder__in=told)).select_related("unit")
    seats = {post.holder_id: f"{post.title}, {post.unit.name}" for post in posts if post.holder_id not in gone}
    names = names_of([user for user in seats if user])
    return sorted(((user, name, seats[user]) for user, name in names.items()), key=lambda row: row[1])


def injury_place(dossier: UUID) -> Place:
    """Return where the vault keeps a signal's injuries: with the health of the file."""
    return {
        "scope": Scope(kind="dossier", key=dossier, facet="health"),
        "table": "signals_signalinjury",
        "column": "sealed",
    }


def injuries_of(dossier: UUID) -> list[rules.Injury] | None:
    """Return the injuries of a report in the order of the form, empty for who may not read them; None when erased."""
    rows = list(SignalInjury.objects.filter(dossier=dossier).order_by("place"))
    opened = open_many([Sealed(bytes(row.sealed), row=str(row.id), **injury_place(dossier)) for row in rows])
    if None in opened:
        return None
    return [rules.from_json(text) for text in opened if text]


def children_of(dossiers: Iterable[UUID]) -> dict[UUID, Child]:
    """Return what the children of signals are called, for who reads the identity of the file, by dossier."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossier, called, age, sex FROM signals.children(%s::uuid[])", [list(dossiers)])
        return {row[0]: Child(*row[1:]) for row in cursor.fetchall()}
