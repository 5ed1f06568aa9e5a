"""Who reads consents, who records them, and who lets others read. The clock ends what is over."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from arasha.cases.models import Case
from arasha.kernel.access.queries import may_write, on_team
from arasha.kernel.access.rules import Actor, Facet
from arasha.sharing.models import Consent, Share

CLOCK = "watch_sharing"


class NotAllowed(PermissionError):
    """The actor may not do this."""


def visible_to(actor: Actor) -> QuerySet[Consent]:
    """Return the consents that are there for the actor: who reads the file's plan by their work on it."""
    return Consent.objects.filter(on_team(actor))


def shares_visible_to(actor: Actor) -> QuerySet[Share]:
    """Return the shares that are there for the actor, as consents are."""
    return Share.objects.filter(on_team(actor))


def may_see(dossier: UUID) -> bool:
    """Say whether who acts sees the page: who reads the plan by their work, not one to whom it was lent or referred."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sharing.works_on(%s::uuid)", [dossier])
        (found,) = cursor.fetchone() or (False,)
    return bool(found)


def may_record(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor writes down what was answered, or taken back: who writes the plan. Never an hour late."""
    return actor.kind == "user" and actor.post_id is not None and may_see(dossier) and may_write(dossier, Facet.PLAN)


def may_share(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor lets a unit read: who leads the open case."""
    led = Case.objects.filter(dossier=dossier, lead_unit=actor.unit_id or 0)
    return may_record(actor, dossier) and led.filter(state="open").exists()


def may_end(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor ends a share: who leads the case, also when it is closed."""
    return may_record(actor, dossier) and Case.objects.filter(dossier=dossier, lead_unit=actor.unit_id or 0).exists()


def may_watch(actor: Actor) -> bool:
    """Say whether the actor may end what is over and remind: the clock alone."""
    return actor.kind == "system" and actor.purpose == CLOCK
