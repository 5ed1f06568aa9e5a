"""Hard cases of registers, in a database in which everything is committed: broken rows, two at once, hostile books."""

import io
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import openpyxl
import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.actions import enter_system, system
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import system_stream
from arasha.kernel.vault.rules import FileRefused
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.people import actions
from arasha.people.actions.loading import call, run_load
from arasha.people.models import Load
from arasha.people.models import Person as Known
from arasha.people.rules.imports import Unreadable
from tests.database import ClonedDatabase, use
from tests.people.registers import HEAD, arranged, counted, csv_file, handed_in

COUNT = 300
GIVEN = ("Анна", "Болат", "Вера", "Гани", "Дана", "Ерлан", "Жанна", "Зара", "Ирина", "Кайрат")
SURNAMES = ("Ахметова", "Бекова", "Волкова", "Ким", "Омарова", "Петрова")


def children(count: int = COUNT) -> list[tuple[str, ...]]:
    """Return made-up rows, each hundredth with a birth that can't be."""
    found: list[tuple[str, ...]] = []
    for place in range(count):
        day = "31.02.2015" if place % 100 == 50 else f"{1 + place % 28:02}.{1 + place % 12:02}.{2010 + place % 7}"
        street = f"Абай {place}"
        name, surname = GIVEN[place % len(GIVEN)], f"{SURNAMES[place % len(SURNAMES)]}{'аеиоу'[place % 5]}"
        found.append((surname, name, "", day, "", "", "", street, f"№ {place % 9}", ""))
    return found


@pytest.fixture
def department(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[Person]:
    """Somebody of an education department, in a database of the test's own."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC))
        yield seated(cloned_database)


def seated(database: ClonedDatabase) -> Person:
    """Make the unit and somebody in it, as the owner."""
    log_in(database.owner)
    with transaction.atomic():
        enter_system("test")
        with act(verb="build_test", stream=system_stream("test"), now=NOW):
            person = cast.seat(cast.make_unit("education department", DISTRICT, "education_department"))
    log_in(database.app)
    return person


def log_in(url: str) -> None:
    """Let the next use of the database log in as another role."""
    connections.close_all()
    use(settings.DATABASES["default"], url)
    for known in connections.all(initialized_only=True):
        del connections[known.alias]


def started(who: Person, source: UUID, content: bytes, name: str = "list.csv") -> UUID:
    with transaction.atomic():
        load = handed_in(who, source, content, name=name)
        actions.start_load(actor=who.enter(), load=load, now=NOW)
    return load


def source_of(who: Person) -> UUID:
    with transaction.atomic():
        return arranged(who)


def state_of(load: UUID) -> Load:
    with system("test"):
        return Load.objects.get(pk=load)


def how_many_people() -> int:
    with system("test"):
        return Known.objects.filter(ended_at=None).count()


def test_broken_rows_killed_half_way_resumed_and_loaded_once_more(
    department: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arasha.people.actions.loading.CHUNK", 40)
    source = source_of(department)
    content = csv_file(*children(), encoding="cp1251")
    load = started(department, source, content)
    ticks = iter(range(1_000))

    def moment() -> datetime:
        if next(ticks) == 4:
            raise KeyboardInterrupt
        return NOW

    with pytest.raises(KeyboardInterrupt):
        run_load(load=load, moment=moment)
    half = state_of(load)
    assert (half.state, half.last_row) == ("loading", 161)
    assert how_many_people() == half.rows_new == 158
    run_load(load=load, moment=lambda: NOW)
    assert counted(state_of(load)) == (297, 0, 0, 3)
    again = started(department, source, content)
    run_load(load=again, moment=lambda: NOW)
    assert counted(state_of(again)) == (0, 297, 0, 3)
    assert how_many_people() == 297


def test_two_workers_at_one_load_and_a_second_file_at_once(department: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arasha.people.actions.loading.CHUNK", 20)
    source = source_of(department)
    content = csv_file(*children(200))
    load = started(department, source, content)
    with pytest.raises(actions.LoadNotReady):
        started(department, source, content)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            run_load(load=load, moment=lambda: NOW)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    assert counted(state_of(load)) == (198, 0, 0, 2)
    assert how_many_people() == 198


def test_what_only_the_clock_may_ask_is_refused_to_a_person(department: Person) -> None:
    source = source_of(department)
    load = started(department, source, csv_file(*children(3)))
    run_load(load=load, moment=lambda: NOW)
    questions = (
        ("likely", [[load]]),
        ("described", [[load]]),
        ("unmatched", [load, 10]),
        ("join_loaded", [load, [], []]),
    )
    for function, given in questions:
        with transaction.atomic():
            department.enter()
            with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
                call(function, *given)


def workbook(cell: object) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(HEAD))
    sheet.append([cell, "Анна", "", "01.02.2015", "", "", "", "", "", ""])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 400_000_000)
    return out.getvalue()


def test_hostile_workbooks_are_refused_or_read_as_words(department: Person) -> None:
    source = source_of(department)
    for content in (bomb(), b"PK\x03\x04" + b"\xff" * 400):
        with pytest.raises((Unreadable, FileRefused)), transaction.atomic():
            handed_in(department, source, content, name="list.xlsx")
    load = started(department, source, workbook('=HYPERLINK("http://example.org")'), name="list.xlsx")
    run_load(load=load, moment=lambda: NOW)
    assert counted(state_of(load)) == (0, 0, 0, 1)
