"""Registers of made-up children, as files in which other bodies hand them in."""

import csv
import io
from datetime import datetime
from typing import Any
from uuid import UUID

from arasha.kernel.worktime.rules import local
from arasha.obligations.tests.cast import NOW, Person
from arasha.people import actions
from arasha.people.actions.loading import run_load
from arasha.people.models import Load
from arasha.people.queries.registers import table_of
from arasha.people.rules.imports import Mapping

HEAD = ("Фамилия", "Имя", "Отчество", "Дата рождения", "Пол", "ИИН", "Телефон", "Адрес", "Школа", "Класс")
AIGERIM = (
    "Нұрғалиева",
    "Әйгерім",
    "Серікқызы",
    "14.03.2014",
    "ж",
    "140314600014",
    "87011234567",
    "Абай 1",
    "№ 5",
    "3Б",
)
DANA = ("Бекова", "Дана", "", "02.05.2015", "ж", "", "", "Абай 2", "№ 5", "2А")
ERLAN = ("Бекұлы", "Ерлан", "Болатұлы", "21.11.2013", "м", "", "8 701 765 43 21", "", "№ 7", "5В")


def csv_file(
    *rows: tuple[str, ...], head: tuple[str, ...] = HEAD, encoding: str = "utf-8-sig", delimiter: str = ";"
) -> bytes:
    """Return a register as a file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([head, *rows])
    return out.getvalue().encode(encoding, "replace")


def arranged(who: Person, kind: str = "education") -> UUID:
    """Begin a register of somebody's unit."""
    return actions.arrange_register(actor=who.enter(), called="Тізім", kind=kind, now=NOW).pk


def handed_in(who: Person, source: UUID, content: bytes, *, name: str = "list.csv", **more: Any) -> UUID:
    """Hand in a file and confirm what was found in it; return the load."""
    load = actions.take_file(actor=who.enter(), source=source, stream=io.BytesIO(content), name=name, now=NOW)
    mapping = Mapping.from_json(load.mapping or {})
    actions.set_mapping(
        actor=who.enter(),
        load=load.pk,
        table=table_of(load),
        mapping=mapping,
        now=NOW,
        complete=more.pop("complete", False),
    )
    return load.pk


def loaded(who: Person, source: UUID, content: bytes, **more: Any) -> Load:
    """Hand in a file and load it as the worker does."""
    load = handed_in(who, source, content, **more)
    actions.start_load(actor=who.enter(), load=load, now=NOW)
    return worked_on(who, load)


def worked_on(who: Person, load: UUID) -> Load:
    """Let the worker work on a load, and return it as somebody reads it."""
    run_load(load=load, moment=lambda: NOW)
    who.enter()
    return Load.objects.get(pk=load)


def counted(load: Load) -> tuple[int, int, int, int]:
    """Return how many rows were new, the same, changed, rejected."""
    return load.rows_new, load.rows_same, load.rows_changed, load.rows_rejected


def today(now: datetime = NOW) -> Any:
    """Return the day of the story."""
    return local(now).date()
