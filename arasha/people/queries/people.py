"""The people of a file, and what it knows of one of them, as far as the reader's facets reach."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import connection

from arasha.kernel.access.models import Dossier, UnitFunction
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.people import models, policy
from arasha.people.queries.places import place

Sealing = models.Paper | models.Contact | models.Address | models.Pregnancy


@dataclass(frozen=True)
class Opened:
    """A sealed fact and its words; None where they were lawfully erased."""

    row: Sealing
    said: dict[str, str] | None


@dataclass(frozen=True)
class Card:
    """Everything that a file knows of one person and that the reader may read."""

    person: models.Person
    names: list[models.PersonName]
    communication: models.Communication | None
    difficulties: list[models.Difficulty]
    contacts: list[Opened]
    addresses: list[Opened]
    attendances: list[models.Attendance]
    standings: dict[str, models.Standing]
    papers: list[Opened] = field(default_factory=list)
    # Closed to every function of the police, whatever there is: then nothing says whether there is anything.
    papers_shown: bool = False
    absences: list[models.Absence] = field(default_factory=list)
    # Empty for everybody to whom the facet was not granted by name.
    pregnancies: list[Opened] = field(default_factory=list)


def find(actor: Actor, person: UUID) -> models.Person | None:
    """Return one person of a file, or None: they are not there, for this actor or at all."""
    return policy.visible_to(actor).select_related("dossier").filter(pk=person).first()


def people_of(actor: Actor, dossier: UUID) -> list[models.Person]:
    """Return the people of a file: the child first, then by when they were written down."""
    rows = policy.visible_to(actor).filter(dossier=dossier).order_by("recorded_at", "id")
    return sorted(rows, key=lambda row: row.role != "child")


def child_of(dossier: UUID) -> models.Person | None:
    """Return the child of a file as the file knows them, or None: nobody was written down, or not for this reader."""
    rows = models.Person.objects.filter(dossier=dossier, role="child", ended_at=None)
    return rows.order_by("recorded_at", "id").first()


def names_in(dossier: UUID) -> list[tuple[str, str]]:
    """Return the keys of surname and given name of everybody in a file, whom the reader may know."""
    standing = models.PersonName.objects.filter(dossier=dossier, ended_at=None, person__ended_at=None)
    return list(standing.values_list("surname_key", "given_key"))


def card(person: models.Person) -> Card:
    """Return what a person's page shows."""
    where = {"person": person.pk, "ended_at": None}
    shown = policy.may_see(person.dossier_id, Facet.DOCUMENTS)
    newest = models.Communication.objects.filter(**where).order_by("-recorded_at", "-id")
    sealed: list[Sealing] = [
        *models.Contact.objects.filter(**where).order_by("recorded_at", "id"),
        *models.Address.objects.filter(**where).order_by("-recorded_at", "id"),
        *(models.Paper.objects.filter(**where).order_by("recorded_at", "id") if shown else ()),
        *models.Pregnancy.objects.filter(**where).order_by("recorded_at", "id"),
    ]
    opened = _opened(sealed)
    standings = models.Standing.objects.filter(**where).select_related("unit").order_by("recorded_at", "id")
    return Card(
        person=person,
        names=list(models.PersonName.objects.filter(**where).order_by("until", "recorded_at", "id")),
        communication=newest.first(),
        difficulties=list(models.Difficulty.objects.filter(**where)),
        contacts=[one for one in opened if isinstance(one.row, models.Contact)],
        addresses=[one for one in opened if isinstance(one.row, models.Address)],
        attendances=list(models.Attendance.objects.filter(**where).select_related("place").order_by("-recorded_at")),
        standings={row.matter: row for row in standings},
        papers=[one for one in opened if isinstance(one.row, models.Paper)],
        papers_shown=shown,
        absences=list(models.Absence.objects.filter(**where).order_by("-since", "-recorded_at", "id")),
        pregnancies=[one for one in opened if isinstance(one.row, models.Pregnancy)],
    )


def _opened(rows: Sequence[Sealing]) -> list[Opened]:
    """Open what is sealed with one read of the key store."""
    values = [Sealed(bytes(row.sealed or b""), row=str(row.pk), **place(row, _facet(row))) for row in rows]
    return [
        Opened(row, None if text is None else json.loads(text))
        for row, text in zip(rows, open_many(values), strict=True)
    ]


def _facet(row: Sealing) -> Facet:
    if isinstance(row, models.Address):
        return Facet(row.facet)
    if isinstance(row, models.Pregnancy):
        return Facet.REPRODUCTIVE
    return Facet.DOCUMENTS if isinstance(row, models.Paper) else Facet.CONTACTS


def talking_with(dossier: UUID) -> models.Communication | None:
    """Return how to talk with the child of a file, for the head of every page about it."""
    child = child_of(dossier)
    rows = models.Communication.objects.filter(person=child, ended_at=None) if child else None
    return rows.order_by("-recorded_at", "-id").first() if rows is not None else None


def also_in(person: UUID) -> list[tuple[UUID, UUID]]:
    """Return the rows of the same human being in other files of the reader, as (person, dossier), the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, dossier FROM people.also(%s)", [person])
        return [(UUID(str(one)), UUID(str(other))) for one, other in cursor.fetchall()]


def place_of(dossier: UUID) -> str:
    """Return the code of the place of a file, empty when it is not there for who acts."""
    return Dossier.objects.filter(pk=dossier).values_list("territory_id", flat=True).first() or ""


def schools_and_clinics(dossier: UUID) -> list[tuple[int, str]]:
    """Return the schools, kindergartens and clinics of the place of a file, in the order of their names."""
    serving = UnitFunction.objects.filter(
        function__in=["education_school", "health_care"], territory=place_of(dossier), until=None
    )
    units = {row.unit_id: row.unit.name for row in serving.select_related("unit", "unit__body")}
    return sorted(units.items(), key=lambda one: one[1])


def without_papers(card: Card) -> Card:
    """Return the same card as who may not read papers has it."""
    return replace(card, papers=[], papers_shown=False)


def without_pregnancies(card: Card) -> Card:
    """Return the same card as who was not granted reproductive health has it."""
    return replace(card, pregnancies=[])


def pregnancies_of(rows: Sequence[models.Pregnancy]) -> list[Opened]:
    """Return what lies sealed in such rows, None where it was erased; the rows are the caller's to have."""
    return _opened(rows)
