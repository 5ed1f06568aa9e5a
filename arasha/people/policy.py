"""Who may write people down, and which of them are there for whom."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import led_dossiers, may_insert, may_read, may_write, on_team
from arasha.kernel.access.rules import Actor, Facet
from arasha.people.models import Load, Person, RegisterSource
from arasha.people.rules import REGISTER

IMPORT = "import_registers"
GUARDIANSHIP = "guardianship"


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def visible_to(actor: Actor) -> QuerySet[Person]:
    """Return the people of the files that are there for the actor; the database's policies hold the same line."""
    return Person.objects.filter(on_team(actor), ended_at=None)


def may_add(dossier: UUID, facet: Facet) -> bool:
    """Say whether who acts may add to a facet of a file's people; who opens a file may add to each once."""
    if facet is Facet.DOCUMENTS:
        return _papers("write", dossier) or may_insert(dossier, facet)
    return may_insert(dossier, facet)


def may_change(dossier: UUID, facet: Facet) -> bool:
    """Say whether who acts may end or take back what stands under a facet."""
    return _papers("write", dossier) if facet is Facet.DOCUMENTS else may_write(dossier, facet)


def may_see(dossier: UUID, facet: Facet) -> bool:
    """Say whether who acts reads a facet of a file's people."""
    return _papers("read", dossier) if facet is Facet.DOCUMENTS else may_read(dossier, facet)


def _papers(what: str, dossier: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT people.may_{what}_papers(%s)", [dossier])
        return bool(cursor.fetchone()[0])


def may_part(actor: Actor, person: Person) -> bool:
    """Say whether who acts may part a child by an adoption: guardianship that leads its file does."""
    return (
        GUARDIANSHIP in actor.functions
        and person.role == "child"
        and led_dossiers(actor).filter(pk=person.dossier_id).exclude(kind=REGISTER).exists()
    )


def may_import(actor: Actor) -> bool:
    """Say whether who acts may load registers of another body."""
    return allows(actor, IMPORT)


def registers_of(actor: Actor) -> QuerySet[RegisterSource]:
    """Return the registers of the actor's unit; the team of the intake holds the same line."""
    if not may_import(actor) or actor.unit_id is None:
        return RegisterSource.objects.none()
    return RegisterSource.objects.filter(unit=actor.unit_id, ended_at=None)


def loads_of(actor: Actor) -> QuerySet[Load]:
    """Return the loads of the registers of the actor's unit."""
    if not may_import(actor) or actor.unit_id is None:
        return Load.objects.none()
    return Load.objects.filter(unit=actor.unit_id)
