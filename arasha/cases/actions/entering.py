"""Who is let into a file to write there, and in which unit's name; every action on a file asks here first."""

from uuid import UUID

from arasha.cases import queries
from arasha.cases.actions.leading import FileNotThere
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Actor, Facet


def require_writing(actor: Actor, dossier: UUID, facet: Facet) -> None:
    """Raise FileNotThere where the file is not there for the actor, or a facet of it is not theirs to write."""
    if actor.unit_id is None or queries.file(actor, dossier) is None or not may_write(dossier, facet):
        raise FileNotThere


def acting_unit(actor: Actor) -> int:
    """Return the unit in whose name the actor writes; 0 for an actor of no unit, whom `require_writing` lets in
    nowhere."""
    return int(actor.unit_id or 0)
