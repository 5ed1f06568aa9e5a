"""Finding people: the nearest whom the asker may know of, and the least that tells one from another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.queries import led_dossiers
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import lookup_key
from arasha.kernel.vault.rules import blind_index
from arasha.people import policy
from arasha.people.models import Person
from arasha.people.rules import REGISTER, Question

MOST = 10
# Of so many who are near, those of one's own files are kept.
NEAR = 50


@dataclass(frozen=True)
class Found:
    """A person who may be the one asked for. `within`: the asker is on the file's team and reads the file itself.

    Of others, whom the asker coordinates, only name, years of birth and the unit to ask stand here; for the nation not
    even the name. `cost` is how far the name is from the one asked for: 0 is the same.
    """

    person: UUID
    dossier: UUID
    within: bool
    called: str
    sex: str
    birth_first: date | None
    birth_last: date | None
    territory: str
    lead: int | None
    cost: float


@sensitive_variables()
def search(*questions: Question, most: int = MOST) -> list[Found]:
    """Return the nearest people, at most `most`, of those whom who acts may know of; access is asked before the cut.

    Several questions are readings of one: a person counts with the nearest.
    """
    costs: dict[UUID, float] = {}
    for question in questions:
        for person, cost in _asked(question, most):
            costs[person] = min(cost, costs.get(person, cost))
    found = glimpses(list(costs), costs)
    return sorted(found, key=lambda one: (one.cost, not one.within, str(one.person)))[:most]


@sensitive_variables()
def led_children(actor: Actor, questions: Sequence[Question]) -> list[Person]:
    """Return the children nearest to what is asked in the files that the unit of who acts leads, at most MOST."""
    near = [one.person for one in search(*questions, most=NEAR) if one.within]
    mine = policy.visible_to(actor).filter(pk__in=near, role="child", dossier__in=led_dossiers(actor))
    found = {row.pk: row for row in mine.exclude(dossier__kind=REGISTER).select_related("dossier")}
    return [found[person] for person in near if person in found][:MOST]


def _asked(question: Question, most: int) -> list[tuple[UUID, float]]:
    with connection.cursor() as cursor:
        if question.iin or question.phone:
            kind, value = ("iin", question.iin) if question.iin else ("phone", question.phone)
            hashed = blind_index(value, lookup_key(kind))
            cursor.execute("SELECT person, cost FROM people.find_number(%s, %s, %s)", [kind, hashed, most])
        else:
            words = [list(part) for part in (question.said, question.surnames, question.givens, question.fathers)]
            cursor.execute(
                "SELECT person, cost FROM people.find(%s::text[], %s::text[], %s::text[], %s::text[], %s::date,"
                " %s::date, %s)",
                [*words, question.since, question.until, most],
            )
        return [(UUID(str(person)), float(cost)) for person, cost in cursor.fetchall()]


def glimpsed(persons: Sequence[UUID]) -> dict[UUID, Found]:
    """Return the least that tells each of these persons from another, of those whom who acts may know of."""
    return {one.person: one for one in glimpses(persons, {})}


def glimpses(persons: Sequence[UUID], costs: Mapping[UUID, float]) -> list[Found]:
    """Return the least that tells each of these people from others, for those of whom who acts may know."""
    if not persons:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, dossier, reach, called, sex, birth_first, birth_last, territory, lead"
            " FROM people.glimpse(%s::uuid[])",
            [list(persons)],
        )
        return [_found(row, costs.get(row[0], 0.0)) for row in cursor.fetchall()]


def _found(row: tuple[Any, ...], cost: float) -> Found:
    person, dossier, reach, called, sex, first, last, territory, lead = row
    return Found(person, dossier, reach > 1, called, sex, first, last, territory, lead, cost)
