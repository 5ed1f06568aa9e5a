"""A committed world in a clone, and true logins of the application's role on it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import psycopg
from django.db import connection, transaction

from arasha.kernel.access.actions import grant_facet
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import FACETS, PARTS, Facet, matrix
from arasha.kernel.access.rules.keys import token_hash
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from tests.database import ClonedDatabase

Row = tuple[Any, ...]
OPEN_ACT = "SELECT act FROM journal.open_act('system', %s, 'attack', '{}', now(), '[]', false)"


@dataclass
class World:
    """One person for each function, one dossier for each way of being on a team, one note for each facet."""

    database: ClonedDatabase
    people: dict[str, Person] = field(default_factory=dict)
    dossiers: dict[str, uuid.UUID] = field(default_factory=dict)

    @classmethod
    def made(cls, database: ClonedDatabase) -> "World":
        """Build it on the owner's login."""
        world = cls(database)
        with replace(database, app=database.owner).as_default(), transaction.atomic():
            cast.make_notes()
            with cast.recording():
                for function in matrix.of_functions():
                    world.people[function] = cast.make_person(cast.make_unit(function, function))
                world._open_dossiers()
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO test_note SELECT gen_random_uuid(), d.id, f.bit, 'built' "
                    "FROM access_dossier d, access_facet f"
                )
        return world

    def _open_dossiers(self) -> None:
        units = [person.unit_id for person in self.people.values()]
        self.dossiers["nobody"] = cast.make_dossier()
        for part in PARTS:
            if part != "granted":
                self.dossiers[part] = cast.make_dossier_for(part, units)
        for facet in FACETS:
            if facet.sealed:
                dossier = self.dossiers[f"granted {facet.name.lower()}"] = cast.make_dossier()
                for unit in Unit.objects.all():
                    until = cast.NOW + timedelta(days=1)
                    grant_facet(dossier=dossier, facet=facet, until=until, reason="test", unit_id=unit.pk, writes=True)

    @contextmanager
    def login(self) -> Iterator[psycopg.Connection[Row]]:
        """Log in as arasha_app, with no transaction open."""
        with psycopg.connect(self.database.app, autocommit=True) as app:
            yield app

    @contextmanager
    def acting(self, function: str) -> Iterator[psycopg.Connection[Row]]:
        """Log in and act as the person of a function, in a transaction that is rolled back."""
        with self.login() as app, app.transaction(force_rollback=True):
            enter(app, self.people[function])
            yield app

    def superuser(self, statement: str, *arguments: Any) -> None:
        """Do something past every protection."""
        with psycopg.connect(self.database.superuser, autocommit=True) as superuser:
            superuser.execute(statement.encode(), arguments or None)


def enter(app: psycopg.Connection[Row], person: Person) -> None:
    """Act as a person until the transaction ends."""
    app.execute("SELECT access.enter(%s, %s)", [token_hash(person.token), person.post_id])


def expected(function: str, way: str) -> tuple[set[Facet], set[Facet]]:
    """Return which facets the tables say may be read and written, by function and way of being on the team."""
    cells = {row["function"]: row for row in matrix.rows("function_facets")}[function]
    if way == "nobody":
        return set(), set()
    if way.startswith("granted "):
        facet = Facet[way.removeprefix("granted ").upper()]
        cell = cells[facet.name.lower()]
        # a grant of writing is bounded by the function as well
        return ({facet} if "r" in cell else set()), ({facet} if "w" in cell else set())
    parts = {row["part"]: row for row in matrix.rows("part_facets")}[way]
    both = {facet: set(cells[facet.name.lower()]) & set(parts[facet.name.lower()]) for facet in Facet}
    return {f for f, cell in both.items() if "r" in cell}, {f for f, cell in both.items() if "w" in cell}
