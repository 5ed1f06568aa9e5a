"""Who sees the board, who fills in a file's forms and may take its pages along; a file is seen by whoever its own
policy lets see it."""

from uuid import UUID

from arasha.cases.models import Case
from arasha.coordination.models import Closing, Silence
from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import answers_for, may_fill, may_keep_own, may_write
from arasha.kernel.access.rules import Actor, Facet
from arasha.obligations.queries import about
from arasha.questionnaires.models import Response

# Levels of risk at which whoever leads the file mutes; one that the reader may not know is none of them.
KNOWN_BELOW = frozenset({"high", "medium", "low", "none"})
CONTACTS = "ask_contacts_from_home"
COORDINATORS = frozenset({"coordination_district", "coordination_region", "coordination_nation"})


class NotAllowed(PermissionError):
    """The actor may not do this."""


def may_ask_contacts(actor: Actor) -> bool:
    """Say whether the actor lets contact from home be owed: the clock alone."""
    return actor.kind == "system" and actor.purpose == CONTACTS


def may_see_board(actor: Actor) -> bool:
    """Coordination of any level sees the board."""
    return bool(actor.functions & COORDINATORS)


def may_propose_closing(actor: Actor, case: Case) -> bool:
    """Say whether the actor may propose to close a case, or take that back: whose unit leads it and writes plans."""
    return actor.post_id is not None and case.lead_unit_id == actor.unit_id and may_write(case.dossier_id, Facet.PLAN)


def may_decide_closing(actor: Actor, closing: Closing) -> bool:
    """Say whether the actor decides on a closing: whose unit owes it and supervises the file; not who proposed it."""
    duty = about([closing.pk]).get(closing.pk)
    owes = duty is not None and duty.unit_id == actor.unit_id and actor.acts_for_unit
    supervises = allows(actor, "supervise_obligations") and answers_for(closing.dossier_id)
    return owes and supervises and actor.user_id is not None and actor.user_id != closing.user_id


def may_reopen(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may open a closed case again: who leads or oversees its file, and writes what it owes."""
    return actor.post_id is not None and answers_for(dossier) and may_write(dossier, Facet.OBLIGATIONS)


def may_mute(actor: Actor, silence: Silence, level: str) -> bool:
    """Say whether the actor may mute a silence: who leads or oversees; at very high risk coordination alone."""
    if actor.post_id is None or not answers_for(silence.dossier_id):
        return False
    watches = bool(actor.functions & COORDINATORS)
    return may_write(silence.dossier_id, Facet.OBLIGATIONS) and (level in KNOWN_BELOW or watches)


def may_export(actor: Actor, dossier: UUID) -> bool:
    """Who leads or oversees a file may take it along; emergency access opens it to be read, and no more."""
    return actor.post_id is not None and answers_for(dossier)


def may_fill_in(actor: Actor, dossier: UUID, facet: str) -> bool:
    """Whose unit writes the facet in a file fills in the forms that lie under it; nobody does for a system.

    What an adult says alone of their own safety is written without a grant by whoever asks, and stays theirs alone.
    """
    code = Facet[facet.upper()]
    acts = actor.user_id is not None and actor.unit_id is not None
    return acts and (may_fill(dossier, code) or may_keep_own(dossier, code))


def may_print_form(actor: Actor, response: Response) -> bool:
    """The unit that wrote a form, and who leads or oversees the file, may take it along; nothing sealed is."""
    own = response.unit_id == actor.unit_id and may_write(response.dossier_id, Facet(response.facet))
    return not Facet(response.facet).sealed and actor.post_id is not None and (own or answers_for(response.dossier_id))
