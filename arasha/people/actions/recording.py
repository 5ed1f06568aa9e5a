"""What every action about a person begins with: is the person there, may this be written, and one act around it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.rules import local
from arasha.people import policy
from arasha.people.models import Person
from arasha.people.models.facts import Fact

F = TypeVar("F", bound=Fact)


class PersonNotThere(LookupError):
    """There is no such person or fact for this actor, or nothing of theirs may be written by this actor."""


@contextmanager
def recorded(
    *, actor: Actor, person: UUID, facet: Facet, verb: str, now: datetime, **codes: Any
) -> Iterator[tuple[Person, dict[str, Any]]]:
    """Open the act of an action about a person, and give the person with what every new fact bears.

    Raises PersonNotThere.
    """
    with transaction.atomic():
        found = policy.visible_to(actor).filter(pk=person).first()
        if found is None or not policy.may_add(found.dossier_id, facet):
            raise PersonNotThere
        told = {"facet": facet, "unit": actor.unit_id, **codes}
        with act(verb=verb, stream=dossier_stream(found.dossier_id), now=now, codes=told):
            yield found, fact(actor.unit_id, found, now)


def fact(unit: int | None, person: Person, now: datetime) -> dict[str, Any]:
    """Return what every new fact about a person bears."""
    return {
        "person_id": person.pk,
        "dossier_id": person.dossier_id,
        "recorded_at": now,
        "unit_id": unit,
    }


def locked(model: type[F], pk: UUID, constant: Facet | None) -> tuple[F, Facet]:
    """Return a standing fact under lock with its facet, when the actor may change it. Raises PersonNotThere.

    `constant` is the facet of all rows of the table, or None where each row says its own.
    """
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=pk, ended_at=None).first()
    if row is None:
        raise PersonNotThere
    facet = Facet(getattr(row, "facet")) if constant is None else constant  # noqa: B009 - only some tables have it
    if not policy.may_change(row.dossier_id, facet):
        raise PersonNotThere
    return row, facet


def end_standing(rows: QuerySet[F], since: date | None, now: datetime) -> None:
    """Let what stood before end on the day on which its successor begins, or today; what began later stays."""
    day = since or local(now).date()
    rows.filter(Q(since=None) | Q(since__lte=day), ended_at=None, until=None).update(until=day)
