"""Who reads a child's own application, and who takes it down. A school on the file learns nothing of it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.adulthood.models import Application
from arasha.cases.models import Case
from arasha.kernel.access.queries import may_write, on_team, reads_plan
from arasha.kernel.access.rules import Actor, Facet
from arasha.obligations.models import Obligation

PROCEDURE = "own_application"


class NotAllowed(PermissionError):
    """The actor may not do this with a child's application."""


def visible_to(actor: Actor, dossier: UUID) -> QuerySet[Application]:
    """Return a file's applications that are there for the actor; the database bars persons and units besides.

    All of them for who leads the case or reads the file's plan, and for a unit that owes something by the procedure;
    else those that the own unit took down.
    """
    rows = Application.objects.filter(on_team(actor), dossier=dossier)
    if reads_all(actor, dossier):
        return rows
    return rows.filter(Q(unit=actor.unit_id or 0))


def reads_all(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor reads every application of a file."""
    if Case.objects.filter(dossier=dossier, lead_unit=actor.unit_id or 0).exists() or reads_plan(dossier):
        return True
    owes = Obligation.objects.filter(dossier=dossier, unit=actor.unit_id or 0, protocol__code=PROCEDURE)
    return owes.exists()


def may_take_down(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor takes an application down with the child: whoever works on the file, at any hour."""
    return actor.kind == "user" and actor.post_id is not None and may_write(dossier, Facet.OBLIGATIONS)
