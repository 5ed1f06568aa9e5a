"""Who sees the board, and who may take a file's pages along; a file is seen by whoever its own policy lets see it."""

from uuid import UUID

from arasha.kernel.access.queries import answers_for
from arasha.kernel.access.rules import Actor

COORDINATORS = frozenset({"coordination_district", "coordination_region", "coordination_nation"})


def may_see_board(actor: Actor) -> bool:
    """Coordination of any level sees the board."""
    return bool(actor.functions & COORDINATORS)


def may_export(actor: Actor, dossier: UUID) -> bool:
    """Who leads or oversees a file may take it along; emergency access opens it to be read, and no more."""
    return actor.post_id is not None and answers_for(dossier)
