"""Who runs surveys of their school's classes, and which surveys are there for whom."""

from django.db.models import Q, QuerySet

from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import on_team
from arasha.kernel.access.rules import Actor
from arasha.surveys.models import Survey
from arasha.surveys.rules import RELEASED

RUN = "run_surveys"
SEE = "see_surveys"


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def visible_to(actor: Actor) -> QuerySet[Survey]:
    """Return the surveys of the actor's school, and the released ones that it was told of.

    The team of a survey's dossier holds the same line: an education department is on it from the release on.
    """
    if not allows(actor, SEE):
        return Survey.objects.none()
    own = Q(unit=actor.unit_id) if may_run(actor) else Q(pk__in=())
    return Survey.objects.filter(on_team(actor)).filter(own | Q(outcome=RELEASED))


def own(actor: Actor) -> QuerySet[Survey]:
    """Return the surveys that the actor may lead on: those of its school, every one for the clock."""
    if actor.is_system:
        return Survey.objects.all()
    return Survey.objects.filter(unit=actor.unit_id) if may_run(actor) else Survey.objects.none()


def may_run(actor: Actor) -> bool:
    """Say whether who acts may begin surveys."""
    return allows(actor, RUN) and actor.unit_id is not None
