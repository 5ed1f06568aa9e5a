"""Lists of obligations for my work, for a file, and for what climbed to a unit."""

from typing import TypedDict
from uuid import UUID

from django.db.models import QuerySet

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed
from arasha.obligations.models import Answer, Escalation, Obligation
from arasha.obligations.policy import visible_to
from arasha.obligations.rules import RUNNING, Outcome, State

__all__ = [
    "answer_place",
    "answers_of",
    "late_in",
    "link",
    "of_dossier",
    "owed_by",
    "told_units",
    "visible_to",
]


class Place(TypedDict):
    """Where an answer lies in the vault."""

    scope: Scope
    table: str
    column: str


def owed_by(actor: Actor) -> QuerySet[Obligation]:
    """Return what the actor's unit owes now, the earliest first. One index, whatever the unit's files."""
    running = Obligation.objects.filter(unit=actor.unit_id, state__in=[state.value for state in RUNNING])
    return running.select_related("protocol", "unit").order_by("due_now", "id")


def late_in(actor: Actor) -> QuerySet[Obligation]:
    """Return what is late in the files that the actor's unit works on, the latest first."""
    late = visible_to(actor).filter(state=State.OVERDUE.value)
    return late.select_related("protocol", "unit").order_by("due_now", "id")


def of_dossier(actor: Actor, dossier: UUID) -> QuerySet[Obligation]:
    """Return the obligations of one file, the first due first."""
    rows = visible_to(actor).filter(dossier=dossier)
    return rows.select_related("protocol", "unit").prefetch_related("escalations__unit").order_by("due_now", "id")


def answers_of(obligation: Obligation) -> list[tuple[Answer, str | None]]:
    """Return the answers with their texts, oldest first; None where the text was lawfully erased."""
    rows = list(Answer.objects.filter(obligation=obligation).order_by("given_at", "id"))
    sealed = [Sealed(bytes(row.text), row=str(row.id), **answer_place(row.dossier_id)) for row in rows]
    return list(zip(rows, open_many(sealed), strict=True))


def answer_place(dossier: UUID) -> Place:
    """Return where the vault keeps the answers of a file: with the facet that the obliged unit may write."""
    return {
        "scope": Scope(kind="dossier", key=dossier, facet=Facet.OBLIGATIONS.name.lower()),
        "table": "obligations_answer",
        "column": "text",
    }


def told_units(obligation: UUID) -> set[int]:
    """Return the units that the obligation's silence has reached."""
    told = Escalation.objects.filter(obligation=obligation, outcome=Outcome.TOLD.value)
    return {unit for unit in told.values_list("unit_id", flat=True) if unit is not None}


def link(obligation: UUID) -> str:
    """Return the address of the obligation's page."""
    return f"/obligations/{obligation}/"
