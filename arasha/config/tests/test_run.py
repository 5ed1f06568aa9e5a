"""`arasha run` as a whole: it serves, survives what kills its parts, and leaves nothing behind."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from arasha.config.postgres.place import Place
from arasha.config.tests import launcher
from tests.cluster import SECRET_KEY
from tests.database import ClonedDatabase

PATIENCE = 300.0


class Run:
    """One `arasha run` in a process of its own."""

    def __init__(self, state: Path, **environment: str):
        self.told = state / f"told-{os.urandom(4).hex()}"
        with self.told.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "arasha", "run"],
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "ARASHA_STATE": str(state), "ARASHA_DEMONSTRATION": "0", **environment},
            )

    @property
    def words(self) -> str:
        return self.told.read_text()

    def wait_for(self, words: str) -> None:
        def heard() -> bool:
            assert words in self.words or self.process.poll() is None, self.words
            return words in self.words

        launcher.wait_until(heard, f"{words!r} is printed", PATIENCE)

    def address(self) -> str:
        self.wait_for("Arasha is at")
        found = re.search(r"http://127\.0\.0\.1:\d+/", self.words)
        assert found
        return found.group()

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(120)


@contextmanager
def running(state: Path, **environment: str) -> Iterator[Run]:
    run = Run(state, **environment)
    try:
        yield run
    finally:
        if run.process.poll() is None:
            run.end()


def status(address: str, path: str = "-/live") -> tuple[int, str]:
    """Return a page's status and text; (0, "") when nobody answers."""
    try:
        with urllib.request.urlopen(address + path, timeout=10) as answer:  # noqa: S310  the run's own address
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except OSError:
        return 0, ""


def public_address(run: Run) -> str:
    run.wait_for("Anybody tells at")
    found = re.search(r"Anybody tells at (http://127\.0\.0\.1:\d+/)", run.words)
    assert found
    return found.group(1)


def alive_page(address: str) -> bool:
    return status(address)[0] == 200


def page_reaches_the_database(address: str) -> bool:
    _, text = status(address, "-/ready")
    return bool(text) and json.loads(text)["components"]["database"] == "ok"


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def child_like(run: Run, words: str) -> int:
    return next((pid for pid in children(run.process.pid) if words in command_line(pid)), 0)


def opens(place: Place) -> Callable[[], bool]:
    def connects() -> bool:
        try:
            with psycopg.connect(place.url("arasha_app"), connect_timeout=2) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    return connects


def test_a_run_survives_what_kills_its_parts_and_leaves_nothing_behind(state: Path) -> None:
    place = Place(state)
    with running(state) as run:
        address = run.address()
        assert page_reaches_the_database(address)
        assert status(public_address(run), "")[0] == 200, "the public's page asks the database as its own role"
        assert (state / "keys" / "secret_key").stat().st_mode & 0o777 == 0o600

        with running(state) as second:
            assert second.process.wait(120) == 1
            assert f"Arasha runs already: {address}" in second.words

        killed = launcher.postmaster(place)
        os.kill(killed, signal.SIGKILL)
        run.wait_for("PostgreSQL ended and is started again")
        launcher.wait_until(opens(place), "the database answers again")
        assert launcher.postmaster(place) not in {0, killed}
        launcher.wait_until(lambda: page_reaches_the_database(address), "pages work again")

        web = child_like(run, "gunicorn")
        os.kill(web, signal.SIGKILL)
        run.wait_for("The web server ended (-9)")
        launcher.wait_until(lambda: child_like(run, "gunicorn") not in {0, web}, "the web server is started again")
        launcher.wait_until(lambda: alive_page(address), "pages answer again at the same address")

        left = [*children(run.process.pid), *children(child_like(run, "gunicorn"))]
        run.end(signal.SIGKILL)
        launcher.wait_until(lambda: not any(map(launcher.alive, left)), "nothing outlives a killed run", 40)

    with running(state) as again:
        address = again.address()
        assert "migrations applied" not in again.words, "everything was there"
        left = children(again.process.pid)
        assert again.end(signal.SIGINT) == 0
        assert "Stopping" in again.words
        assert not any(map(launcher.alive, left))
        assert status(address) == (0, "")
        assert "starts again" not in again.words


def test_a_database_that_is_brought_is_used_as_it_is(state: Path, cloned_database: ClonedDatabase) -> None:
    brought = {
        "ARASHA_DATABASE_URL": cloned_database.app,
        "ARASHA_OWNER_DATABASE_URL": cloned_database.owner,
        "ARASHA_SECRET_KEY": SECRET_KEY,  # the template was prepared with it
    }
    with running(state, **brought) as run:
        assert page_reaches_the_database(run.address())
        assert not Place(state).folder.exists()
        with psycopg.connect(cloned_database.owner) as owner:
            assert owner.execute("SELECT kind FROM worktime_instance").fetchall() == [("training",)]


@pytest.mark.parametrize("variable", ["ARASHA_DATABASE_URL", "ARASHA_OWNER_DATABASE_URL"])
def test_one_dsn_without_the_other_is_refused(state: Path, variable: str) -> None:
    with running(state, **{variable: "postgresql://arasha_app@/arasha"}) as run:
        assert run.process.wait(120) == 1
        assert "Set both ARASHA_DATABASE_URL and ARASHA_OWNER_DATABASE_URL, or neither." in run.words


def test_a_database_that_does_not_answer_is_told_without_its_password(state: Path) -> None:
    url = "postgresql://arasha_app:geheim@/arasha?host=%2Fnowhere"
    with running(state, ARASHA_DATABASE_URL=url, ARASHA_OWNER_DATABASE_URL=url) as run:
        assert run.process.wait(120) == 1
        assert "The database refused" in run.words
        assert "geheim" not in run.words
        assert "Traceback" not in run.words


def test_a_foreign_data_folder_ends_the_run_with_one_clear_sentence(place: Place) -> None:
    (place.data / "PG_VERSION").write_text("9\n")
    with running(place.state) as run:
        assert run.process.wait(120) == 1
        assert "made by PostgreSQL 9, which is not on this machine. It was left as it is." in run.words
        assert "Traceback" not in run.words
