"""Who sees the board; a file is seen by whoever its own policy lets see it."""

from arasha.kernel.access.rules import Actor

COORDINATORS = frozenset({"coordination_district", "coordination_region", "coordination_nation"})


def may_see_board(actor: Actor) -> bool:
    """Coordination of any level sees the board of its own files."""
    return bool(actor.functions & COORDINATORS)
