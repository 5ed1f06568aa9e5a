"""A link of a referral ends: its door goes, and it is as if it had never been."""

from datetime import datetime

from django.db import connection

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.plans import queries
from arasha.plans.models import OutsideLink, Referral
from arasha.plans.queries import outside_link as links

# With which end the link goes when the referral's place takes a step.
BY_STEP = {"refuse": "answered", "withdraw": "withdrawn", "hand_over": "handed_over"}


def end_link(actor: Actor, row: OutsideLink, why: str, now: datetime, *, tell: bool = False) -> bool:
    """End a link, in the caller's transaction; `tell`: whoever sent the referral hears of it. False: it had ended."""
    codes = {"facet": Facet.PLAN, "unit": actor.unit_id or row.unit_id, "referral": str(row.referral_id), "kind": why}
    with act(verb="end_outside_link", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        if not close_link(row, why, now):
            return False
        if tell:
            link, code = queries.referral_link(row.referral_id), "outside_link_over"
            notify(actor=actor, units=[row.unit_id], code=code, link=link, dossier=row.dossier_id, now=now)
    return True


def close_link(row: OutsideLink, why: str, now: datetime) -> bool:
    """End a link within an open act on its file; False: it had ended."""
    held = OutsideLink.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.ended_at is not None:
        return False
    held.ended_at, held.ended_why = now, why
    held.save(update_fields=["ended_at", "ended_why"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans.close_outside(%s)", [row.pk])
    return True


def end_links(actor: Actor, referral: Referral, why: str, now: datetime) -> None:
    """End the link of a referral that still opens, if there is one."""
    row = links.live_link(referral.pk)
    if row is not None:
        end_link(actor, row, why, now)
