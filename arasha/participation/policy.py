"""Who invites, who reads what children wrote, who answers for a provider."""

from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.cases.queries import file
from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import may_read, may_write, on_team
from arasha.kernel.access.rules import Actor, Facet
from arasha.participation.models import Round, Text
from arasha.services.models import Offering

READ = "read_feedback"


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def may_invite(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor works on a child's file and may write its plans."""
    return actor.unit_id is not None and file(actor, dossier) is not None and may_write(dossier, Facet.PLAN)


def may_see(actor: Actor, dossier: UUID) -> bool:
    """Say whether the invitations of a file are there for the actor."""
    return file(actor, dossier) is not None and may_read(dossier, Facet.PLAN)


def own(actor: Actor) -> QuerySet[Offering]:
    """Return the offerings of the actor's own organisation; its people are not asked to choose who is asked."""
    if actor.body_id is None:
        return Offering.objects.none()
    return Offering.objects.filter(site__provider__body=actor.body_id)


def rounds(actor: Actor) -> QuerySet[Round]:
    """Return the half-years that the actor supervises; the database bars the provider's people."""
    if not allows(actor, READ):
        return Round.objects.none()
    return (
        Round.objects.filter(on_team(actor)).filter(Q(outcome__in=["told", "few"]) | Q(texts__isnull=False)).distinct()
    )


def visible_to(actor: Actor) -> QuerySet[Text]:
    """Return the words that the actor may read; the database holds the same line."""
    if not allows(actor, READ):
        return Text.objects.none()
    return Text.objects.filter(on_team(actor))


def is_worker(actor: Actor) -> bool:
    """Say whether this is the work that opens letters."""
    return actor.is_system and actor.purpose == "letters"
