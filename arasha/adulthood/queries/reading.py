"""A child's applications with their race, and who comes of age soon."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from arasha.adulthood import policy, rules
from arasha.adulthood.models import Application, Turn
from arasha.cases.models import Case
from arasha.cases.queries import file, place
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.people.models import Person
from arasha.people.queries import child_of


@dataclass(frozen=True)
class Read:
    """An application with its words and what became of it; `words` are None once the law had them erased."""

    row: Application
    race: rules.Race
    turns: list[Turn]
    words: dict[str, Any] | None = field(default=None, repr=False)
    said: dict[UUID, dict[str, Any]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class AgeRow:
    """A case whose child comes of age: the day, and how many are left; both None where no birth date is known."""

    case: Case
    majority: date | None
    days_left: int | None


def birth_of(dossier: UUID) -> date | None:
    """Return the earliest day on which the child can be born, or None: it is not known, or not to this reader."""
    child = child_of(dossier)
    return child.birth_first if child else None


def race_of(row: Application, today: date) -> rules.Race:
    """Return how an application stands against the 18th birthday."""
    return rules.race(birth_of(row.dossier_id), row.stage, row.since, today)


def application_of(actor: Actor, application: UUID) -> Application | None:
    """Return an application that is there for the actor, or None."""
    found = Application.objects.filter(pk=application).first()
    if found is None or file(actor, found.dossier_id) is None:
        return None
    return policy.visible_to(actor, found.dossier_id).filter(pk=found.pk).first()


def standing(dossier: UUID, kind: str) -> UUID | None:
    """Return which application of a kind is under way, to who may write what the file owes, whoever may read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT adulthood.standing(%s::uuid, %s)", [dossier, kind])
        (found,) = cursor.fetchone() or (None,)
    return found


def applications_of(actor: Actor, dossier: UUID, today: date) -> list[Read]:
    """Return a file's applications for the actor, the newest first."""
    rows = list(policy.visible_to(actor, dossier).order_by("-filed_at", "id"))
    turns = list(Turn.objects.filter(application__in=rows).select_related("unit").order_by("application", "number"))
    opened = _opened(dossier, "adulthood_application", rows)
    said = _opened(dossier, "adulthood_turn", turns)
    return [
        Read(
            row,
            race_of(row, today),
            mine := [turn for turn in turns if turn.application_id == row.pk],
            opened.get(row.pk),
            {turn.pk: text for turn in mine if (text := said.get(turn.pk))},
        )
        for row in rows
    ]


def ageing(actor: Actor, today: date, *, unknown: bool = False) -> QuerySet[Person]:
    """Return the children of 17 and older of open cases that the actor's unit leads, the nearest birthday first.

    Nobody leaves the list by a birthday: whoever is 18 stays until the case is closed. `unknown`: those without a date.
    """
    led = Case.objects.filter(lead_unit=actor.unit_id or 0, state="open").values("dossier")
    rows = Person.objects.filter(role="child", ended_at=None, died=False, dossier__in=led)
    latest = rules.add_months(today, -12 * rules.SOON)
    found = rows.filter(Q(birth_first=None) if unknown else Q(birth_first__lte=latest))
    return found.order_by("birth_first", "id")


def _opened(dossier: UUID, table: str, rows: list[Any]) -> dict[UUID, dict[str, Any] | None]:
    kept = [(row, bytes(row.sealed)) for row in rows if row.sealed is not None]
    here = place(dossier, Facet.OBLIGATIONS, table)
    texts = open_many([Sealed(blob, row=str(row.pk), **here) for row, blob in kept])
    return {row.pk: json.loads(text) if text else None for (row, _blob), text in zip(kept, texts, strict=True)}
