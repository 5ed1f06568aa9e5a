"""Whoever reported is found by nobody: on no page, in no count, in no table, in no log."""

import re
import struct
from collections import Counter

import pytest
from django.test import Client

from tests.worlds.house import House, World
from tests.worlds.pages import BOARD, FIGURES, Answer, addresses, crawled
from tests.worlds.traces import captured_logs, server_log

# Who must not learn that there was a report at all. The nurse sits in the doctor's post, too, when she looks.
CLOSE = ("doctor", "nurse", "clinic-head", "administrator")
FURTHER = ("neighbour", "psychologist", "police-head", "police-region", "region", "nation")
# Of the report's page and its answer; whoever fills this in wants to be found by the coordinator alone.
FORM = {
    "child_called": "Аяру С.",
    "concerns": ["physical", "neglect"],
    "safe_now": "no",
    "suspect_has_access": "yes",
    "narrative": "Көгерген іздер көрдім.",
    "whereabouts": "№ 14 мектеп",
    "must_not_know": "Өгей әкесі",
    "may_ring": "кешке, 18-ден кейін",
}
# The doctor's own sessions: written by signing in, not by telling, and readable by no one.
OF_SESSIONS = ("access_session", "access_websession")


def tell(world: World) -> None:
    """Let the doctor fill in the form and send it."""
    response = world.browser("doctor").post("/signals/report/", FORM)
    assert response.status_code == 201


def differing(before: dict[str, Answer], after: dict[str, Answer]) -> set[str]:
    """Return the addresses whose answers differ."""
    return {address for address in before if before[address] != after[address]}


def words_of_the_doctor(house: House) -> list[str]:
    """Return everything that would tell who reported: numbers of user and post, login, name, post, body."""
    return [*map(str, house.numbers()), "Айгүл", "paediatrician", "педиатр", "Polyclinic", "емхана", "Поликлиника"]


CHOICES = re.compile(r"<option[^>]*>[^<]*</option>")


@pytest.mark.parametrize("login", [*CLOSE, *(pytest.param(login, marks=pytest.mark.long) for login in FURTHER)])
def test_nobody_around_the_doctor_can_tell_that_there_was_a_report(house: House, login: str) -> None:
    with house.world() as quiet, house.world() as told:
        with told.open():
            tell(told)
        wanted = addresses(told.ids(), house.numbers())
        if login in FIGURES:
            wanted = [address for address in wanted if not address.startswith(BOARD)]
        with quiet.open():
            before = crawled(looking(quiet, login), wanted)
        with told.open():
            after = crawled(looking(told, login), wanted)
    assert differing(before, after) == set()
    assert sum(status == 200 for status, _, _ in after.values()) > 10


def looking(world: World, login: str) -> Client:
    """Return the person's browser; the nurse succeeds the doctor first and acts in that post."""
    browser = world.browser(login)
    if login == "nurse":
        world.succeed("doctor", "nurse")
        assert browser.post("/post/", {"post": world.house.numbers()[1]}).headers["Location"] == "/"
        assert b"Paediatrician" in browser.get("/").content
    return browser


OFFERED = "A patronage nurse, a doctor or a worker of a family support centre"


@pytest.mark.parametrize("login", ["inspector", "coordinator", "guardianship"])
def test_who_must_act_sees_the_duty_and_nothing_of_who_told(house: House, login: str) -> None:
    with house.world() as quiet, house.world() as told:
        with told.open():
            tell(told)
        wanted = addresses(told.ids(), house.numbers())
        with quiet.open():
            before = crawled(quiet.browser(login), wanted)
        with told.open():
            after = crawled(told.browser(login), wanted)
    changed = differing(before, after)
    assert any(address.startswith("/obligations/") for address in changed)
    assert any(address.startswith("/files/") for address in changed)
    for address in changed:
        # A list of every clinic of the place is the same whoever told.
        bare = [CHOICES.sub("", pages[address][2].decode()) for pages in (before, after)]
        old, new = (set(page.split("\n")) for page in bare)
        added = "\n".join(new - old)
        assert [word for word in words_of_the_doctor(house) if word in added] == [], address
        # What a form that is offered says of itself names professions, whoever told.
        assert "doctor" not in added.replace(OFFERED, ""), address


def test_the_report_leaves_no_trace_of_the_doctor_in_any_table_or_log(house: House, world: World) -> None:
    before = every_row(world)
    with captured_logs() as logs, server_log(house.cluster) as server:
        tell(world)
        world.browser("doctor").get("/nowhere/")
    new = every_row(world)
    new.subtract(before)
    written = [row for row, count in new.items() if count > 0]
    tables = {table for table, _row in written}
    assert {"signals_signal", "signals_signalreporter", "journal_act", "journal_change", "message_notice"} <= tables
    traces = traces_of(world, "doctor")
    found = [(table, row) for table, row in written if table not in OF_SESSIONS and any(t in row for t in traces)]
    assert found == []
    assert "django.request" in logs.text()
    for text in (logs.text(), server()):
        assert not any(trace in text for trace in traces)


def test_the_search_for_traces_finds_what_is_there(world: World) -> None:
    traces = traces_of(world, "doctor")
    tables = {table for table, row in every_row(world) if any(trace in row for trace in traces)}
    assert {"access_user", "access_post", "access_tenure", "access_session", "access_body", "access_unit"} <= tables


def every_row(world: World) -> Counter[tuple[str, str]]:
    """Return every row of every table as text, sealed bytes in hexadecimal, and how often it stands there."""
    tables = world.rows(
        "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relname FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'"
    )
    assert len(tables) > 50
    found: Counter[tuple[str, str]] = Counter()
    for table, name in tables:
        found.update((name, text) for (text,) in world.rows(f"SELECT t::text FROM {table} t"))
    return found


def traces_of(world: World, login: str) -> list[str]:
    """Return how a person could stand in a row: numbers in figures, or as bytes; login, name, unit and body."""
    seat = world.house.seats[login]
    ((unit, body, name),) = world.rows(
        "SELECT p.unit_id, u.body_id, h.name FROM access_post p JOIN access_unit u ON u.id = p.unit_id "
        "JOIN access_user h ON h.id = p.holder_id WHERE p.id = %s",
        seat.post_id,
    )
    numbers = [seat.account.user_id, seat.post_id, unit, body]
    as_bytes = [form for number in numbers for form in (struct.pack(">i", number), str(number).encode())]
    return [*map(str, numbers), *(form.hex() for form in as_bytes), login, name]


def test_the_stepfather_who_is_the_districts_inspector_learns_nothing_and_another_takes_his_place(house: House) -> None:
    named = FORM | {"must_not_know": "Өгей әкесі – Сейітқали Дәурен, инспектор"}
    with house.world() as quiet, house.world() as told:
        with told.open():
            assert told.browser("doctor").post("/signals/report/", named).status_code == 201
            owed = told.rows("SELECT unit_id FROM obligations_obligation")
            notices = told.rows("SELECT unit_id FROM message_notice WHERE dossier IS NOT NULL")
        wanted = addresses(told.ids(), house.numbers())
        with quiet.open():
            before = crawled(quiet.browser("inspector"), wanted)
        with told.open():
            after = crawled(told.browser("inspector"), wanted)
            ((inspection,),) = told.rows(
                "SELECT unit_id FROM access_post WHERE id = %s", house.seats["inspector"].post_id
            )
    assert differing(before, after) == set()
    assert owed
    assert inspection not in {unit for (unit,) in [*owed, *notices]}
