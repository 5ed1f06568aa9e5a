"""Marking intimate pictures of children, and handing originals to who investigates."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from arasha.evidence import policy, rules
from arasha.evidence.actions.lines import NotThere, add_line
from arasha.evidence.models import Custody, Exhibit
from arasha.kernel.access.actions import grant_facet
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import remove_kept
from arasha.obligations.queries import Finder

BATCH = 50


def mark_intimate(*, actor: Actor, exhibit: UUID, now: datetime) -> None:
    """Mark a file as an intimate picture of a child, unseen: its copy is destroyed, the clock hands it over next.

    Marked twice is marked once. Raises NotThere.
    """
    with transaction.atomic():
        row = Exhibit.objects.filter(pk=exhibit).first()
        if row is None or not policy.may_mark(actor, row.dossier_id):
            raise NotThere
        if row.intimate:
            return
        codes = {"facet": rules.COPY, "unit": actor.unit_id}
        with act(verb="mark_intimate", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            with connection.cursor() as cursor:
                cursor.execute("SELECT marked, copy FROM evidence.mark(%s, %s)", [row.pk, now])
                marked, copy = cursor.fetchone()
            if marked:
                add_line(actor, row, "marked", now, "by_worker")
                if copy is not None:
                    add_line(actor, row, "destroyed", now)
                    transaction.on_commit(lambda: remove_kept(copy))


def ask_investigator(*, actor: Actor, exhibit: UUID, now: datetime) -> None:
    """Ask that an original be opened to the investigator; the clock does it within seconds. Raises NotThere."""
    with transaction.atomic():
        row = Exhibit.objects.select_for_update().filter(pk=exhibit).first()
        if row is None or not policy.may_ask(actor, row.dossier_id):
            raise NotThere
        if row.asked_at is not None and row.handed_at is None:
            return
        codes = {"facet": rules.COPY, "unit": actor.unit_id}
        with act(verb="ask_investigator", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row.asked_at, row.handed_at = now, None
            row.save(update_fields=["asked_at", "handed_at"])
            add_line(actor, row, "asked", now)


def hand_over(*, actor: Actor, now: datetime) -> int:
    """Open what was asked for or marked to investigators; return how many were. Raises NotAllowed.

    Where nobody in the territory, the region or the country could be found who may know, the lead and the coordination
    hear of it, and it is tried again after an hour (`rules.AGAIN`), so that it holds up no other.
    """
    if not policy.may_keep(actor):
        raise policy.NotAllowed
    done = 0
    lately = Custody.objects.filter(exhibit=OuterRef("pk"), what="no_investigator", at__gt=now - rules.AGAIN)
    waiting = Exhibit.objects.filter(~Exists(lately), Q(intimate=True) | Q(asked_at__isnull=False), handed_at=None)
    # Any number of workers may run at once: each takes what no other holds.
    locked = waiting.select_related("dossier").select_for_update(skip_locked=True, of=("self",))
    for row in locked.order_by("received_at")[:BATCH]:
        with transaction.atomic():
            if _unit(row, row.dossier.territory_id, now) is None:
                _tell_nobody_found(actor, row, now)
                continue
            with act(
                verb="hand_over_evidence", stream=dossier_stream(row.dossier_id), now=now, codes={"facet": rules.COPY}
            ):
                done += hand_over_one(actor, row, row.dossier.territory_id, now)
    return done


def hand_over_one(actor: Actor, row: Exhibit, territory: str, now: datetime) -> bool:
    """Open a dossier's originals to the investigators' unit and tell it; False where there is none. An act is open."""
    unit = _unit(row, territory, now)
    if unit is None:
        return False
    until = now + rules.OPEN_FOR
    grant_facet(dossier=row.dossier_id, facet=rules.ORIGINAL, until=until, reason="evidence", unit_id=unit)
    row.handed_at, row.handed_unit_id, row.handed_until = now, unit, until
    row.save(update_fields=["handed_at", "handed_unit", "handed_until"])
    add_line(actor, row, "handed", now)
    code = "intimate_file" if row.intimate else "original_opened"
    notify(actor=actor, units=[unit], code=code, link=f"/evidence/{row.dossier_id}/", dossier=row.dossier_id, now=now)
    return True


def _tell_nobody_found(actor: Actor, row: Exhibit, now: datetime) -> None:
    """Write it into the custody record, and tell who leads the file and who coordinates there."""
    found = Finder(now).obliged(row.dossier_id, rules.COORDINATION, row.dossier.territory_id, rules.HIGHER).unit
    units = {unit for unit in (row.dossier.lead_unit_id, found and found.pk) if unit}
    codes = {"facet": rules.COPY}
    with act(verb="tell_no_investigator", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        add_line(actor, row, "no_investigator", now)
        link = f"/evidence/{row.dossier_id}/"
        notify(actor=actor, units=sorted(units), code="no_investigator", link=link, dossier=row.dossier_id, now=now)


def _unit(row: Exhibit, territory: str, now: datetime) -> int | None:
    found = Finder(now).obliged(row.dossier_id, rules.INVESTIGATOR, territory, rules.INSTEAD)
    return found.unit.pk if found.unit is not None else None
