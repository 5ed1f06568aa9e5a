"""Who writes forms, who publishes them, who sees which version, and who fills them in."""

from uuid import UUID

from django.db.models import QuerySet

from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import may_fill, may_keep_own
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.territory.rules import NATION
from arasha.questionnaires.models import Response, Version
from arasha.questionnaires.rules.standing import KEPT

PUBLISH = "publish_questionnaires"


class NotAllowed(PermissionError):
    """This is not the actor's to do with forms."""


def may_load(actor: Actor) -> bool:
    """Say whether the actor may publish the shipped forms: the installation."""
    return actor.kind == "system"


def may_publish(actor: Actor) -> bool:
    """Say whether the actor writes and publishes forms: posts that serve the nation, because all of it is asked."""
    acts = actor.kind == "user" and actor.post_id is not None
    return acts and actor.territory == NATION and allows(actor, PUBLISH)


def visible_to(actor: Actor) -> QuerySet[Version]:
    """Return the versions that the actor may read: all that were ever published; drafts for who decides on them."""
    if actor.kind == "system" or may_publish(actor):
        return Version.objects.all()
    return Version.objects.filter(state__in=KEPT)


def may_begin(actor: Actor, dossier: UUID, facet: Facet) -> bool:
    """Say whether the actor's unit may write under the facet in this file. Who is asked is for the folder that asks.

    An adult's own safety is written without a grant, too, by who asks: what they begin stays theirs alone.
    """
    acts = actor.user_id is not None and actor.unit_id is not None
    return acts and (may_fill(dossier, facet) or may_keep_own(dossier, facet))


def may_answer(actor: Actor, response: Response) -> bool:
    """Say whether the response is the actor's unit's, and still to be written by it.

    Without the facet's grant it is to be written by the one person who began it.
    """
    facet, dossier = Facet(response.facet), response.dossier_id
    if actor.user_id is None or actor.unit_id is None or response.unit_id != actor.unit_id:
        return False
    own = response.begun_by_id == actor.user_id
    return may_fill(dossier, facet) or (own and may_keep_own(dossier, facet))
