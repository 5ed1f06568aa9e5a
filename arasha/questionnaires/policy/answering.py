"""Who may fill in, correct and withdraw. Which forms a file holds, and who is asked, is for the folder that asks."""

from uuid import UUID

from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Actor, Facet
from arasha.questionnaires.models import Response


def may_begin(actor: Actor, dossier: UUID, facet: Facet) -> bool:
    """Say whether the actor's unit may write under the facet in this file."""
    return actor.user_id is not None and actor.unit_id is not None and may_write(dossier, facet)


def may_answer(actor: Actor, response: Response) -> bool:
    """Say whether the response is the actor's unit's, and still to be written by it."""
    facet = Facet(response.facet)
    return response.unit_id == actor.unit_id and may_begin(actor, response.dossier_id, facet)
