"""Who may open, lead and hand over a file, and which cases are there for them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.cases.models import Case
from arasha.cases.rules import LEADERS, LEADERS_OF
from arasha.kernel.access.models import Dossier, Post
from arasha.kernel.access.queries import answers_for, may_write, on_team
from arasha.kernel.access.rules import Actor, Facet


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def may_open(actor: Actor) -> bool:
    """Say whether the actor's unit may lead a child's case."""
    return actor.post_id is not None and bool(actor.functions & LEADERS)


def may_lead(actor: Actor, kind: str = "case") -> bool:
    """Say whether the actor's unit may lead a file of a kind."""
    return actor.post_id is not None and bool(actor.functions & LEADERS_OF.get(kind, LEADERS))


def may_hand_over(actor: Actor, dossier: Dossier) -> bool:
    """Say whether the actor's unit may give the lead away: it has it, or oversees the file."""
    return actor.post_id is not None and (dossier.lead_unit_id == actor.unit_id or answers_for(dossier.pk))


def may_close(actor: Actor, case: Case) -> bool:
    """Say whether the actor may close a case or open it again: whose unit leads or oversees its file."""
    return actor.post_id is not None and (case.lead_unit_id == actor.unit_id or answers_for(case.dossier_id))


def may_name_interviewer(actor: Actor, dossier: Dossier) -> bool:
    """Say whether the actor may let somebody interview the child: whose unit leads the file."""
    return actor.post_id is not None and dossier.lead_unit_id == actor.unit_id


def may_take_pages(actor: Actor, dossier: UUID, facet: Facet) -> bool:
    """Say whether the actor may take pages along: who leads or oversees, and of health who works on it."""
    return actor.post_id is not None and (answers_for(dossier) or (facet == Facet.HEALTH and may_write(dossier, facet)))


def may_take_lists(actor: Actor) -> bool:
    """Say whether the actor may bring in lists of forms of violence: the installation's own work alone."""
    return actor.kind == "system" and actor.purpose == "load_reference"


def may_assign(actor: Actor, unit: int, now: datetime) -> bool:
    """Say whether the actor gives cases of a unit to its workers: its head, anybody while it has none, the clock."""
    if may_care(actor):
        return True
    if actor.unit_id != unit or not may_lead(actor):
        return False
    held = Q(until=None) | Q(until__gt=now)
    heads = Post.objects.filter(held, unit=unit, rank="head", holder__isnull=False, since__lte=now)
    found = set(heads.values_list("pk", flat=True))
    return not found or actor.post_id in found


def may_care(actor: Actor) -> bool:
    """Say whether the actor may look after leads that nobody has: the clock alone."""
    return actor.kind == "system" and actor.purpose == "care"


def visible_to(actor: Actor) -> QuerySet[Case]:
    """Return the cases that are there for the actor; the database's policies hold the same line."""
    return Case.objects.filter(on_team(actor))
