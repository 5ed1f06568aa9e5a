"""Lists of obligations for my work, for a file, and for what climbed to a unit; which units have to do with one."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.policy import visible_to
from arasha.obligations.rules import OWED, RUNNING, Outcome, State

__all__ = [
    "about",
    "climbed_to_nobody",
    "late_in",
    "link",
    "of_dossier",
    "of_unit",
    "owed_by",
    "passed_over",
    "rungs_done",
    "same_owed",
    "supervising_units",
    "told_units",
    "visible_to",
]


def owed_by(actor: Actor) -> QuerySet[Obligation]:
    """Return what the actor's unit owes now, the earliest first. One index, whatever the unit's files."""
    running = Obligation.objects.filter(unit=actor.unit_id, state__in=[state.value for state in RUNNING])
    return running.select_related("protocol", "unit").order_by("due_now", "id")


def of_unit(actor: Actor) -> QuerySet[Obligation]:
    """Return all that the actor's unit owes or owed, in the files that the actor may see."""
    return visible_to(actor).filter(unit=actor.unit_id or 0).select_related("protocol")


def climbed_to_nobody(actor: Actor) -> QuerySet[Obligation]:
    """Return what is late and whose silence reached nobody, because every rung was passed over; the oldest first.

    For the nation's board: where nobody above could be told, the nation's coordination sees it here.
    """
    top = visible_to(actor).filter(state=State.OVERDUE.value, rung=0, next_check_at=None)
    return top.select_related("protocol", "unit").order_by("due_now", "id")


def late_in(actor: Actor) -> QuerySet[Obligation]:
    """Return what is late in the files that the actor's unit works on, the latest first."""
    late = visible_to(actor).filter(state=State.OVERDUE.value)
    return late.select_related("protocol", "unit").order_by("due_now", "id")


def of_dossier(actor: Actor, dossier: UUID) -> QuerySet[Obligation]:
    """Return the obligations of one file, the first due first."""
    rows = visible_to(actor).filter(dossier=dossier)
    return rows.select_related("protocol", "unit").prefetch_related("escalations__unit").order_by("due_now", "id")


def same_owed(obligation: Obligation) -> QuerySet[Obligation]:
    """Return other duties of the same unit for the same step in the same file: one of them may replace the other.

    A signal that joined a case brings along what the case owes already.
    """
    alike = Obligation.objects.filter(
        dossier=obligation.dossier_id, unit=obligation.unit_id, step=obligation.step, about=obligation.about
    )
    owed = alike.filter(state__in=[state.value for state in OWED], protocol__code=obligation.protocol.code)
    return owed.exclude(pk=obligation.pk).select_related("protocol").order_by("due_now", "id")


def about(things: Collection[UUID]) -> dict[UUID, Obligation]:
    """Return the duty that came of each thing agreed or decided, by its row; in files that the reader sees.

    That which is owed, else the newest.
    """
    rows = Obligation.objects.filter(about__in=list(things)).select_related("unit", "protocol")
    in_order = sorted(rows, key=lambda row: (State(row.state) in OWED, row.raised_at, str(row.pk)))
    return {row.about: row for row in in_order if row.about is not None}


def told_units(obligation: UUID) -> set[int]:
    """Return the units that the obligation's silence has reached."""
    told = Escalation.objects.filter(obligation=obligation, outcome=Outcome.TOLD.value)
    return {unit for unit in told.values_list("unit_id", flat=True) if unit is not None}


def supervising_units(obligation: Obligation) -> set[int]:
    """Return the units that must know what becomes of the obligation: the file's lead, and whom silence reached."""
    lead = Dossier.objects.filter(pk=obligation.dossier_id).values_list("lead_unit_id", flat=True).first()
    return told_units(obligation.pk) | ({lead} if lead else set())


def rungs_done(obligation: Obligation) -> set[int]:
    """Return the rungs of which something became already."""
    return set(Escalation.objects.filter(obligation=obligation).values_list("rung", flat=True))


def passed_over(obligation: Obligation) -> set[int]:
    """Return the units that had this duty before and passed it on, and the one that has it now."""
    units, current = set[int](), [obligation]
    while current:
        units |= {row.unit_id for row in current if row.unit_id}
        current = list(Obligation.objects.filter(replaced_by__in=current, state=State.DECLINED.value))
    return units


def link(obligation: UUID) -> str:
    """Return the address of the obligation's page."""
    return f"/obligations/{obligation}/"
