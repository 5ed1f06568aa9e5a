"""Who asks for a visit, who records one, who records and ends a removal."""

from uuid import UUID

from django.db.models import QuerySet

from arasha.care.models import Outing, Removal, Visit
from arasha.care.rules import ENTER, GO, OWN
from arasha.cases.models import Case
from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import may_fill, may_write, reads_plan
from arasha.kernel.access.rules import Actor, Facet
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED

REMOVE = "remove_children"
WATCH = "watch_removals"
CLOCK = "watch_outings"


class NotAllowed(PermissionError):
    """The actor may not do this."""


def enters(actor: Actor) -> bool:
    """Say whether the actor's unit may enter a home, as far as the list of functions says; nobody has verified it."""
    return bool(actor.functions & ENTER)


def may_ask_visit(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may ask for a joint visit: whoever works on the file and may write what it owes."""
    return actor.kind == "user" and actor.post_id is not None and may_write(dossier, Facet.OBLIGATIONS)


def may_record_visit(actor: Actor, visit: Visit) -> bool:
    """Say whether the actor may record how a visit went: who may enter a home, and who owes the visit."""
    if actor.kind != "user" or actor.post_id is None or not may_write(visit.dossier_id, Facet.OBLIGATIONS):
        return False
    owes = Obligation.objects.filter(about=visit.pk, unit=actor.unit_id or 0, state__in=[one.value for one in OWED])
    own = visit.urgency == OWN and visit.unit_id == actor.unit_id
    return own or enters(actor) or owes.exists()


def may_agree_word(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor keeps a safe word: whoever writes the file's plan and reads it whole."""
    return actor.kind == "user" and actor.post_id is not None and may_fill(dossier, Facet.PLAN)


def may_plan_visit(actor: Actor, visit: Visit) -> bool:
    """Say whether the actor plans a visit: who may record it, and the unit that asked and goes along."""
    if may_record_visit(actor, visit):
        return True
    return visit.unit_id == actor.unit_id and may_ask_visit(actor, visit.dossier_id)


def may_remove(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may record a removal: guardianship and police, while the case is open."""
    if actor.kind != "user" or actor.post_id is None or not allows(actor, REMOVE):
        return False
    return Case.objects.filter(dossier=dossier, state="open").exists() and may_write(dossier, Facet.OBLIGATIONS)


def may_add(actor: Actor, removal: Removal) -> bool:
    """Say whether the actor may say more of a removal: who recorded it, and who may record one."""
    if removal.unit_id == actor.unit_id:
        return actor.post_id is not None and may_write(removal.dossier_id, Facet.OBLIGATIONS)
    return may_remove(actor, removal.dossier_id)


def may_end(actor: Actor, removal: Removal) -> bool:
    """Say whether the actor may end a removal: who may remove, and who leads the file."""
    leads = Case.objects.filter(dossier=removal.dossier_id, lead_unit=actor.unit_id or 0).exists()
    may = leads and actor.post_id is not None and may_write(removal.dossier_id, Facet.OBLIGATIONS)
    return may or may_remove(actor, removal.dossier_id)


def may_see_removal(actor: Actor, dossier: UUID) -> bool:
    """Say whether a file's page of removal opens: for who may remove or reads the plan, or owes something about it."""
    return reads_plan(dossier) or may_remove(actor, dossier) or Removal.objects.filter(dossier=dossier).exists()


def goes_to_homes(actor: Actor) -> bool:
    """Say whether people of the actor's unit go into homes, so that the check-in stands on the rail for them."""
    return bool(actor.functions & GO)


def may_go_alone(actor: Actor) -> bool:
    """Say whether the actor may say that they go alone: whoever holds a post; no right is asked for safety's sake."""
    return actor.kind == "user" and actor.post_id is not None


def may_find(actor: Actor, outing: Outing) -> bool:
    """Say whether the actor may say that a worker was reached: whoever sees the entry, but the worker."""
    return may_go_alone(actor) and actor.user_id != outing.user_id


def may_watch_outings(actor: Actor) -> bool:
    """Say whether this is the clock's look at who is out."""
    return actor.is_system and actor.purpose == CLOCK


def outings_visible_to(actor: Actor) -> QuerySet[Outing]:
    """Return who is or was out, for the worker, who answers for them, and whom their silence reached.

    The database alone draws this line: who holds a head's post, and whether another does, it knows at that moment.
    """
    return Outing.objects.all() if actor.kind == "user" or may_watch_outings(actor) else Outing.objects.none()
