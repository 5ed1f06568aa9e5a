"""Keys and their store: one key a scope, nobody else's eyes, nothing lost, nothing brought back."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from arasha.kernel.vault.keystore.custody import REMEMBERED, REMEMBERED_SECONDS, Custody, Memory
from arasha.kernel.vault.keystore.postgres import PostgresStore
from arasha.kernel.vault.keystore.ring import FolderRing
from arasha.kernel.vault.keystore.sqlite import SqliteStore
from arasha.kernel.vault.keystore.store import KeyStore, WrappedKey
from arasha.kernel.vault.rules import (
    DataKey,
    KeyErased,
    Scope,
)

NOON = datetime(2026, 3, 20, 7, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> KeyStore:
    """Each of the two stores; both must keep every promise."""
    if request.param == "sqlite":
        return SqliteStore(tmp_path / "store")
    return PostgresStore(request.getfixturevalue("cloned_database").owner)


def custody_of(store: KeyStore, folder: Path) -> Custody:
    """Return a custody of a store with rings in a folder."""
    rings = {name: FolderRing(folder, name) for name in ("general", "apart")}
    for ring in rings.values():
        ring.make_first()
    return Custody(store, rings)


def test_a_scope_gets_one_key_and_keeps_it(store: KeyStore, scope: Scope, tmp_path: Path) -> None:
    first, second = custody_of(store, tmp_path / "keys"), custody_of(store, tmp_path / "keys")
    made = first.key_for_sealing(scope)
    assert second.key_for_sealing(scope).raw == second.key(scope).raw == made.raw
    assert store.scopes_of("dossier", scope.key) == [scope]


def test_sixteen_threads_at_once_get_the_same_key(store: KeyStore, scope: Scope, tmp_path: Path) -> None:
    custodies = [custody_of(store, tmp_path / "keys") for _ in range(16)]
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda one: one.key_for_sealing(scope).raw, custodies))
    assert len(keys) == 1


ASK_FOR_A_KEY = """
import sys
from pathlib import Path
from uuid import UUID
from arasha.kernel.vault.keystore.custody import Custody
from arasha.kernel.vault.keystore.ring import FolderRing
from arasha.kernel.vault.keystore.sqlite import SqliteStore
from arasha.kernel.vault.rules import Scope
store, keys, dossier = sys.argv[1:]
ring = FolderRing(Path(keys), "general")
ring.make_first()
print("ready", flush=True)
sys.stdin.readline()
custody = Custody(SqliteStore(Path(store)), {"general": ring})
print(custody.key_for_sealing(Scope("dossier", UUID(dossier), "narrative")).raw.hex())
"""


def test_processes_at_once_get_the_same_key(scope: Scope, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ASK_FOR_A_KEY, str(tmp_path / "store"), str(tmp_path / "keys"), str(scope.key)]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 our own code
        for _ in range(3)
    ]
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    keys = {worker.communicate(timeout=60)[0] for worker in workers}
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert len(keys) == 1


def test_an_erased_key_is_gone_and_stays_gone(store: KeyStore, scope: Scope, tmp_path: Path) -> None:
    own = custody_of(store, tmp_path / "keys")
    own.key_for_sealing(scope)
    before = store.read([scope])[scope]
    own.destroy(scope, NOON)
    own.destroy(scope, NOON + timedelta(days=1))
    for attempt in (own.key, own.key_for_sealing):
        with pytest.raises(KeyErased):
            attempt(scope)
    assert store.rewrap(before, before) is False
    assert store.add(before) == WrappedKey(scope, before.version, None, NOON)
    assert own.keys([scope]) == {scope: None}


def test_a_scope_erased_before_it_had_a_key_never_gets_one(store: KeyStore, scope: Scope, tmp_path: Path) -> None:
    own = custody_of(store, tmp_path / "keys")
    own.destroy(scope, NOON)
    with pytest.raises(KeyErased):
        own.key_for_sealing(scope)


def test_an_erased_key_is_not_in_the_stores_files(scope: Scope, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store")
    own = custody_of(store, tmp_path / "keys")
    own.key_for_sealing(scope)
    wrapped = store.read([scope])[scope].wrapped or b""
    assert wrapped in content(tmp_path / "store")
    own.destroy(scope, NOON)
    assert wrapped not in content(tmp_path / "store")


def content(folder: Path) -> bytes:
    """Return every byte of a folder's files."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_another_process_forgets_an_erased_key_within_a_minute(store: KeyStore, scope: Scope, tmp_path: Path) -> None:
    clock = [1000.0]
    here = custody_of(store, tmp_path / "keys")
    there = Custody(store, here.rings, Memory(lambda: clock[0]))
    there.key_for_sealing(scope)
    here.destroy(scope, NOON)
    clock[0] += REMEMBERED_SECONDS - 1
    assert there.key(scope)
    clock[0] += 1
    with pytest.raises(KeyErased):
        there.key(scope)
    assert REMEMBERED_SECONDS < 60


def test_memory_holds_a_bounded_number_of_keys() -> None:
    memory, scopes = Memory(lambda: 0.0), [Scope("person", uuid4(), "contacts") for _ in range(REMEMBERED + 1)]
    for one in scopes:
        memory.put(one, DataKey(bytes(32)))
    assert memory.get(scopes[0]) is None
    assert memory.get(scopes[1]) is not None


def test_a_key_survives_a_crash_right_after_it_was_made(scope: Scope, tmp_path: Path) -> None:
    child = os.fork()
    if not child:
        custody_of(SqliteStore(tmp_path / "store"), tmp_path / "keys").key_for_sealing(scope)
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    again = custody_of(SqliteStore(tmp_path / "store"), tmp_path / "keys")
    assert again.key(scope).raw == again.key_for_sealing(scope).raw


def test_rotation_rewraps_everything_while_others_read_and_seal(store: KeyStore, tmp_path: Path) -> None:
    own = custody_of(store, tmp_path / "keys")
    scopes = [Scope("dossier", uuid4(), "narrative") for _ in range(60)]
    keys = {one: own.key_for_sealing(one).raw for one in scopes}

    def read_all(_: int) -> bool:
        fresh = Custody(store, {name: FolderRing(tmp_path / "keys", name) for name in own.rings})
        fresh.key_for_sealing(Scope("dossier", uuid4(), "narrative"))
        return all(fresh.key(one).raw == keys[one] for one in scopes)

    ring = own.rings["general"]
    assert isinstance(ring, FolderRing)
    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read_all, number) for number in range(8)]
        version = ring.make()
        while own.rewrap_some("general", version, 7):
            pass
        ring.retire(1)
        assert all(reader.result() for reader in readers)
    own.memory.forget()
    assert {one: key.raw for one, key in own.keys(scopes).items() if key} == keys
