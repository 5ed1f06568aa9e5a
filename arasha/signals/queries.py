"""Reading signals: the queue, one signal with its words, and whom a report would reach."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import body_for, names_of, post_holders, supervisor_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed
from arasha.signals.models import Signal, SignalText
from arasha.signals.policy import visible_to

# Coordination is a function resolved per territory and date: the nearest level that exists answers.
COORDINATION = ("coordination_district", "coordination_region", "coordination_nation")
TEXT_FACETS = {"narrative": "narrative", "whereabouts": "contacts", "must_not_know": "contacts"}

__all__ = [
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
