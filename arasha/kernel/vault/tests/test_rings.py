"""Rings of wrapping keys: turned, lost, open to strangers, backed up and forgotten in time."""

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from arasha.kernel.vault.actions import back_up_keys, make_keys, prune, rotate, seal_text
from arasha.kernel.vault.keystore import custody, folder_ring
from arasha.kernel.vault.keystore.custody import Custody
from arasha.kernel.vault.keystore.postgres import PostgresStore
from arasha.kernel.vault.keystore.ring import FolderRing
from arasha.kernel.vault.keystore.sqlite import SqliteStore
from arasha.kernel.vault.queries import check_places, open_text
from arasha.kernel.vault.rules import (
    RingKeyMissing,
    Scope,
    StoreUnavailable,
    UnsafePlace,
    WrongRingKey,
)

NOON = datetime(2026, 3, 20, 7, tzinfo=UTC)


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
