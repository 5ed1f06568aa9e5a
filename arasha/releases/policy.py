"""Who takes requests down, who reads them, who proposes and who decides what is given."""

from django.db.models import Q, QuerySet

from arasha.cases.models import Case
from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import may_write, on_team
from arasha.kernel.access.rules import Actor, Facet
from arasha.releases.models import FileRequest, Release

TAKE = "take_file_requests"
ANSWER = "answer_file_requests"
CLIMB = "climb_file_requests"
DECIDING = frozenset({"coordination_district", "coordination_region"})


class NotAllowed(PermissionError):
    """The actor may not do this with a request."""


def may_take(actor: Actor) -> bool:
    """Say whether the actor takes requests down: in a post; no file is needed for it."""
    return actor.kind == "user" and actor.post_id is not None and allows(actor, TAKE)


def visible_to(actor: Actor) -> QuerySet[FileRequest]:
    """Return the requests that go to the actor's unit, and those about files that it works on."""
    own, of_file = Q(unit=actor.unit_id or 0), Q(release__in=Release.objects.filter(on_team(actor)))
    return FileRequest.objects.filter(own | of_file)


def may_answer(actor: Actor, row: FileRequest) -> bool:
    """Say whether the actor matches a request to a file, or ends it: the coordination that it went to."""
    return actor.kind == "user" and actor.unit_id == row.unit_id and allows(actor, ANSWER)


def may_propose(actor: Actor, row: Release) -> bool:
    """Say whether the actor proposes what is given: who leads the file, or the coordination that was asked."""
    if actor.kind != "user" or not may_write(row.dossier_id, Facet.OBLIGATIONS):
        return False
    leads = Case.objects.filter(dossier=row.dossier_id, lead_unit=actor.unit_id or 0)
    return actor.unit_id == row.request.unit_id or leads.exists()


def may_decide(actor: Actor, row: Release) -> bool:
    """Say whether the actor decides a proposal: coordination on the file, never who proposed it."""
    if actor.kind != "user" or not actor.functions & DECIDING or not may_write(row.dossier_id, Facet.OBLIGATIONS):
        return False
    return actor.user_id != row.proposer_id


def may_climb(actor: Actor) -> bool:
    """Say whether the actor tells of requests that nobody matches: the clock alone."""
    return actor.kind == "system" and actor.purpose == CLIMB
