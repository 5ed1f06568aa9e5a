"""Who opens letters, and who answers a teller."""

from uuid import UUID

from arasha.kernel.access.queries import may_read, may_write, visible_dossiers
from arasha.kernel.access.rules import Actor, Facet


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def may_open_letters(actor: Actor) -> bool:
    """Only the clock's work of this one purpose opens what the public told."""
    return actor.is_system and actor.purpose == "letters"


def may_read_talk(actor: Actor, dossier: UUID) -> bool:
    """Say whether who acts reads what a file's teller said and was answered."""
    return visible_dossiers(actor).filter(pk=dossier).exists() and may_read(dossier, Facet.NARRATIVE)


def may_answer(actor: Actor, dossier: UUID) -> bool:
    """Say whether who acts may answer the teller: a person in a post of a unit that writes the file's words."""
    return actor.post_id is not None and may_write(dossier, Facet.NARRATIVE)


def may_ring(actor: Actor) -> bool:
    """Only the clock's work of this one purpose rings for tellers."""
    return actor.is_system and actor.purpose == "ring"
