"""What goes wrong around the launcher: it recovers, or says what is wrong and leaves everything as it was."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from arasha.config.postgres import account, creation
from arasha.config.postgres.account import Account
from arasha.config.postgres.errors import AlreadyRunning, DidNotStart, DiskFull, ForeignDataFolder, WrongVersion
from arasha.config.postgres.place import Place
from arasha.config.tests import launcher


def fingerprint(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        total.update(str(path).encode())
        if path.is_file():
            total.update(path.read_bytes())
    return total.hexdigest()


def test_a_killed_postmaster_is_noticed_and_starts_again_with_every_committed_row(place: Place) -> None:
    with launcher.started(place) as server:
        with server.connect() as connection:
            connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        assert server.process is not None
        with server.connect():  # a backend that is there when the postmaster dies
            server.process.kill()
            launcher.wait_until(lambda: not server.running(), "the launcher sees the end")
            server.stop()
            server.start()
        with server.connect() as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_a_killed_parent_takes_postgresql_with_it(place: Place) -> None:
    with launcher.in_child("server(place).start()\nprint('up', flush=True)\ntime.sleep(600)", place) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "up\n"
        pid = launcher.postmaster(place)
        assert launcher.alive(pid)
        parent.kill()
        launcher.wait_until(lambda: not launcher.alive(pid), "PostgreSQL ends after its parent")
    with launcher.started(place) as server, server.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert "was not properly shut down" not in place.log.read_text()


def test_a_server_that_outlived_its_parent_is_stopped_before_a_new_one_starts(place: Place) -> None:
    orphan = launcher.server(place)
    orphan.start()
    assert orphan.process is not None
    pid = orphan.process.pid
    orphan._lock.release()
    with launcher.started(place) as server:
        assert orphan.process.wait(5) is not None
        assert server.process is not None
        assert server.process.pid != pid
        with server.connect() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_stale_pid_file_hurts_neither_the_start_nor_whoever_has_the_number_now(place: Place) -> None:
    owner = account.current()
    with subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, cwd="/", **owner.popen_arguments()) as other:
        stale = place.data / "postmaster.pid"
        stale.write_text(f"{other.pid}\n{place.data}\n1700000000\n5432\n{place.socket}\n\n\nready\n")
        os.chown(stale, owner.uid, owner.gid)
        with launcher.started(place):
            assert launcher.postmaster(place) not in {0, other.pid}
        assert other.poll() is None
        other.communicate()


@pytest.mark.parametrize("text", ["", "no number\n", "999999999\n"])
def test_a_broken_pid_file_is_passed_over(place: Place, text: str) -> None:
    (place.data / "postmaster.pid").write_text(text)
    with launcher.started(place) as server:
        assert server.running()


def test_a_second_launcher_is_told_that_the_first_runs(place: Place) -> None:
    with launcher.started(place) as first:
        with pytest.raises(AlreadyRunning, match=f"process {os.getpid()}"):
            launcher.server(place).start()
        assert first.running()


def test_a_full_disk_is_named_before_anything_is_made(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=10 * 2**20))
    with pytest.raises(DiskFull, match="10 MB are free, the database needs 400 MB"):
        launcher.server(Place(state)).start()
    assert not Place(state).data.exists()


def test_a_disk_that_fills_while_the_cluster_is_made_is_named_and_the_next_start_succeeds(state: Path) -> None:
    place = Place(state)
    code = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (4 * 2**20, 4 * 2**20))\n"
        "from arasha.config.postgres.errors import DiskFull\n"
        "try:\n    server(place).start()\nexcept DiskFull as error:\n    print(error)\n"
    )
    with launcher.in_child(code, place) as child:
        told, _ = child.communicate()
    assert "The disk is full" in told
    assert not place.data.exists()
    with launcher.started(place) as server:
        assert server.running()


def test_a_full_disk_at_a_later_start_is_named_and_the_data_stay(place: Place) -> None:
    code = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "from arasha.config.postgres.errors import LauncherError\n"
        "try:\n    server(place).start()\nexcept LauncherError as error:\n    print(type(error).__name__)\n"
    )
    with launcher.in_child(code, place) as child:
        told, _ = child.communicate()
    assert told == "DiskFull\n"
    with launcher.started(place) as server, server.connect("arasha") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_data_folder_of_an_unknown_version_is_left_as_it_is(place: Place) -> None:
    (place.data / "PG_VERSION").write_text("14\n")
    before = fingerprint(place.data)
    with pytest.raises(
        WrongVersion, match=r"made by PostgreSQL 14, which is not on this machine. It was left as it is"
    ):
        launcher.server(place).start()
    assert fingerprint(place.data) == before


def test_a_folder_that_is_no_cluster_is_left_as_it_is(state: Path) -> None:
    place = Place(state)
    place.prepare(account.current())
    place.data.mkdir()
    (place.data / "thesis.txt").write_text("years of work")
    before = fingerprint(place.data)
    with pytest.raises(ForeignDataFolder, match=r"not a PostgreSQL data folder. It was left as it is"):
        launcher.server(place).start()
    assert fingerprint(place.data) == before


def test_a_cluster_whose_password_is_not_here_is_left_as_it_is(place: Place) -> None:
    (place.passwords / "postgres").unlink()
    before = fingerprint(place.data)
    with pytest.raises(ForeignDataFolder, match="its password is not in"):
        launcher.server(place).start()
    assert fingerprint(place.data) == before


def test_a_password_that_does_not_fit_is_named(place: Place) -> None:
    (place.passwords / "postgres").write_text("another installation's")
    with pytest.raises(DidNotStart, match="does not open the database"):
        launcher.server(place).start()
    assert launcher.postmaster(place) == 0, "the server was stopped again"


def test_another_users_cluster_is_left_as_it_is(place: Place) -> None:
    with pytest.raises(ForeignDataFolder, match="belongs to uid"):
        creation.version_of(place, Account(account.current().uid + 1, 1))


def test_a_server_that_cannot_start_says_why(place: Place) -> None:
    wrong = launcher.server(place)
    wrong.settings["shared_buffers"] = "a lot"
    with pytest.raises(DidNotStart, match="shared_buffers"):
        wrong.start()
    with launcher.started(place) as server:
        assert server.running()


def test_an_interrupted_creation_is_begun_anew(state: Path) -> None:
    place = Place(state)
    place.prepare(account.current())
    half = place.folder / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with launcher.started(place) as server:
        assert server.running()
    assert not half.exists()


def test_clients_that_stay_do_not_keep_the_server_from_stopping(place: Place) -> None:
    with launcher.started(place) as server:
        client = server.connect()
        client.execute("BEGIN")
        pid = launcher.postmaster(place)
        server.stop()
        assert not launcher.alive(pid)
        with pytest.raises(psycopg.OperationalError):
            client.execute("SELECT 1")
        client.close()
