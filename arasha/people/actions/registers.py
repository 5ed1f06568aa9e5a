"""Registers of other bodies: naming one, handing in its file, saying what its columns hold, starting, stopping."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from io import BytesIO
from pathlib import PurePath
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from django.db import DatabaseError, transaction
from procrastinate.contrib.django import app

from arasha.kernel.access.actions import TeamMember, open_dossier
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import body_for
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import OpenAct, act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import keep_file
from arasha.kernel.vault.rules import Scope
from arasha.kernel.worktime.rules import local
from arasha.people import policy, rules
from arasha.people.actions.loading import SOMEBODY_ELSE, call
from arasha.people.models import Load, RegisterSource
from arasha.people.rules import imports
from arasha.people.rules.imports import Mapping, Table

COORDINATES = "coordination_district"
LONGEST_STEM = 100
WAITS = {"read", "mapped", "tried"}
STARTS = {"mapped", "tried", "stopped"}


class RegisterNotThere(LookupError):
    """There is no such register or load for this actor."""


class LoadNotReady(Exception):
    """The load is in a state in which this can't be done."""


def arrange_register(*, actor: Actor, called: str, kind: str, now: datetime) -> RegisterSource:
    """Begin a register of the actor's unit: a file for its people, and an intake that the unit alone is on.

    Who coordinates the place watches over the people's file, unless the unit's body is protected.
    Raises NotAllowed, UnknownCode.
    """
    rules.REGISTERS[kind]
    if not policy.may_import(actor) or actor.unit_id is None:
        raise policy.NotAllowed
    unit = Unit.objects.select_related("body").get(pk=actor.unit_id)
    source = RegisterSource(id=uuid4(), dossier_id=uuid4(), register_id=uuid4(), unit_id=unit.pk, kind=kind)
    source.called, source.recorded_at = " ".join(called.split())[:200], now
    told = {"facet": Facet.OBLIGATIONS, "unit": unit.pk, "kind": kind}
    streams = [dossier_stream(source.register_id)]
    intake, place = dossier_stream(source.dossier_id), unit.territory_id
    with transaction.atomic(), act(verb="arrange_register", stream=intake, also=streams, now=now, codes=told):
        lead = TeamMember("lead", unit_id=unit.pk, reason="imports_register")
        open_dossier(dossier=source.dossier_id, kind="intake", territory=place, members=[lead], now=now)
        team = [lead, *_overseers(unit, now)]
        open_dossier(dossier=source.register_id, kind=rules.REGISTER, territory=place, members=team, now=now)
        source.save(force_insert=True)
    return source


def take_file(*, actor: Actor, source: UUID, stream: BinaryIO, name: str, now: datetime) -> Load:
    """Keep a file of a register and read its head: the mapping that is saved with the register, else what is found.

    Raises RegisterNotThere; Unreadable and FileRefused for a file that can't be taken.
    """
    content = stream.read()
    table = imports.open_table(BytesIO(content), name=name)
    with transaction.atomic():
        found = policy.registers_of(actor).filter(pk=source).first()
        if found is None:
            raise RegisterNotThere
        load = Load(id=uuid4(), dossier_id=found.dossier_id, source=found, unit_id=found.unit_id, state="read")
        load.recorded_at, load.sheet, load.encoding = now, table.sheet, table.encoding
        told = {"facet": Facet.OBLIGATIONS, "unit": found.unit_id, "load": str(load.pk)}
        with act(verb="take_register", stream=dossier_stream(found.dossier_id), now=now, codes=told):
            scope = Scope("dossier", found.dossier_id, Facet.OBLIGATIONS.name.lower())
            load.file = keep_file(BytesIO(content), scope=scope, name=_file_name(name, table), now=now)
            _describe(load, table, found, now)
            load.save(force_insert=True)
    return load


def set_mapping(
    *, actor: Actor, load: UUID, table: Table, mapping: Mapping, now: datetime, complete: bool, save: bool = True
) -> Load:
    """Say what the columns of a file hold; `save` keeps it for the next file of the register.

    `complete`: whoever is not in this file is no longer in the register. The mapping fits (`imports.mapping_fits`).
    Raises RegisterNotThere, LoadNotReady.
    """
    with transaction.atomic():
        found = _locked(actor, load, WAITS)
        with _acting(found, "map_register", now):
            found.mapping, found.state, found.complete = mapping.to_json(), "mapped", complete
            found.encoding, found.sheet, found.about = table.encoding, table.sheet, table.about
            found.save(update_fields=["mapping", "state", "complete", "encoding", "sheet", "about"])
            if save:
                found.source.mapping = mapping.to_json()
                found.source.save(update_fields=["mapping"])
    return found


def choose_reading(*, actor: Actor, load: UUID, encoding: str, sheet: str, table: Table, now: datetime) -> Load:
    """Read a file in another encoding or another sheet of it than was found. Raises RegisterNotThere, LoadNotReady."""
    with transaction.atomic():
        found = _locked(actor, load, WAITS)
        with _acting(found, "map_register", now):
            found.encoding, found.sheet, found.state = encoding, sheet, "read"
            _describe(found, table, found.source, now)
            found.save(update_fields=["encoding", "sheet", "state", "mapping", "about"])
    return found


def try_load(*, actor: Actor, load: UUID, now: datetime) -> Load:
    """Let a file be read through without writing anything. Raises RegisterNotThere, LoadNotReady."""
    return _start(actor, load, "trying", WAITS - {"read"}, now)


def start_load(*, actor: Actor, load: UUID, now: datetime) -> Load:
    """Let a file be loaded, or go on with one that was stopped. Raises RegisterNotThere, LoadNotReady."""
    return _start(actor, load, "loading", STARTS, now)


def stop_load(*, actor: Actor, load: UUID, now: datetime) -> Load:
    """Stop after the chunk that is being loaded; what is loaded stays. Raises RegisterNotThere, LoadNotReady."""
    with transaction.atomic():
        found = _locked(actor, load, {"trying", "loading"})
        with _acting(found, "stop_load", now):
            found.state = "mapped" if found.state == "trying" else "stopped"
            found.save(update_fields=["state"])
    return found


def take_back_load(*, actor: Actor, load: UUID, now: datetime) -> Load:
    """Take everything back that a load did: people it made end, what it changed is as it was.

    Raises RegisterNotThere; LoadNotReady for a load on which a later one of the same register stands.
    """
    with transaction.atomic():
        found = _locked(actor, load, {"loaded", "stopped", "refused"})
        begin(found, "take_back_load", now, "begin_taking_back", load)
        app.configure_task("load_register", queue="ordinary").defer(load=str(load))
    found.refresh_from_db()
    return found


def _start(actor: Actor, load: UUID, state: str, states: set[str], now: datetime) -> Load:
    with transaction.atomic():
        found = _locked(actor, load, states)
        begin(found, "start_load", now, "begin_load", load, state, now)
        app.configure_task("load_register", queue="ordinary").defer(load=str(load))
    found.refresh_from_db()
    return found


def begin(load: Load, verb: str, now: datetime, function: str, *given: Any) -> None:
    """Call what begins work on a load. Raises LoadNotReady while another load of the register stands in the way."""
    try:
        with transaction.atomic(), _acting(load, verb, now):
            call(function, *given)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) != SOMEBODY_ELSE:
            raise
        raise LoadNotReady from error


def _locked(actor: Actor, load: UUID, states: set[str]) -> Load:
    found = policy.loads_of(actor).select_for_update(of=("self",)).select_related("source").filter(pk=load).first()
    if found is None:
        raise RegisterNotThere
    if found.state not in states:
        raise LoadNotReady
    return found


def _acting(load: Load, verb: str, now: datetime) -> AbstractContextManager[OpenAct]:
    told = {"facet": Facet.OBLIGATIONS, "unit": load.unit_id, "load": str(load.pk)}
    return act(verb=verb, stream=dossier_stream(load.dossier_id), now=now, codes=told)


def _describe(load: Load, table: Table, source: RegisterSource, now: datetime) -> None:
    """Put down what was found in a file: the register's own mapping where it fits, else a guess."""
    sample = table.sample()
    load.about = table.about
    if source.mapping:
        saved = imports.placed(Mapping.from_json(source.mapping), table)
        if not any(fault.stops for fault in imports.mapping_fits(saved, table, sample)):
            load.mapping = saved.to_json()
            return
    load.mapping = imports.recognise(table, local(now).date(), sample).mapping.to_json()


def _overseers(unit: Unit, now: datetime) -> Sequence[TeamMember]:
    """Return who coordinates the place of a unit, as who watches; nobody watches over a refuge's register."""
    found = None if unit.body.protected else body_for(COORDINATES, unit.territory_id, now)
    if found is None or found.pk == unit.pk:
        return []
    return [TeamMember("overseeing", unit_id=found.pk, reason="coordinates_place")]


def _file_name(name: str, table: Table) -> str:
    """Return the name that a file is kept under: its ending is that of what it is."""
    stem = "".join(letter for letter in PurePath(name.replace("\\", "/")).stem if letter.isprintable())
    return f"{stem[:LONGEST_STEM] or 'register'}.{table.kind}"
