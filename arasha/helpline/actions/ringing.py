"""Ringing to supervisors: somebody waits in danger and nobody holds them, or somebody waits too long."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from arasha.helpline import policy, queries
from arasha.helpline.actions.found import acting, locked
from arasha.kernel.access.rules import Actor
from arasha.kernel.messages.actions import notify


def ring_for_contact(*, actor: Actor, contact: UUID, now: datetime) -> bool:
    """Tell who watches over a helpline of somebody whom nobody took; False when they wait no more. For the clock.

    Raises NotAllowed, ContactNotThere.
    """
    if not actor.is_system:
        raise policy.NotAllowed
    with transaction.atomic():
        row = locked(actor, contact)
        if row.state != "waiting":
            return False
        code = "helpline_danger" if row.danger == "not_safe" else "helpline_waits"
        with acting("ring_for_contact", row, now):
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
    return True
