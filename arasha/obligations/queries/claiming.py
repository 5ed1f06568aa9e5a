"""What the clock must look at, locked so that any number of clocks may run at once."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from arasha.kernel.access.models import Post
from arasha.obligations.models import Obligation
from arasha.obligations.queries.finding import Finder
from arasha.obligations.rules import OWED, State


def claim_due(now: datetime, limit: int) -> list[Obligation]:
    """Lock obligations whose moment has passed, passing over what other sweepers hold; by file.

    All sweepers lock the files' streams in this order; two batches in different orders could wait for each other.
    """
    due = Obligation.objects.filter(next_check_at__lt=now).order_by("next_check_at")
    claimed = due.prefetch_related("escalations").select_for_update(skip_locked=True, of=("self",))[:limit]
    return sorted(claimed, key=lambda row: str(row.dossier_id))


def claim_resumable(now: datetime, limit: int) -> list[Obligation]:
    """Lock obligations whose suspension is over, passing over what other clocks hold; by file."""
    over = Obligation.objects.filter(state=State.SUSPENDED.value, suspended_until__lte=now)
    claimed = over.order_by("suspended_until").select_for_update(skip_locked=True, of=("self",))[:limit]
    return sorted(claimed, key=lambda row: str(row.dossier_id))


def claim_undelivered(now: datetime, *, late: datetime, limit: int) -> list[tuple[Obligation, bool]]:
    """Lock the notices that reached nobody and of which something is to be said now: whether they reach somebody.

    Those whose unit has somebody by now who may know of the file do; those raised until `late` of which nobody was
    told yet do not. Notices of which there is nothing to say are passed over, however many: whoever sits in their
    unit may not know of the file, and they must not stand in the way of the others.
    """
    waiting = Obligation.objects.filter(~Q(number=""), delivered_at=None, ended_at=None)
    waiting = waiting.filter(state__in=[state.value for state in OWED])
    seated = Post.objects.filter(Q(until=None) | Q(until__gt=now), unit=OuterRef("unit"), since__lte=now)
    manned = Q(Exists(seated.exclude(holder=None)))
    found = waiting.filter(manned | Q(undelivered_at=None, raised_at__lte=late)).order_by("raised_at", "id")
    finder, batch = Finder(now), found
    while rows := list(batch.select_for_update(skip_locked=True, of=("self",))[:limit]):
        if told := _to_be_told(rows, finder, late):
            return told
        last = rows[-1]
        batch = found.filter(Q(raised_at__gt=last.raised_at) | Q(raised_at=last.raised_at, id__gt=last.id))
    return []


def _to_be_told(rows: list[Obligation], finder: Finder, late: datetime) -> list[tuple[Obligation, bool]]:
    """Return of which of these notices something is to be said, and whether they reach somebody; by file."""
    finder.foresee_seats({(row.dossier_id, row.unit_id) for row in rows if row.unit_id})
    reached = {row.pk: row.unit_id is not None and finder.reached(row.dossier_id, row.unit_id) for row in rows}
    told = [row for row in rows if reached[row.pk] or (row.undelivered_at is None and row.raised_at <= late)]
    return [(row, reached[row.pk]) for row in sorted(told, key=lambda row: str(row.dossier_id))]
