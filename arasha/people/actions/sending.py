"""Rows of a register that another system sends: some at a time, each with an answer of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables
from procrastinate.contrib.django import app

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.rules import local
from arasha.people import policy
from arasha.people.actions.loading import Chunk, call, prepared, put_chunk, secret_of
from arasha.people.actions.registers import RegisterNotThere, begin
from arasha.people.models import Load
from arasha.people.rules import imports
from arasha.people.rules import registers as rules
from arasha.people.rules.imports import Field, Order, Row, RowFault

FIELDS: Final = tuple(Field)
MAPPING: Final = imports.Mapping(dict(enumerate(FIELDS)), tuple(field.value for field in FIELDS), Order.DAY_FIRST)
AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one row: new, same, changed or rejected; each fault with its field ("" for the row as a whole)."""

    outcome: str
    faults: tuple[tuple[str, str], ...]


@sensitive_variables()
def send_rows(*, actor: Actor, source: UUID, rows: Sequence[Mapping[Field, str]], now: datetime) -> list[Sent]:
    """Load rows into a register at once and say what became of each; comparing them with others is the worker's.

    At most AT_ONCE rows. Raises RegisterNotThere; LoadNotReady while a file of the register is being loaded.
    """
    if len(rows) > AT_ONCE:
        raise ValueError("too many rows at once")
    numbered = [Row(place, tuple(row.get(field, "") for field in FIELDS)) for place, row in enumerate(rows, start=1)]
    with transaction.atomic():
        found = policy.registers_of(actor).filter(pk=source).first()
        if found is None:
            raise RegisterNotThere
        load = Load(id=uuid4(), dossier_id=found.dossier_id, source=found, unit_id=found.unit_id, state="mapped")
        load.recorded_at, load.about, load.mapping = now, len(rows), MAPPING.to_json()
        told = {"facet": Facet.OBLIGATIONS, "unit": found.unit_id, "load": str(load.pk)}
        with act(verb="take_register", stream=dossier_stream(found.dossier_id), now=now, codes=told):
            load.save(force_insert=True)
        begin(load, "start_load", now, "begin_load", load.pk, "loading", now)
        load.state = "loading"
        chunk = prepared(numbered, MAPPING, local(now).date(), secret_of(found.pk))
        done = put_chunk(load, Chunk(chunk, {}, len(rows)), after=0, register=rules.Register(), now=now)
        with act(verb="end_load", stream=dossier_stream(found.register_id), now=now, codes=told):
            call("finish_load", load.pk, now)
        app.configure_task("match_register", queue="ordinary").defer(load=str(load.pk))
    return [_sent(row) for row in done]


def _sent(row: rules.Decided | list[RowFault]) -> Sent:
    if isinstance(row, list):
        return Sent("rejected", _faults(row))
    if row.outcome is rules.Outcome.TWICE:
        return Sent("rejected", (("", "key_twice"),))
    return Sent(row.outcome.value, _faults(row.told.said.warnings))


def _faults(faults: Sequence[RowFault]) -> tuple[tuple[str, str], ...]:
    return tuple((FIELDS[fault.column - 1].value if fault.column else "", fault.code) for fault in faults)
