"""A part whose day has passed is said to be late: once, and weekly at most. It is no duty, and climbs no further."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from arasha.kernel.access.queries import post_holders, team_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.rules import local
from arasha.plans import policy, queries
from arasha.plans.actions.asking import told_part
from arasha.plans.models import AssessmentPart

AGAIN = timedelta(days=7)
BATCH = 100


def remind_of_late_parts(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, tell of the parts whose day has passed who answers for the unit, and who leads the file.

    A part that was passed on, whose assessment or file is closed, or that is kept apart is not told of. Returns of how
    many parts something was said. Raises NotAllowed.
    """
    if not policy.may_remind(actor):
        raise policy.NotAllowed
    rows = AssessmentPart.objects.filter(_due(now)).order_by("by_when", "id")
    late = list(rows.values_list("id", flat=True)[:limit])
    return sum(_remind(actor, part, now) for part in late)


def _due(now: datetime) -> Q:
    """Return which parts are to be told of: owed, their day over, and nothing said for a week."""
    return (
        Q(facet=int(Facet.OBLIGATIONS), state__in=["asked", "begun"], by_when__lt=local(now).date())
        & Q(assessment__ended_at=None, dossier__closed_at=None)
        & (Q(reminded_at=None) | Q(reminded_at__lte=now - AGAIN))
    )


def _remind(actor: Actor, part: UUID, now: datetime) -> bool:
    """Say once of one part that it is late. False where somebody was faster, or nothing is owed any more."""
    with transaction.atomic():
        locked = AssessmentPart.objects.select_for_update(of=("self",), skip_locked=True)
        row = locked.filter(_due(now), pk=part).select_related("unit").first()
        if row is None:
            return False
        row.reminded_at = now
        with act(verb="remind_part", stream=dossier_stream(row.dossier_id), now=now, codes=told_part(row)):
            row.save(update_fields=["reminded_at"])
            _tell(actor, row, now)
    return True


def _tell(actor: Actor, row: AssessmentPart, now: datetime) -> None:
    """Tell the head of the unit, or all of it where nobody heads it; a unit that left the file is told nothing more."""
    lead = queries.lead_of(row.dossier_id)
    if row.unit_id in {member.unit_id for member in team_of([row.dossier_id])}:
        heads = list(post_holders(row.unit, now).filter(rank="head").values_list("id", flat=True))
        told = {"posts": heads} if heads else {"units": [row.unit_id]}
        link = queries.part_link(row.pk)
        notify(actor=actor, code="part_late", link=link, dossier=row.dossier_id, now=now, **told)
    if lead is not None and lead != row.unit_id:
        link = queries.assessment_link(row.dossier_id)
        notify(actor=actor, units=[lead], code="part_late_elsewhere", link=link, dossier=row.dossier_id, now=now)
