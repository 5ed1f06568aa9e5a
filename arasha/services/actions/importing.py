"""Tables of the directory: handed in, started, stopped, given back, taken out as a file.

The file itself is kept nowhere: of a refuge it may say where that is. Its rows are kept without it, by field.
"""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables
from procrastinate.contrib.django import app

from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import Stream, body_stream, system_stream
from arasha.kernel.territory.rules import NATION
from arasha.kernel.worktime.rules import local
from arasha.services import policy
from arasha.services.models import Load, LoadRow
from arasha.services.queries import exchange as loads
from arasha.services.rules import package
from arasha.services.rules.exchange import Table, given_back, is_note, understood
from arasha.ui.rules import sheets

LONGEST_SOURCE: Final = 60
KEPT: Final = timedelta(days=30)
STARTS: Final = {"tried", "stopped"}
WORKS: Final = {"trying", "loading"}
TASK: Final = "load_directory"


class LoadNotReady(Exception):
    """The load is in a state in which this can't be done."""


@sensitive_variables()
def take_table(*, actor: Actor, content: bytes, source: str, now: datetime) -> UUID:
    """Read a table, keep its rows without what must not be kept, and let them be compared with the directory.

    `source`: whose numbers its keys are, by which a second load knows each entry again. Nothing is entered yet.
    Raises NotAllowed; SheetUnreadable with the reason and its place for a file that can't be taken.
    """
    place = _place(actor)
    table = understood(content, places=loads.places(), services=package(local(now).date()), place=place)
    named = " ".join(source.split())[:LONGEST_SOURCE].casefold()
    load = Load(id=uuid4(), unit_id=actor.unit_id, place_id=place, source=named, kind=table.sheet.kind)
    load.title, load.delimiter = table.sheet.title, table.sheet.delimiter
    load.headings, load.fields, load.state, load.recorded_at = table.headings, table.fields, "trying", now
    load.total, load.rows_rejected = len(table.rows), sum(map(_is_rejected, table.rows))
    with transaction.atomic():
        with _act("take_directory_file", load, now, rows=load.total):
            Load.objects.bulk_create([load])
            _keep_rows(load, table)
        app.configure_task(TASK, queue="ordinary").defer(load=str(load.pk))
    return load.pk


def start_load(*, actor: Actor, load_id: UUID, now: datetime) -> None:
    """Let a table that was looked through be loaded, or go on with one that was stopped.

    Raises NotAllowed, NotThere, LoadNotReady.
    """
    _place(actor)
    with transaction.atomic():
        found = _locked(actor, load_id, STARTS)
        begun = {"last_row": 0, "done": 0, "rows_new": 0, "rows_changed": 0, "rows_same": 0}
        with _act("start_directory_load", found, now):
            Load.objects.filter(pk=found.pk).update(state="loading", **(begun if found.state == "tried" else {}))
        app.configure_task(TASK, queue="ordinary").defer(load=str(found.pk))


def stop_load(*, actor: Actor, load_id: UUID, now: datetime) -> None:
    """Stop after the rows that are being entered; what is entered stays. Raises NotAllowed, NotThere, LoadNotReady."""
    _place(actor)
    with transaction.atomic():
        found = _locked(actor, load_id, {"loading"})
        with _act("stop_directory_load", found, now):
            Load.objects.filter(pk=found.pk).update(state="stopped")


@sensitive_variables()
def give_rejected(*, actor: Actor, load_id: UUID, words: tuple[str, str], language: str, now: datetime) -> bytes:
    """Return the rows that were not taken, in the format of their file, with two columns that say where and why.

    `words` head those columns. Raises NotThere.
    """
    with transaction.atomic():
        found = loads.load(actor, load_id)
        rows = loads.rejected(found)
        lines = given_back(found.headings, found.fields, rows, words, language)
        with _act("export_directory", found, now, rows=len(rows)):
            pass
    return sheets.write(lines, kind=found.kind, title=found.title, delimiter=found.delimiter or ";")


def record_export(*, actor: Actor, rows: int, now: datetime) -> None:
    """Put down that entries of the directory are taken out as a file: how many, never which.

    They are of no child, so that no budget of children counts them; an act of the unit says it. Raises NotAllowed for
    whoever acts in no post.
    """
    unit = Unit.objects.filter(pk=actor.unit_id or 0).first()
    if unit is None:
        raise policy.NotAllowed
    stream = body_stream(unit.body_id)
    with transaction.atomic(), journal.act(verb="export_directory", stream=stream, now=now, codes={"rows": rows}):
        pass


def forget_loads(*, actor: Actor, now: datetime) -> None:
    """Take out what was handed in thirty days ago, with its rows: as work of the clock alone. Raises NotAllowed."""
    if not actor.is_system:
        raise policy.NotAllowed
    with transaction.atomic():
        old = Load.objects.filter(recorded_at__lt=now - KEPT).exclude(state__in=WORKS)
        LoadRow.objects.filter(load__in=old).delete()
        old.delete()


def _place(actor: Actor) -> str:
    """Return the territory within which the actor keeps the directory. Raises NotAllowed."""
    if actor.is_system:
        return NATION
    if actor.unit_id is None or not allows(actor, policy.KEEP):
        raise policy.NotAllowed
    place = str(Unit.objects.get(pk=actor.unit_id).territory_id)
    policy.require_keeping(actor, place)
    return place


def _locked(actor: Actor, load_id: UUID, states: set[str]) -> Load:
    loads.load(actor, load_id)
    found = Load.objects.select_for_update().get(pk=load_id)
    if found.state not in states:
        raise LoadNotReady
    return found


def _is_rejected(row: Any) -> bool:
    return any(not is_note(code) for _column, code in row.faults)


def _keep_rows(load: Load, table: Table) -> None:
    LoadRow.objects.bulk_create(
        [
            LoadRow(
                load_id=load.pk,
                number=row.number,
                hidden=row.hidden,
                cells=row.cells,
                faults=row.faults,
                outcome="rejected" if _is_rejected(row) else "",
            )
            for row in table.rows
        ],
        batch_size=2_000,
    )


def stream_of(load: Load) -> Stream:
    """Return the stream in which a load stands: its unit's body, or the installation's own work."""
    return (
        system_stream("directory") if load.unit_id is None else body_stream(Unit.objects.get(pk=load.unit_id).body_id)
    )


def _act(verb: str, load: Load, now: datetime, **codes: Any) -> AbstractContextManager[object]:
    return journal.act(verb=verb, stream=stream_of(load), now=now, codes={"load": str(load.pk), **codes})
