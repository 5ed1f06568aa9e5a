"""The official file of the classifier, taken whole or not at all."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connections, transaction
from django.db.models.functions import Now

from arasha.kernel.territory import policy
from arasha.kernel.territory.actions.reading import read_table
from arasha.kernel.territory.actions.storing import store
from arasha.kernel.territory.models import Edition, FormerName, Succession, SuccessionKind, Territory
from arasha.kernel.territory.rules.comparison import OFFICIAL, Changes, compare
from arasha.kernel.territory.rules.official import Fault, read_rows
from arasha.kernel.territory.rules.tree import Placed, Unit, placed

MOST_CLOSED = 10  # per cent of what stands: a part of a file must not close the rest of the country


class FileFaulty(Exception):
    """Rows of the file are wrong; `faults` says where and what."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class TooMuchClosed(Exception):
    """The file would close more than a tenth of all units; `closed` of `standing`."""

    def __init__(self, closed: int, standing: int) -> None:
        super().__init__(f"{closed} of {standing} units would be closed")
        self.closed, self.standing = closed, standing


class OlderEdition(Exception):
    """An edition valid from a later day was imported before; `latest` is that day."""

    def __init__(self, latest: date) -> None:
        super().__init__(f"an edition valid from {latest} was imported already")
        self.latest = latest


@dataclass(frozen=True, slots=True)
class Report:
    """What an import found and did."""

    encoding: str
    rows: int
    changes: Changes
    written: bool


def import_official(
    *,
    file: Path,
    valid_on: date | None = None,
    dry_run: bool,
    actor: policy.Actor,
    accept_closing: bool = False,
    using: str = "owner",
) -> Report:
    """Take an edition of the official file, valid from a day on, in one transaction; a dry run writes nothing.

    Without a day it is valid from today, by the database's clock.
    Units that the file no longer has are closed, never removed. The same file again changes nothing. Raises
    FileUnreadable, FileFaulty, TooMuchClosed, OlderEdition, policy.NotAllowed.
    """
    policy.require_installation(actor)
    encoding, places, lines = read_table(file)
    rows, faults = read_rows(places, lines)
    if faults:
        raise FileFaulty(faults)
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("LOCK TABLE public.territory_territory IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SELECT coalesce(%s::date, (now() AT TIME ZONE 'Asia/Almaty')::date)", [valid_on])
            valid_on = cursor.fetchone()[0]
        known = _known(using)
        changes = compare(known, rows, valid_on)
        _refuse(changes, known, valid_on, accept_closing, using)
        if changes.anything and not dry_run:
            _write(changes, known, valid_on, using)
            _note(changes, file, valid_on, using)
    return Report(encoding, len(rows), changes, changes.anything and not dry_run)


def _known(using: str) -> dict[str, Unit]:
    fields = ("kato", "name_kk", "name_ru", "name_en", "source", "names_verified", "urban", "valid_from", "valid_to")
    return {row[0]: Unit(*row) for row in Territory.objects.using(using).values_list(*fields)}


def _refuse(changes: Changes, known: dict[str, Unit], valid_on: date, accept_closing: bool, using: str) -> None:
    latest = Edition.objects.using(using).order_by("-valid_on").values_list("valid_on", flat=True).first()
    if latest is not None and latest > valid_on:
        raise OlderEdition(latest)
    standing = sum(unit.valid_to is None for unit in known.values())
    if not accept_closing and len(changes.closed) * 100 > standing * MOST_CLOSED:
        raise TooMuchClosed(len(changes.closed), standing)


def _write(changes: Changes, known: dict[str, Unit], valid_on: date, using: str) -> None:
    ended = [unit.kato for unit in (*changes.closed, *(old for old, _new in changes.moved))]
    Territory.objects.using(using).filter(pk__in=ended).update(valid_to=valid_on)
    store(_standing(changes, known), using=using)
    Succession.objects.using(using).bulk_create(
        [
            Succession(
                predecessor_id=old.kato,
                successor_id=new.kato,
                at=valid_on,
                kind=SuccessionKind.RECODED,
                source="the official file: the same name under another code",
            )
            for old, new in changes.moved
        ]
    )
    FormerName.objects.using(using).bulk_create(
        [
            FormerName(territory_id=old.kato, name_kk=old.name_kk, name_ru=old.name_ru, until=valid_on)
            for old, _new in changes.renamed
            if old.source == OFFICIAL
        ]
    )


def _standing(changes: Changes, known: dict[str, Unit]) -> list[Placed]:
    """Place what stands after the import among itself; what ends keeps the place that it had."""
    after = known | {unit.kato: unit for unit in changes.units()}
    return placed(unit for unit in after.values() if unit.valid_to is None)


def _note(changes: Changes, file: Path, valid_on: date, using: str) -> None:
    Edition.objects.using(using).create(
        valid_on=valid_on,
        imported_at=Now(),
        digest=hashlib.sha256(file.read_bytes()).hexdigest(),
        added=len(changes.added) + len(changes.reopened),
        renamed=len(changes.renamed),
        moved=len(changes.moved),
        closed=len(changes.closed),
    )
