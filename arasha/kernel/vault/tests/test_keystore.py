"""Keys and their store: one key a scope, nobody else's eyes, nothing lost, nothing brought back."""

import multiprocessing
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from arasha.kernel.vault.actions import back_up_keys, make_keys, prune, rotate, seal_text
from arasha.kernel.vault.keystore import custody, folder_ring
from arasha.kernel.vault.keystore.custody import REMEMBERED, REMEMBERED_SECONDS, Custody, Memory
from arasha.kernel.vault.keystore.postgres import PostgresStore
from arasha.kernel.vault.keystore.ring import FolderRing
from arasha.kernel.vault.keystore.sqlite import SqliteStore
from arasha.kernel.vault.keystore.store import KeyStore, WrappedKey
from arasha.kernel.vault.queries import check_places, open_text
from arasha.kernel.vault.rules import (
    DataKey,
    KeyErased,
    RingKeyMissing,
    Scope,
    StoreUnavailable,
    UnsafePlace,
    WrongRingKey,
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


def make_key_in_process(store: str, keys: str, dossier: str, gate: object, answers: object) -> None:
    """Open the store for the first time and ask for a key, when the gate opens (runs in a process of its own)."""
    own = custody_of(SqliteStore(Path(store)), Path(keys))
    gate.wait()  # type: ignore[attr-defined]  # multiprocessing's types are private
    answers.put(own.key_for_sealing(Scope("dossier", UUID(dossier), "narrative")).raw)  # type: ignore[attr-defined]  # see above


def test_processes_at_once_get_the_same_key(scope: Scope, tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    gate, answers = spawn.Barrier(3), spawn.Queue()
    folders = (str(tmp_path / "store"), str(tmp_path / "keys"), str(scope.key))
    workers = [spawn.Process(target=make_key_in_process, args=(*folders, gate, answers)) for _ in range(3)]
    for worker in workers:
        worker.start()
    keys = {answers.get(timeout=60) for _ in workers}
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
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


def test_a_rotation_that_was_broken_off_goes_on_without_another_key(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arasha.kernel.vault.actions.keys.AT_ONCE", 2)
    scopes = [Scope("dossier", uuid4(), "narrative") for _ in range(5)]
    blobs = [seal_text("still here", scope=one, table="t", column="c", row=1) for one in scopes]
    broken = rotate("general")
    next(broken)
    broken.close()
    assert custody().store.versions("general") == {1: 3, 2: 2}
    assert list(rotate("general"))[-1] == 3
    assert custody().store.versions("general") == {2: 5}
    assert (folder_ring("general").versions(), folder_ring("general").versions("retired")) == ([2], [1])
    custody().memory.forget()
    for one, blob in zip(scopes, blobs, strict=True):
        assert open_text(blob, scope=one, table="t", column="c", row=1) == "still here"


def test_reporters_are_under_a_ring_of_their_own(vault: Path) -> None:
    reporter = Scope("dossier", uuid4(), "reporter")
    blob = seal_text("the teacher", scope=reporter, table="t", column="c", row=1)
    list(rotate("general"))
    assert custody().store.versions("apart") == {1: 1}
    (vault / "keys" / "apart-0001.key").unlink()
    fresh = custody_of_settings(vault)
    with pytest.raises(RingKeyMissing, match="apart"):
        fresh.key(reporter)
    assert blob


def custody_of_settings(folder: Path) -> Custody:
    """Return a custody that remembers nothing yet, as a new process would have it."""
    rings = {name: FolderRing(folder / "keys", name) for name in ("general", "apart")}
    return Custody(SqliteStore(folder / "keystore"), rings)


def test_a_wrong_ring_key_is_named_as_such(vault: Path, scope: Scope) -> None:
    seal_text("x", scope=scope, table="t", column="c", row=1)
    (vault / "keys" / "general-0001.key").write_bytes(os.urandom(32))
    with pytest.raises(WrongRingKey, match="version 1 of the ring general"):
        custody_of_settings(vault).key(scope)


def test_an_empty_ring_beside_a_full_store_is_not_papered_over(vault: Path, scope: Scope) -> None:
    seal_text("x", scope=scope, table="t", column="c", row=1)
    (vault / "keys" / "general-0001.key").unlink()
    with pytest.raises(RingKeyMissing, match="put its keys back"):
        make_keys()


@pytest.mark.parametrize(("path", "mode"), [("keys", 0o750), ("keys/general-0001.key", 0o640)])
def test_keys_open_to_others_are_refused(vault: Path, scope: Scope, path: str, mode: int) -> None:
    (vault / path).chmod(mode)
    with pytest.raises(UnsafePlace, match="open to others"):
        seal_text("x", scope=scope, table="t", column="c", row=1)


def test_a_key_behind_a_link_is_refused(vault: Path, scope: Scope) -> None:
    key = vault / "keys" / "general-0001.key"
    key.rename(vault / "elsewhere")
    key.symlink_to(vault / "elsewhere")
    with pytest.raises(UnsafePlace):
        seal_text("x", scope=scope, table="t", column="c", row=1)


def test_made_keys_and_the_store_are_for_their_owner_only(vault: Path, scope: Scope) -> None:
    seal_text("x", scope=scope, table="t", column="c", row=1)
    for folder in ("keys", "keystore"):
        assert (vault / folder).stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in (vault / folder).iterdir()} == {0o600}


def test_production_refuses_keys_inside_data_or_backups(vault: Path, settings: Settings) -> None:
    check_places(production=True)
    settings.ARASHA_KEY_BACKUPS = vault
    check_places(production=False)
    with pytest.raises(UnsafePlace, match="backups"):
        check_places(production=True)
    settings.ARASHA_KEY_BACKUPS = vault / "backups"
    settings.ARASHA_FILES = vault / "keys" / "files"
    with pytest.raises(UnsafePlace, match="files"):
        check_places(production=True)
    settings.ARASHA_FILES = vault / "files"
    with pytest.raises(UnsafePlace, match="the data"):
        check_places(production=True, others=[("the data", vault)])


def test_backups_of_the_store_open_and_go_after_thirty_days(vault: Path, scope: Scope) -> None:
    seal_text("x", scope=scope, table="t", column="c", row=1)
    name = back_up_keys(now=NOON)
    copy = sqlite3.connect(vault / "backups" / name)
    assert copy.execute("SELECT count(*) FROM wrapped_key").fetchone() == (1,)
    copy.close()
    assert (vault / "backups" / name).stat().st_mode & 0o777 == 0o600
    assert prune(now=NOON + timedelta(days=30)) == []
    assert prune(now=NOON + timedelta(days=31)) == [name]


def test_a_retired_ring_key_goes_when_no_backup_needs_it_any_more(vault: Path, scope: Scope) -> None:
    seal_text("x", scope=scope, table="t", column="c", row=1)
    list(rotate("general"))
    retired = vault / "keys" / "general-0001.retired"
    day = datetime.fromtimestamp(retired.stat().st_mtime, UTC)
    assert prune(now=day + timedelta(days=30)) == []
    assert prune(now=day + timedelta(days=31)) == ["general-0001.retired"]
    assert not retired.exists()


def test_a_store_that_does_not_answer_is_named_without_its_password(scope: Scope, tmp_path: Path) -> None:
    lost = PostgresStore("postgresql://u:pass-canary@/none?host=/nowhere")
    with pytest.raises(StoreUnavailable) as problem:
        lost.read([scope])
    assert "canary" not in str(problem.value)
    (tmp_path / "store").mkdir(mode=0o700)
    (tmp_path / "store" / "keys.sqlite3").write_bytes(b"this is no database at all" * 100)
    (tmp_path / "store" / "keys.sqlite3").chmod(0o600)
    with pytest.raises(StoreUnavailable):
        SqliteStore(tmp_path / "store").read([scope])
