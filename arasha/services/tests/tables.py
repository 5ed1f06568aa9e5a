"""Tables of the directory as somebody would hand them in."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.tests.cast import Person
from arasha.services import actions
from arasha.services.actions.loading import run_load
from arasha.services.models import Load
from arasha.services.tests.directory import DISTRICT, NOW, REGION, acting
from arasha.ui.rules import sheets
from tests.database import as_owner

CENTRE = {
    "provider_key": "a-1",
    "provider_name_kk": "Сарыағаш отбасын қолдау орталығы",
    "kind": "Центр поддержки семьи",
    "ownership": "Мемлекеттік",
    "territory": DISTRICT,
    "address_ru": "ул. Исмаилова, 1",
    "phone": "+7 725 372 11 22",
    "hours": "Дс-Жм 09:00-18:00; сб 10:00-14:00",
    "service": "family_support",
    "age_from": "0",
    "age_to": "17",
    "languages": "kk; ru",
    "needs": "parenting; family_conflict",
    "cost": "free",
}
REFUGE = {
    "provider_key": "r-1",
    "provider_name_ru": "Кризисный центр «Надежда»",
    "kind": "crisis_centre",
    "ownership": "ngo",
    "territory": REGION,
    "phone": "+7 725 250 00 01",
    "around_the_clock": "да",
    "service": "emergency_shelter",
    "needs": "safe_place",
    "cost": "free",
}
SECRET = "ул. Тайная, 7"


def csv_of(*rows: Mapping[str, str], more: Sequence[str] = ()) -> bytes:
    """Return rows as a CSV file with all columns that any of them has, headed by their codes."""
    columns = [*dict.fromkeys(name for row in rows for name in row), *more]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return out.getvalue().encode("utf-8")


def xlsx_of(*rows: Mapping[str, str]) -> bytes:
    """Return rows as a workbook."""
    columns = [*dict.fromkeys(name for row in rows for name in row)]
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    return sheets.write(lines, kind="xlsx", title="Қызметтер")


def taken(person: Person, content: bytes, source: str = "akimat", now: datetime = NOW) -> UUID:
    """Hand a table in, and let it be looked through."""
    with acting(person) as actor, transaction.atomic():
        load = actions.take_table(actor=actor, content=content, source=source, now=now)
    run_load(load=load, moment=_clock(now))
    return load


def loaded(person: Person, content: bytes, source: str = "akimat", now: datetime = NOW) -> Load:
    """Hand a table in and load it; returns how it went."""
    load = taken(person, content, source, now)
    with acting(person) as actor:
        actions.start_load(actor=actor, load_id=load, now=now)
    run_load(load=load, moment=_clock(now))
    return of(load)


def of(load: UUID) -> Load:
    """Return a load as it stands."""
    with as_owner():
        return Load.objects.get(pk=load)


def counted(load: Load) -> tuple[int, int, int, int]:
    """Return how many rows were new, changed, unchanged, rejected."""
    return load.rows_new, load.rows_changed, load.rows_same, load.rows_rejected


def _clock(now: datetime):  # type: ignore[no-untyped-def]
    return lambda: now + timedelta(seconds=1)
