"""Allegations of several files that may be about one person: for who oversees a place, and for nobody else."""

from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection

from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import from_database
from arasha.people.rules import clusters

Pairs = dict[tuple[UUID, UUID], tuple[str, ...]]


@dataclass(frozen=True)
class Linked:
    """One allegation of a cluster: no name stands here, neither the child's nor theirs; `lead` is whom to ask."""

    allegation: UUID
    dossier: UUID
    role: str
    status: str
    child: bool
    place: str
    territory: str
    lead: str
    recorded_at: datetime


@dataclass(frozen=True)
class Cluster:
    """Allegations of two or more files that may be about one person, the newest first, and what agrees in them."""

    members: list[Linked]
    agrees: tuple[str, ...]

    @property
    def files(self) -> int:
        """In how many files they stand."""
        return len({member.dossier for member in self.members})


def linked_allegations() -> list[Cluster]:
    """Return the clusters that who acts may see, those with the newest allegation first.

    Raises Refused for whoever oversees no place.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT allegation, partner, agrees, dossier, role, status, child, place, place_called, territory,"
                " lead, recorded_at FROM people.linked_allegations()"
            )
            rows = cursor.fetchall()
    except DatabaseError as error:
        raise from_database(error) from error
    called = _called({unit for row in rows for unit in (row[7], row[10]) if unit is not None})
    agrees: Pairs = {}
    members: dict[UUID, Linked] = {}
    for row in rows:
        agrees[row[0], row[1]] = tuple(row[2])
        members[row[0]] = _member(row, called)
    found = [_cluster(keys, agrees, members) for keys in clusters(agrees)]
    return sorted(found, key=lambda one: one.members[0].recorded_at, reverse=True)


def _member(row: tuple[Any, ...], called: dict[int, str]) -> Linked:
    allegation, _partner, _agrees, dossier, role, status, child, unit, words, territory, lead, recorded_at = row
    place = " · ".join(part for part in (called.get(unit, ""), words) if part)
    return Linked(allegation, dossier, role, status, child, place, territory, called.get(lead, ""), recorded_at)


def _cluster(keys: frozenset[UUID], agrees: Pairs, members: dict[UUID, Linked]) -> Cluster:
    said = dict.fromkeys(code for pair in combinations(sorted(keys), 2) for code in agrees[pair])
    newest = sorted((members[key] for key in keys), key=lambda one: (one.recorded_at, one.allegation), reverse=True)
    return Cluster(newest, tuple(said))


def _called(units: set[int]) -> dict[int, str]:
    return {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=units).select_related("body")}
