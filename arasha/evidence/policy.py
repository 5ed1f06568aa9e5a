"""Who sees received files, who opens originals, who marks and hands over."""

from uuid import UUID

from arasha.evidence.rules import COPY, ORIGINAL
from arasha.kernel.access.queries import may_read, may_write, visible_dossiers
from arasha.kernel.access.rules import Actor


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def may_keep(actor: Actor) -> bool:
    """Only the clock's work that opens what the public sent keeps it and hands it over."""
    return actor.is_system and actor.purpose == "letters"


def may_see(actor: Actor, dossier: UUID) -> bool:
    """Say whether who acts may know of a dossier's files: who reads its words, and who was given its originals."""
    known = visible_dossiers(actor).filter(pk=dossier).exists()
    return known and (may_read(dossier, COPY) or may_read(dossier, ORIGINAL))


def may_see_copies(actor: Actor, dossier: UUID) -> bool:
    """Say whether who acts may look at copies."""
    return may_see(actor, dossier) and may_read(dossier, COPY)


def may_open_originals(actor: Actor, dossier: UUID) -> bool:
    """Say whether who acts may open originals: their function allows it and they were given them."""
    return actor.post_id is not None and may_see(actor, dossier) and may_read(dossier, ORIGINAL)


def may_mark(actor: Actor, dossier: UUID) -> bool:
    """Say whether who acts may mark a picture as intimate: whoever sees that it is there."""
    return actor.post_id is not None and may_see(actor, dossier)


def may_ask(actor: Actor, dossier: UUID) -> bool:
    """Say whether who acts may have the original handed to the investigator: who writes the file's words."""
    return actor.post_id is not None and may_see(actor, dossier) and may_write(dossier, COPY)
