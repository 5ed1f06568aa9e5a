"""What a signal's file owes goes on in the child's case, and comes back when the joining is undone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations import policy, rules
from arasha.obligations.models import Escalation, Gap, Obligation

# What the database keeps apart in one file (obligation_once): one step for one unit of one moment.
SAME = ("protocol_id", "step", "unit_id", "from_moment", "about")


def move_obligations(
    *, actor: Actor, origin: UUID, target: UUID, now: datetime, raised_in: UUID | None = None
) -> list[UUID]:
    """Move what is still owed from one file to another, with what became of its silence; limits do not change.

    The units that owe, and those that silence has reached, join the other file's team with the part they had.
    What is met stays where it was met, and so does what the other file owes of the very same moment: two reports in
    one second oblige a unit once. The same call with the files exchanged undoes it; `raised_in` then names the file
    whose own duties go back, wherever else the origin's came from. Returns what moved.

    Raises:
        NotAllowed: the actor acts in no post.
        access.rules.Refused, NotThere: the actor may not change one of the teams.
    """
    if not policy.may_raise(actor):
        raise policy.NotAllowed
    owed_still = [state.value for state in rules.OWED]
    with transaction.atomic():
        owed = Obligation.objects.filter(dossier=origin, state__in=owed_still).order_by("id")
        owed = owed if raised_in is None else owed.filter(raised_in=raised_in)
        there = set(Obligation.objects.filter(dossier=target).values_list(*SAME))
        rows = [row for row in owed.select_for_update(of=("self",)) if _same(row) not in there]
        if not rows:
            return []
        ids = [row.id for row in rows]
        told = Escalation.objects.filter(obligation__in=ids, outcome=rules.Outcome.TOLD.value)
        overseeing = sorted({unit for unit in told.values_list("unit_id", flat=True) if unit})
        obliged = sorted({row.unit_id for row in rows if row.unit_id})
        codes = {"facet": Facet.OBLIGATIONS, "obligations": ids, "to": target}
        other = [dossier_stream(target)]
        with act(verb="move_obligations", stream=dossier_stream(origin), also=other, now=now, codes=codes):
            # The team first: whoever moves a row must be allowed to see it where it goes.
            for unit in obliged:
                add_member(dossier=target, member=TeamMember("obliged", unit_id=unit, reason="obligation"))
            for unit in overseeing:
                add_member(dossier=target, member=TeamMember("overseeing", unit_id=unit, reason="escalation"))
            Escalation.objects.filter(obligation__in=ids).update(dossier=target)
            Gap.objects.filter(obligation__in=ids).update(dossier=target)
            Obligation.objects.filter(pk__in=ids).update(dossier=target)
    return ids


def _same(row: Obligation) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in SAME)
