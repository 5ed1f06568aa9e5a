"""Who issues certificates, and whose certificates anybody sees. The database asks the same again (migration 0002)."""

from uuid import UUID

from django.db.models import QuerySet

from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor, NotThere
from arasha.prevention.models import Certificate, Withdrawal

ISSUE = "issue_certificates"
CONFIRM = "confirm_withdrawals"


class NotAllowed(PermissionError):
    """The actor's post issues no certificates."""


def may_issue(actor: Actor) -> bool:
    """Say whether who acts issues certificates in the name of their body: a person in a post that has the right."""
    return allows(actor, ISSUE) and actor.user_id is not None and actor.body_id is not None


def require_issuing(actor: Actor) -> None:
    """Raise NotAllowed unless the actor issues certificates."""
    if not may_issue(actor):
        raise NotAllowed


def visible_to(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates of the actor's own body, of whatever unit; nobody else's."""
    if not may_issue(actor):
        return Certificate.objects.none()
    return Certificate.objects.filter(body=actor.body_id)


def may_confirm(actor: Actor) -> bool:
    """Say whether who acts is the second person of withdrawals in their territory: coordination."""
    return allows(actor, CONFIRM) and actor.user_id is not None


def waiting_for(actor: Actor) -> QuerySet[Withdrawal]:
    """Return the withdrawals that wait for a second person in the territory of the actor's coordination."""
    if not may_confirm(actor):
        return Withdrawal.objects.none()
    # A path is made of codes of nine digits, so that a code in it is one of those above or the place itself.
    return Withdrawal.objects.filter(certificate__unit__territory__path__contains=actor.territory, verdict="")


def deciding_on(actor: Actor, certificate: UUID) -> Withdrawal:
    """Return what waits for a second person, to one who may be it: of the same body, or coordination.

    Raises NotAllowed (neither), NotThere (nothing waits that the actor may see).
    """
    if not may_issue(actor) and not may_confirm(actor):
        raise NotAllowed
    own = Withdrawal.objects.filter(certificate__in=visible_to(actor), verdict="")
    for rows in (own, waiting_for(actor)):
        if (found := rows.filter(certificate=certificate).select_related("certificate").first()) is not None:
            return found
    raise NotThere
