"""Who reads a child's own application, and who takes it down. A school on the file learns nothing of it."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from arasha.adulthood.models import Application, Entry
from arasha.kernel.access.queries import may_write, on_team
from arasha.kernel.access.rules import Actor, Facet

AFTERCARE = "aftercare"


class NotAllowed(PermissionError):
    """The actor may not do this with a child's application."""


def visible_to(actor: Actor, dossier: UUID) -> QuerySet[Application]:
    """Return a file's applications that are there for the actor.

    Which ones the database decides (policy `need_to_know`): those that the own unit took down, and all of them for who
    leads the file or reads its plan, and for a unit that owes something by the procedure.
    """
    return Application.objects.filter(on_team(actor), dossier=dossier)


def may_take_down(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor takes an application down with the child: whoever works on the file, at any hour."""
    return actor.kind == "user" and actor.post_id is not None and may_write(dossier, Facet.OBLIGATIONS)


def may_watch_races(actor: Actor) -> bool:
    """Say whether the actor may tell of races that are lost: the clock alone."""
    return actor.kind == "system" and actor.purpose == "watch_races"


def entries_visible_to(actor: Actor) -> QuerySet[Entry]:
    """Return what is recorded towards adulthood and is there for the actor; which, the database decides."""
    return Entry.objects.filter(on_team(actor))


def may_record_point(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor records what is needed at 18: who works on the file and has to do with it."""
    return may_take_down(actor, dossier) and helps(actor, dossier)


def helps(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor leads the file, reads its plan or owes something of the aftercare."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT adulthood.helps(%s::uuid, 0)", [dossier])
        (found,) = cursor.fetchone() or (False,)
    return bool(found)
