"""A list of reasons from a file, taken whole or not at all. Codes that it lacks stay for the contacts of before."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connections, transaction

from arasha.helpline.models import Reason, ReasonEdition
from arasha.helpline.rules import reason_table
from arasha.helpline.rules.past_table import Fault
from arasha.kernel.access.rules import Actor, Refused
from arasha.kernel.worktime.rules import local
from arasha.ui.rules import sheets

PURPOSE = "import_reasons"


class TableFaulty(Exception):
    """Rows of a table are wrong; `faults` says where and what."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class TooMuchClosed(Exception):
    """The list would close more than a fifth of all reasons; `closed` of `standing`."""

    def __init__(self, closed: int, standing: int) -> None:
        super().__init__(f"{closed} of {standing}")
        self.closed, self.standing = closed, standing


class OlderEdition(Exception):
    """A list valid from a later day was imported before; `latest` is that day."""

    def __init__(self, latest: date) -> None:
        super().__init__(str(latest))
        self.latest = latest


class NotYetValid(Exception):
    """The list is valid from a day that has not come: it is imported on that day."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import found and did."""

    rows: int
    unverified: int
    changes: reason_table.Changes
    written: bool


def import_reasons(
    *,
    actor: Actor,
    now: datetime,
    file: Path,
    dry_run: bool,
    valid_on: date | None = None,
    accept_closing: bool = False,
    using: str = "owner",
) -> Imported:
    """Take a list of reasons, valid from a day on (else today), in one transaction; a dry run writes nothing.

    The same list again changes nothing; of two imports at once the second sees what the first wrote. Raises Refused,
    SheetUnreadable, OSError, TableFaulty, TooMuchClosed, OlderEdition, NotYetValid.
    """
    if not (actor.is_system and actor.purpose == PURPOSE):
        raise Refused
    today = local(now).date()
    day = valid_on or today
    if day > today:
        raise NotYetValid
    with file.open("rb") as opened:
        content = opened.read(sheets.LARGEST + 1)
    lines, faults = reason_table.understood(sheets.read(content))
    if faults:
        raise TableFaulty(faults)
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("LOCK TABLE public.helpline_reason IN SHARE ROW EXCLUSIVE MODE")
        known = {row.code: row for row in Reason.objects.using(using).all()}
        changes = reason_table.compare({code: (row.used, _values(row)) for code, row in known.items()}, lines)
        _refuse(changes, known, day, accept_closing, using)
        written = changes.anything and not dry_run
        if written:
            _write(lines, known, changes, day, using)
            _note(content, changes, day, now, using)
    return Imported(len(lines), sum(not line.verified_by for line in lines), changes, written)


def _values(row: Reason) -> dict[str, str]:
    return {name: getattr(row, name) for name in ("group", *reason_table.NAMES, "verified_by")}


def _refuse(
    changes: reason_table.Changes, known: dict[str, Reason], day: date, accept_closing: bool, using: str
) -> None:
    latest = ReasonEdition.objects.using(using).order_by("-valid_on").values_list("valid_on", flat=True).first()
    if latest is not None and latest > day:
        raise OlderEdition(latest)
    standing = sum(row.used for row in known.values())
    if not accept_closing and len(changes.closed) * 100 > standing * reason_table.MOST_CLOSED:
        raise TooMuchClosed(len(changes.closed), standing)


def _write(
    lines: list[reason_table.Line], known: dict[str, Reason], changes: reason_table.Changes, day: date, using: str
) -> None:
    rows = []
    for place, line in enumerate(lines):
        before = known.get(line.code)
        since = before.valid_from if before is not None and before.used else day
        rows.append(Reason(code=line.code, place=place, used=True, valid_from=since, valid_to=None, **line.values()))
    columns = ["group", *reason_table.NAMES, "verified_by", "place", "used", "valid_from", "valid_to"]
    Reason.objects.using(using).bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=columns)
    closed = Reason.objects.using(using).filter(pk__in=changes.closed)
    closed.update(used=False, valid_to=day)


def _note(content: bytes, changes: reason_table.Changes, day: date, now: datetime, using: str) -> None:
    ReasonEdition.objects.using(using).update_or_create(
        valid_on=day,
        defaults={
            "imported_at": now,
            "digest": hashlib.sha256(content).hexdigest(),
            "added": len(changes.added) + len(changes.reopened),
            "renamed": len(changes.renamed),
            "closed": len(changes.closed),
        },
    )
