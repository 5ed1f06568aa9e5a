"""Who is away, which cases that concerns, what was written of them, how much a team has to do."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.views.decorators.debug import sensitive_variables

from arasha.cases.models import Case
from arasha.cases.queries import Load, loads_of, own_load, visible_to, workers_of
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.rules import lies_in
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import Scope
from arasha.obligations.queries import late_in
from arasha.workforce import policy
from arasha.workforce.models import Handover, Leave
from arasha.workforce.queries.supervision import (
    missed_twice,
    own_sessions,
    partners,
    place_of_reflection,
    reflections,
    unit_sessions,
)
from arasha.workforce.queries.turnover import Turnover, load_bands, turnover

workers = workers_of
__all__ = [
    "Turnover",
    "away",
    "case_of",
    "cases_of",
    "late_by_file",
    "leaves",
    "load_bands",
    "missed_twice",
    "notes_of",
    "own_load",
    "own_sessions",
    "partners",
    "place",
    "place_of_reflection",
    "reflections",
    "team",
    "turnover",
    "unit_sessions",
    "units_below",
    "words_of",
    "workers",
]


def away(user: int, first_on: date, last_on: date) -> bool:
    """Say whether somebody is away on any day from one to another, as far as the actor's unit knows."""
    standing = Leave.objects.filter(worker=user, state__in=["planned", "running"])
    return standing.filter(first_on__lte=last_on, last_on__gte=first_on).exists()


def leaves(actor: Actor, *, past: bool) -> QuerySet[Leave]:
    """Return the leaves of the actor's unit: those that come or run, the next first, or those that are over."""
    rows = policy.visible_to(actor)
    if past:
        return rows.filter(state__in=["ended", "cancelled"]).order_by("-first_on", "id")
    return rows.filter(state__in=["planned", "running"]).order_by("first_on", "id")


def cases_of(actor: Actor, leave: Leave) -> list[Case]:
    """Return the open cases of a leave that the actor sees: the worker's, and those that were handed over."""
    handed = Handover.objects.filter(leave=leave).exclude(given_to=None).values("dossier")
    rows = visible_to(actor).filter(lead_unit=leave.unit_id, state="open")
    return list((rows.filter(lead_user=leave.worker_id) | rows.filter(dossier__in=handed)).order_by("number"))


def case_of(actor: Actor, leave: Leave, dossier: UUID) -> Case | None:
    """Return one of them, or None."""
    return next((case for case in cases_of(actor, leave) if case.dossier_id == dossier), None)


def notes_of(leave: Leave) -> dict[UUID, Handover]:
    """Return what was written of the cases of a leave and where they went, by file, as far as the reader may know."""
    return {row.dossier_id: row for row in Handover.objects.filter(leave=leave)}


@sensitive_variables()
def words_of(note: Handover) -> dict[str, str]:
    """Return what a note says: `due`, `fears`, `never`; empty where nothing was written."""
    if not bytes(note.sealed):
        return {}
    found: dict[str, str] = json.loads(open_text(note.sealed, row=str(note.pk), **place(note.dossier_id)))
    return found


def place(dossier: UUID) -> dict[str, Any]:
    """Return where the words of a note are sealed."""
    return {"scope": Scope("dossier", dossier, "narrative"), "table": "workforce_handover", "column": "sealed"}


def team(actor: Actor, unit: Unit, now: datetime) -> list[Load]:
    """Return the load of each worker of a unit from the cases that the reader sees; nothing for who may not know."""
    return loads_of(actor, unit, now) if policy.may_see_team(actor, unit, now) else []


def units_below(actor: Actor) -> list[tuple[Unit, int]]:
    """Return the units of the territory that lead cases the actor sees, with how many; for coordination alone."""
    if not actor.functions & policy.ABOVE:
        return []
    rows = visible_to(actor).filter(state="open").exclude(lead_unit=actor.unit_id)
    counts = dict(rows.order_by().values_list("lead_unit").annotate(n=Count("pk")))
    units = Unit.objects.filter(pk__in=counts).order_by("name_kk", "pk")
    return [(unit, counts[unit.pk]) for unit in units if lies_in(unit.territory_id, actor.territory)]


def late_by_file(actor: Actor, files: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many duties are late in each of these files."""
    rows = late_in(actor).filter(dossier__in=list(files)).order_by()
    return dict(rows.values_list("dossier").annotate(n=Count("pk")))
