"""The ring of reporters in a process of its own: it answers whom it knows, within its budget, and names trouble."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from arasha.kernel.vault.actions import add_key, make_keys, retire_old_keys, rotate, seal_text
from arasha.kernel.vault.keyserver.client import SocketRing
from arasha.kernel.vault.keyserver.server import Budget, KeyServer
from arasha.kernel.vault.keystore import custody
from arasha.kernel.vault.keystore.ring import FolderRing
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import DataKey, RingKeyMissing, Scope, StoreUnavailable, WrongRingKey

REPORTER = Scope("dossier", uuid4(), "reporter")


@pytest.fixture
def clock() -> list[float]:
    """A clock to move."""
    return [0.0]


@pytest.fixture
def server(vault: Path, tmp_path_factory: pytest.TempPathFactory, clock: list[float]) -> Iterator[KeyServer]:
    """A key server whose keys are not in the application's folder."""
    ring = FolderRing(tmp_path_factory.mktemp("apart") / "keys", "apart")
    ring.make_first()
    running = KeyServer(vault / "socket", ring, {os.geteuid()}, Budget(3, lambda: clock[0]))
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def application(server: KeyServer, vault: Path, settings: Settings) -> None:
    """The application as it runs beside a key server: without the ring's keys."""
    settings.ARASHA_KEY_SERVER = str(vault / "socket")
    (vault / "keys" / "apart-0001.key").unlink()
    assert make_keys() == {"general": 1}


def test_a_reporter_is_sealed_and_opened_without_the_ring_in_reach(application: None) -> None:
    blob = seal_text("the teacher", scope=REPORTER, table="t", column="c", row=1)
    custody().memory.forget()
    assert open_text(blob, scope=REPORTER, table="t", column="c", row=1) == "the teacher"


def test_nobody_gets_more_keys_a_minute_than_the_budget(application: None, clock: list[float]) -> None:
    seal_text("x", scope=REPORTER, table="t", column="c", row=1)  # the first key given out
    for _ in range(2):
        custody().memory.forget()
        custody().key(REPORTER)
    custody().memory.forget()
    with pytest.raises(StoreUnavailable, match="budget"):
        custody().key(REPORTER)
    clock[0] += 60
    assert custody().key(REPORTER)


def test_a_stranger_gets_no_answer(server: KeyServer, vault: Path) -> None:
    server.users = frozenset({os.geteuid() + 1})
    with pytest.raises(StoreUnavailable):
        SocketRing(vault / "socket").current()


def test_other_rings_scopes_and_nonsense_are_not_understood(server: KeyServer, vault: Path) -> None:
    ring = SocketRing(vault / "socket")
    with pytest.raises(StoreUnavailable, match="understand"):
        ring.wrap(DataKey(bytes(32)), Scope("dossier", uuid4(), "health"))
    for request in ({}, {"do": "dump"}, {"do": "unwrap", "kind": "dossier"}):
        assert server.answer(request)["problem"] == "unclear"
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(vault / "socket"))
        client.sendall(b"\xff not json\n")
        assert client.recv(100) == b""
    ring.close()


def test_trouble_keeps_its_name_across_the_socket(server: KeyServer, vault: Path) -> None:
    ring = SocketRing(vault / "socket")
    _version, wrapped = ring.wrap(DataKey(bytes(32)), REPORTER)
    with pytest.raises(WrongRingKey):
        ring.unwrap(1, wrapped[:-1] + bytes([wrapped[-1] ^ 1]), REPORTER)
    with pytest.raises(RingKeyMissing):
        ring.unwrap(9, wrapped, REPORTER)
    ring.close()


def test_no_server_is_said_and_a_new_one_is_found(application: None, server: KeyServer, vault: Path) -> None:
    ring = SocketRing(vault / "nobody")
    with pytest.raises(StoreUnavailable, match="does not answer"):
        ring.current()
    ring.path = vault / "socket"
    assert ring.current() == 1
    ring.close()


def test_the_socket_is_for_its_owner_unless_others_were_named(server: KeyServer, vault: Path) -> None:
    assert (vault / "socket").stat().st_mode & 0o777 == 0o600


def test_the_ring_turns_on_both_sides(application: None, server: KeyServer, settings: Settings) -> None:
    blob = seal_text("still here", scope=REPORTER, table="t", column="c", row=1)
    here = settings.ARASHA_KEYS
    settings.ARASHA_KEYS = server.ring.folder
    assert add_key("apart") == 2
    settings.ARASHA_KEYS = here
    assert list(rotate("apart"))[-1] == 1
    assert custody().store.versions("apart") == {2: 1}
    settings.ARASHA_KEYS = server.ring.folder
    assert retire_old_keys("apart") == [1]
    settings.ARASHA_KEYS = here
    custody().memory.forget()
    assert open_text(blob, scope=REPORTER, table="t", column="c", row=1) == "still here"
