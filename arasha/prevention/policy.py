"""Who issues certificates, and whose certificates anybody sees. The database asks the same again (migration 0002)."""

from django.db.models import QuerySet

from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor
from arasha.prevention.models import Certificate

ISSUE = "issue_certificates"


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
