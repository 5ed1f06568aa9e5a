"""Figures of the past from a table that somebody hands in: a version replaces the one before, never silently."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import connection, transaction

from arasha.helpline import policy, queries
from arasha.helpline.actions.importing_reasons import TableFaulty
from arasha.helpline.models import PastEdition, PastFigure
from arasha.helpline.rules import past_table
from arasha.helpline.rules.periods import month_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import configuration_stream
from arasha.kernel.worktime.rules import local
from arasha.ui.rules import sheets

LONGEST_SOURCE = 200


class SourceMissing(ValueError):
    """It is not said where the figures come from."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What a table would do, or did: `replaces` is the version that it takes the place of, 0 when there is none."""

    rows: int
    contacts: int
    first: str
    last: str
    version: int
    replaces: int
    same: bool
    written: bool


def import_figures(
    *, actor: Actor, now: datetime, content: bytes, source: str, dry_run: bool, unit: int | None = None
) -> Handed:
    """Take a table of past figures of the actor's helpline, or say what it would change. Handed in twice it is one.

    `unit` names the helpline for the installation's work. Raises NotAllowed, SourceMissing, SheetUnreadable,
    TableFaulty.
    """
    place = _unit(actor, unit)
    said = " ".join(source.split())
    if not said or len(said) > LONGEST_SOURCE:
        raise SourceMissing
    rows = sheets.read(content)
    figures, faults = past_table.understood(rows, queries.known_words(), month_of(local(now).date()))
    if faults:
        raise TableFaulty(faults)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            key = f"helpline past {place}:{said}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        before = PastEdition.objects.filter(unit=place, source=said, replaced_at=None).first()
        same = before is not None and before.digest == digest
        if not dry_run and not same:
            _write(actor, now, (place, said, digest), figures, before)
    months = sorted(one.month for one in figures)
    return Handed(
        rows=len(figures),
        contacts=sum(one.count for one in figures),
        first=months[0].code,
        last=months[-1].code,
        version=(before.version if before else 0) + (0 if same else 1),
        replaces=before.version if before and not same else 0,
        same=same,
        written=not dry_run and not same,
    )


def _unit(actor: Actor, unit: int | None) -> int:
    """Return the helpline whose figures they are. Raises NotAllowed."""
    if actor.is_system and unit is not None:
        return unit
    units = policy.supervised_units(actor)
    if not units or (unit is not None and unit not in units):
        raise policy.NotAllowed
    return unit if unit is not None else (actor.unit_id if actor.unit_id in units else units[0]) or 0


def _write(
    actor: Actor,
    now: datetime,
    place: tuple[int, str, str],
    figures: list[past_table.Figure],
    before: PastEdition | None,
) -> None:
    unit, source, digest = place
    months = sorted(one.month for one in figures)
    edition = PastEdition(id=uuid4(), unit_id=unit, source=source, version=(before.version if before else 0) + 1)
    edition.rows, edition.digest = len(figures), digest
    edition.since, edition.until = months[0].first, months[-1].plus(1).first
    edition.imported_by_id, edition.imported_at = actor.user_id, actor.moment or now
    codes = {"unit": unit, "edition": str(edition.pk), "version": edition.version}
    with act(verb="import_figures", stream=configuration_stream(f"helpline {unit}"), now=now, codes=codes):
        if before is not None:
            before.replaced_at = now
            before.save(update_fields=["replaced_at"])
        edition.save(force_insert=True)
        PastFigure.objects.bulk_create(
            [
                PastFigure(
                    edition=edition,
                    month=one.month.first,
                    region=one.region,
                    channel=one.channel,
                    kind=one.kind,
                    reason=one.reason,
                    count=one.count,
                )
                for one in figures
            ],
            batch_size=1000,
        )
