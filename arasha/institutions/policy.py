"""Who sees which institution has a contact, and who says it. The database asks the same again (migration 0002)."""

from django.db.models import QuerySet

from arasha.institutions.models import Contact
from arasha.institutions.rules import INSTITUTIONS
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.rules import lies_in

SEE = "see_institutions"
COORDINATORS = frozenset({"coordination_district", "coordination_region", "coordination_nation"})


class NotAllowed(PermissionError):
    """A contact is said by the institution itself, or by coordination of its territory."""


def may_see(actor: Actor, institution: Unit) -> bool:
    """Say whether the actor sees an institution's page: its own people, and who has the right in its territory."""
    if actor.post_id is None:
        return False
    if institution.pk == actor.unit_id:
        return bool(actor.functions & INSTITUTIONS)
    if institution.body.protected:
        return False
    return allows(actor, SEE) and lies_in(institution.territory_id, actor.territory)


def may_keep(actor: Actor, institution: Unit) -> bool:
    """Say whether the actor says who answers for an institution: its own people, coordination of its territory."""
    own = institution.pk == actor.unit_id and actor.post_id is not None
    return may_see(actor, institution) and (own or bool(actor.functions & COORDINATORS))


def visible_to(actor: Actor) -> QuerySet[Contact]:
    """Return what stands, for whoever acts in a post: there is no child and no name in it."""
    return Contact.objects.all() if actor.post_id is not None else Contact.objects.none()
