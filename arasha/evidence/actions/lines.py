"""Adding lines to a custody record."""

from datetime import datetime

from django.db.models import Max

from arasha.evidence import rules
from arasha.evidence.models import Custody, Exhibit
from arasha.kernel.access.rules import Actor


class NotThere(LookupError):
    """There is no such file for who acts, or what they want of it is not there."""


def add_line(actor: Actor, exhibit: Exhibit, what: str, now: datetime, detail: str = "") -> None:
    """Add a line; the caller's act is open. Codes alone: ValueError for others."""
    if what not in rules.CUSTODY or (detail and detail not in rules.DETAILS):
        raise ValueError(f"no line says {what} {detail}")
    last = Custody.objects.filter(exhibit=exhibit).aggregate(last=Max("line"))["last"] or 0
    row = Custody(exhibit=exhibit, dossier_id=exhibit.dossier_id, line=last + 1, at=now, what=what, detail=detail)
    row.user_id, row.unit_id = actor.user_id, actor.unit_id
    row.save(force_insert=True)
