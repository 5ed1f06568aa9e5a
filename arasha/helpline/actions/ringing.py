"""Ringing to supervisors: somebody waits in danger and nobody holds them, or somebody waits too long."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from arasha.helpline import policy, queries
from arasha.helpline.actions.found import acting
from arasha.kernel.access.rules import Actor
from arasha.kernel.messages.actions import notify


def ring_for_contacts(*, actor: Actor, now: datetime) -> int:
    """Tell who watches over a helpline of whom nobody took; returns for how many. For the clock."""
    if not actor.is_system:
        raise policy.NotAllowed
    due = queries.due_to_ring(now)
    for row in due:
        code = "helpline_danger" if row.danger == "not_safe" else "helpline_waits"
        with transaction.atomic(), acting("ring_for_contact", row, now):
            watching = queries.heads(row.unit, now) or queries.seats_above(row.unit, now)
            posts = [post.pk for post in watching]
            units = [] if posts else [row.unit_id]
            notify(
                actor=actor,
                code=code,
                link=reverse("helpline:wall") if posts else reverse("helpline:console"),
                posts=posts,
                units=units,
                dossier=row.dossier_id,
                now=now,
            )
    return len(due)
