"""Words planted in every input are searched for afterwards, in every place where they could have been left behind."""

import re
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings

from arasha.kernel.access.actions import system
from arasha.kernel.access.sessions import SessionStore
from arasha.kernel.journal.actions import export_seals, seal_once
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import Scope
from tests.database import postgres_program, settings_of
from tests.worlds.house import PLACE, House, World
from tests.worlds.planting import other_system
from tests.worlds.traces import captured_logs, files_with, server_log

# Where planted words may stand, and nowhere else: what the child is called, in the signal, its case and their people.
CALLED = {"signals_signal", "cases_case", "people_person"}
OPEN = {"child_called": CALLED, "invited": {"access_user"}}
OWED_BY_INSPECTION = (
    "SELECT o.id::text FROM obligations_obligation o JOIN access_unit u ON u.id = o.unit_id"
    " WHERE u.code = 'police-saryagash-juvenile' ORDER BY 1"
)


@dataclass
class Planted:
    """The words of one run, and what was left behind."""

    mark: str = field(default_factory=lambda: secrets.token_hex(6))
    logs: str = ""
    server: str = ""
    dump: str = ""

    def sealed(self, where: str) -> str:
        """Return words that may stand nowhere in clear."""
        return f"sealed{self.mark} {where}"

    def open(self, where: str) -> str:
        """Return words that stand in one column in clear."""
        return f"open{self.mark} {where}"


def report_form(planted: Planted, **more: object) -> dict[str, object]:
    """Return the report's form with planted words in every field that takes words."""
    texts = ("narrative", "whereabouts", "must_not_know", "may_ring")
    return {
        "child_called": planted.open("child_called"),
        "concerns": ["physical"],
        "safe_now": "no",
        "suspect_has_access": "yes",
        **{name: planted.sealed(name) for name in texts},
        **more,
    }


def work(world: World, planted: Planted) -> None:
    """Live a day of the house with planted words: two reports, an answer, a case, a closing, what is refused."""
    doctor, inspector, coordinator = (world.browser(login) for login in ("doctor", "inspector", "coordinator"))
    bar = {"barred_users": [str(world.house.seats["police-head"].account.user_id)]}
    refused = {"concerns": [planted.sealed("concern")], "barred_users": [planted.sealed("barred")]}
    assert doctor.post("/signals/report/", report_form(planted, **refused)).status_code == 422
    too_long = planted.sealed("long") + "x" * 10_001
    assert doctor.post("/signals/report/", report_form(planted, narrative=too_long)).status_code == 422
    assert doctor.post("/signals/report/", report_form(planted)).status_code == 201
    first = world.ids()["signal"]
    assert doctor.post("/signals/report/", report_form(planted, **bar)).status_code == 201
    (second,) = set(world.ids()["signal"]) - set(first)
    for (duty,) in world.rows(OWED_BY_INSPECTION):
        answered = inspector.post(f"/obligations/{duty}/meet/", {"answer": planted.sealed("answer")})
        assert answered.status_code == 302
        assert planted.sealed("answer") in inspector.get(f"/obligations/{duty}/").content.decode()
    page = coordinator.get(f"/signals/{second}/").content.decode()
    assert planted.sealed("narrative") in page
    assert planted.open("child_called") in page
    assert coordinator.post(f"/signals/{first[0]}/take/").status_code == 302
    assert coordinator.post(f"/signals/{first[0]}/case/").status_code == 302
    assert coordinator.post(f"/signals/{second}/close/", {"closing": planted.sealed("closing")}).status_code == 422
    assert coordinator.post(f"/signals/{second}/close/", {"closing": "mistaken"}).status_code == 302


def through_the_interface(world: World, planted: Planted) -> None:
    """Let other systems report and answer with planted words, and send them where no words belong."""
    clinic, police = (
        other_system(world, "doctor", "health_care"),
        other_system(world, "inspector", "juvenile_inspection"),
    )
    told = {"territory": PLACE, "concerns": ["physical"], "safe_now": "no", "suspect_has_access": "yes"}
    texts = {name: planted.sealed(name) for name in ("narrative", "whereabouts", "must_not_know", "may_ring")}
    for wrong in ({"concerns": [planted.sealed("code")]}, {planted.sealed("field"): 1}, {"territory": planted.mark}):
        assert clinic.post("/signals", told | texts | wrong).status_code == 422
    assert clinic.ask("POST", "/signals", planted.sealed("no json").encode()).status_code == 400
    clinic.post("/signals", told | texts, key=planted.sealed("key"))
    clinic.get(f"/signals/{planted.sealed('reference')}/state")
    police.get(f"/obligations?step={planted.mark}&cursor={planted.mark}")
    known = {duty for (duty,) in world.rows(OWED_BY_INSPECTION)}
    assert clinic.post("/signals", told | texts).status_code == 201
    (duty,) = {duty for (duty,) in world.rows(OWED_BY_INSPECTION)} - known
    words = {"reason": "no_people", "words": planted.sealed("declined")}
    assert police.post(f"/obligations/{duty}/decline", words | {"reason": planted.mark}).status_code == 422
    assert police.post(f"/obligations/{duty}/decline", words).status_code == 200


def stray(world: World, planted: Planted) -> None:
    """Put planted words where nobody asks for them: addresses, headers, forms of signing in, an invitation."""
    stranger, coordinator, administrator = (world.browser(login) for login in ("nurse", "coordinator", "administrator"))
    words = planted.sealed("query")
    for address in ("/", "/signals/", "/signals/report/", "/cases/", "/board/", "/messages/", "/nowhere/", "/kit/"):
        for name in ("q", "state", "place", "after", "before", "language", "theme"):
            coordinator.get(address, {name: words}, headers={"User-Agent": words, "Referer": words})
    stranger.get(f"/{planted.sealed('path')}/")
    stranger.get(f"/link/{planted.sealed('code')}/")
    for _ in range(2):
        stranger.post("/post/", {"post": words})
        stranger.post("/account/language/", {"language": words})
    stranger.cookies.clear()
    stranger.get("/sign-in/", {"next": f"/{words}/"})
    stranger.post("/sign-in/", {"login": planted.sealed("login"), "password": planted.sealed("password")})
    stranger.post("/sign-in/password/", {"login": planted.sealed("forgotten")})
    stranger.post("/language/", {"language": words, "next": words})
    invitation = {"name": planted.open("invited"), "login": "somebody.new", "email": "new@example.kz", "language": "kk"}
    administrator.post("/administration/accounts/invite/", invitation)
    administrator.post("/administration/accounts/invite/", invitation | {"login": planted.sealed("invitee")})


@pytest.fixture(scope="module")
def day(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Planted]]:
    """A day of the house with planted words, seals included, and what it left behind."""
    planted = Planted()
    temp, seals = tmp_path_factory.mktemp("temp"), tmp_path_factory.mktemp("seals")
    cache = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "administration_cache"}
    with pytest.MonkeyPatch.context() as patch, house.world() as world:
        patch.setattr(tempfile, "tempdir", str(temp))
        patch.setattr(settings, "ARASHA_SEALS", seals)
        for name, value in settings_of(world.database.app).items():
            patch.setitem(connections.settings["cache"], name, value)
        with world.open(), override_settings(CACHES={"default": cache}):
            with captured_logs() as logs, server_log(house.cluster) as server:
                live(world, planted)
                planted.logs, planted.server, planted.dump = logs.text(), server(), dumped(world)
            yield world, planted


def live(world: World, planted: Planted) -> None:
    """Live the day, seal it, and let the server write everything to its files."""
    work(world, planted)
    through_the_interface(world, planted)
    stray(world, planted)
    with system("seal"):
        assert seal_once(now=world.house.moment) is not None
    with system("seal"):
        assert export_seals() == []
    world.rows("CHECKPOINT")


def dumped(world: World) -> str:
    """Return the database as pg_dump writes it."""
    command = [postgres_program("pg_dump"), "--dbname", world.database.superuser]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()  # noqa: S603


def tables_with(dump: str, words: str) -> set[str]:
    """Return the tables in whose rows of a dump the words stand."""
    tables = list(re.finditer(r"^COPY \w+\.(\w+) .*?^\\\.$", dump, re.MULTILINE | re.DOTALL))
    assert len(tables) > 50
    return {table[1] for table in tables if words in table[0]}


def test_sealed_words_are_nowhere_in_the_database(day: tuple[World, Planted]) -> None:
    world, planted = day
    assert tables_with(planted.dump, f"sealed{planted.mark}") == set()
    assert f"sealed{planted.mark}" not in planted.dump
    ((counted,),) = world.rows("SELECT count(*) FROM administration_cache")
    assert counted > 0  # tries of signing in were counted here


def test_open_words_stand_in_their_own_column_only(day: tuple[World, Planted]) -> None:
    _world, planted = day
    for where, tables in OPEN.items():
        assert tables_with(planted.dump, planted.open(where)) == tables
    assert planted.dump.count(planted.open("child_called")) == 6  # two signals, one case, and the child of each
    assert planted.dump.count(planted.open("invited")) == 1


def test_sealed_words_are_in_no_file_of_the_data_folder(day: tuple[World, Planted]) -> None:
    world, planted = day
    data = world.house.cluster.place.data
    assert files_with(data, f"open{planted.mark}".encode()) != []
    assert files_with(data, f"sealed{planted.mark}".encode()) == []


def test_no_log_holds_a_planted_word(day: tuple[World, Planted]) -> None:
    _world, planted = day
    assert "django.request" in planted.logs
    assert planted.mark not in planted.logs
    assert planted.mark not in planted.server


def test_no_folder_beside_the_database_holds_a_planted_word(day: tuple[World, Planted]) -> None:
    _world, planted = day
    folders = [
        settings.ARASHA_KEYS,
        settings.ARASHA_KEY_STORE,
        settings.ARASHA_FILES,
        settings.ARASHA_ERASURE_LEDGER.parent,
        settings.ARASHA_SEALS,
        Path(tempfile.gettempdir()),
    ]
    assert any(settings.ARASHA_SEALS.rglob("*"))
    for folder in folders:
        assert files_with(folder, planted.mark.encode()) == []


def test_sessions_hold_no_planted_word(day: tuple[World, Planted]) -> None:
    world, planted = day
    rows = world.rows("SELECT data FROM access_websession")
    assert len(rows) >= len(world.house.tokens)
    kept = [SessionStore().decode(data) for (data,) in rows]
    assert any("post" in data for data in kept)
    assert planted.mark not in repr(kept)


def test_the_words_are_there_for_who_may_open_them(day: tuple[World, Planted]) -> None:
    world, planted = day
    rows = world.rows("SELECT id, dossier_id, sealed FROM signals_signaltext WHERE kind = 'narrative'")
    assert len(rows) == 3
    for row, dossier, sealed in rows:
        scope = Scope("dossier", dossier, "narrative")
        text = open_text(bytes(sealed), scope=scope, table="signals_signaltext", column="sealed", row=row)
        assert text == planted.sealed("narrative")
