"""What people do across files: break the glass, review who did, confirm a day's budget, take a file's story along."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from arasha.coordination import policy as rights
from arasha.coordination.models import Sight
from arasha.coordination.rules import EMERGENCIES, SIGHTS, fridays
from arasha.kernel.access import actions as access
from arasha.kernel.access import policy
from arasha.kernel.access.models import Glass
from arasha.kernel.access.queries import budgets_below
from arasha.kernel.access.rules import Actor, Facet, NotThere, Refused
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream, user_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.queries import calendar
from arasha.kernel.worktime.rules import Hours, Limit, Unit, due_at, local

# Design, section 9: exports of more than 100 children need two people.
MOST_CHILDREN = 100
# Design, section 4: unreviewed after three working days, the right is suspended.
REVIEW_WITHIN = Limit(3, Unit.WORKING_DAYS)


def break_glass(*, actor: Actor, dossier: UUID, reason: str, factor_at: datetime, now: datetime) -> UUID:
    """Open one file to the actor for three hours, tell its lead and a unit outside the actor's line; returns the glass.

    `reason` is a code of `rules.EMERGENCIES`; `factor_at` when the second factor was shown, on the real clock.
    Raises UnknownCode, Refused (no right, or an earlier one was not reviewed in time), NotThere (no such file, or
    barred: nobody can tell which), NotValid (the factor is older than five minutes).
    """
    policy.require(actor, "break_glass")
    codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "reason": EMERGENCIES[reason].code}
    due = due_at(REVIEW_WITHIN, now, Hours(), calendar()).due
    with transaction.atomic():
        with act(verb="break_glass", stream=dossier_stream(dossier), now=now, codes=codes):
            glass = access.break_glass(actor=actor, dossier=dossier, reason=reason, factor_at=factor_at, review_due=due)
        _tell(actor, Glass.objects.get(pk=glass), now)
    return glass


def _tell(actor: Actor, glass: Glass, now: datetime) -> None:
    watching = {glass.watching_unit_id} - {None, actor.unit_id}
    lead = {glass.lead_unit_id} - {None, actor.unit_id} - watching
    dossier = glass.dossier_id
    told = (("glass_to_review", "/emergency/openings/", watching), ("glass_broken", f"/files/{dossier}/looks/", lead))
    for code, link, units in told:
        if units:
            notify(actor=actor, code=code, link=link, now=now, units=[unit for unit in units if unit], dossier=dossier)


def review_glass(*, actor: Actor, glass: UUID, justified: bool, now: datetime) -> None:
    """Say whether an emergency opening was justified; for the lead's and the watching unit, never the opener's own.

    Raises Refused, NotThere, Conflict (reviewed already).
    """
    policy.require(actor, "review_glass")
    with transaction.atomic():
        row = Glass.objects.filter(pk=glass).first()
        if row is None:
            raise NotThere
        codes = {
            "facet": Facet.OBLIGATIONS,
            "unit": actor.unit_id,
            "outcome": "justified" if justified else "not_justified",
        }
        with act(verb="review_glass", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            access.review_glass(glass=glass, justified=justified)


def confirm_budget(*, actor: Actor, user_id: int, now: datetime) -> None:
    """Let somebody of a unit below, whom the day's budget stopped, open as many files again today.

    Raises NotThere (nobody below, or not noticed today), Conflict (not stopped, or confirmed already).
    """
    with transaction.atomic():
        budget = next((row for row in budgets_below() if row.user_id == user_id), None)
        if budget is None:
            raise NotThere
        codes = {"unit": actor.unit_id, "more": budget.dossiers}
        with act(verb="confirm_budget", stream=user_stream(user_id), now=now, codes=codes):
            access.confirm_budget(user_id=user_id, limit=budget.dossiers)


def load_reference(*, actor: Actor, now: datetime, using: str = "owner") -> int:
    """Bring the steps by which a child is seen to what `data/sights.csv` says; returns how many rows changed.

    Raises Refused: the actor is not the installation.
    """
    if not (actor.is_system and actor.purpose == "load_reference"):
        raise Refused
    with transaction.atomic(using=using):
        known = {(row.protocol, row.step): row.source for row in Sight.objects.using(using).all()}
        for protocol, step in known.keys() - SIGHTS.keys():
            Sight.objects.using(using).filter(protocol=protocol, step=step).delete()
        changed = {key: source for key, source in SIGHTS.items() if known.get(key) != source}
        for (protocol, step), source in changed.items():
            Sight.objects.using(using).filter(protocol=protocol, step=step).delete()
            Sight.objects.using(using).create(protocol=protocol, step=step, source=source)
    return len(changed) + len(known.keys() - SIGHTS.keys())


def fold_counters(*, actor: Actor, now: datetime) -> int:
    """Fold the changes of the board's counters into them; returns how many cells changed. For the clock."""
    return _counted("fold_counters")


def mend_counters(*, actor: Actor, now: datetime) -> int:
    """Compare the counters with a count and mend what differs; returns how many cells did."""
    return _counted("mend_counters")


def write_weeks(*, actor: Actor, now: datetime) -> int:
    """Write how many duties were late on the last Fridays, as far as that is not written; returns how many were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coordination.write_weeks(%s::date[])", [fridays(local(now).date())])
        return int(cursor.fetchone()[0])


def _counted(function: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coordination.{function}()")
        return int(cursor.fetchone()[0])


def export_file(*, actor: Actor, dossier: UUID, form: str, now: datetime) -> None:
    """Record that the actor takes a file's pages along, as an act and in the access log; `form`: "story".

    Raises Refused (neither leads nor oversees the file, or sees it by emergency access alone), TooManyToday,
    LookNotRecorded (then nothing is given).
    """
    if not rights.may_export(actor, dossier):
        raise Refused
    access.record_export(actor=actor, now=now, dossier=dossier)
    codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "form": form}
    with transaction.atomic(), act(verb="export_file", stream=dossier_stream(dossier), now=now, codes=codes):
        pass


def print_work(*, actor: Actor, dossiers: Sequence[UUID], now: datetime) -> None:
    """Record that the actor takes along, on paper, what is owed in these files: one act that each of them tells.

    Raises Refused (no right, or more children than one person may take along), TooManyToday, LookNotRecorded.
    """
    policy.require(actor, "meet_obligations")
    if len(dossiers) > MOST_CHILDREN or actor.user_id is None:
        raise Refused
    for dossier in dossiers:
        access.record_export(actor=actor, now=now, dossier=dossier)
    codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "files": len(dossiers)}
    also = [dossier_stream(dossier) for dossier in dossiers]
    with (
        transaction.atomic(),
        act(verb="print_work", stream=user_stream(actor.user_id), also=also, now=now, codes=codes),
    ):
        pass
