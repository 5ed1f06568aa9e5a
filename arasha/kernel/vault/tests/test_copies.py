"""What leaves as a whole opens with its key only, and keys come back from their copies without what was erased."""

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from arasha.kernel.vault import actions, queries
from arasha.kernel.vault.keystore import custody, ledger, ledger_copy
from arasha.kernel.vault.keystore.ledger import Entry
from arasha.kernel.vault.rules import (
    KeyErased,
    KeyMissing,
    LedgerBroken,
    RingKeyMissing,
    Scope,
    SealBroken,
    StoreUnavailable,
    WrongRingKey,
)
from tests.database import ClonedDatabase

NOW = datetime(2026, 3, 20, 7, tzinfo=UTC)
NAMES = "Айгүл Сейітқызы\n".encode() * 10_000


def sealed(content: bytes = NAMES, *, backup: str = "b1", name: str = "database") -> tuple[int, bytes]:
    pieces = (content[at : at + 70_001] for at in range(0, len(content), 70_001))
    version, blob = actions.seal_copy(pieces, backup=backup, name=name)
    return version, b"".join(blob)


def opened(blob: bytes, version: int, *, backup: str = "b1", name: str = "database") -> bytes:
    return b"".join(queries.open_copy(io.BytesIO(blob).read, version=version, backup=backup, name=name))


def entry(scope: Scope, act: int = 7) -> Entry:
    return Entry(uuid4(), scope, NOW, NOW.date() + timedelta(days=31), "court", act)


def test_a_sealed_copy_shows_no_name_and_opens_as_it_was(vault: Path) -> None:
    version, blob = sealed()
    assert "Айгүл".encode() not in blob
    assert opened(blob, version) == NAMES


@pytest.mark.parametrize("where", [{"backup": "b2"}, {"name": "files"}])
def test_a_copy_does_not_open_as_another_file_or_in_another_backup(vault: Path, where: dict[str, str]) -> None:
    version, blob = sealed()
    with pytest.raises(SealBroken):
        opened(blob, version, **where)


def test_a_copy_cut_short_or_altered_does_not_open(vault: Path) -> None:
    version, blob = sealed()
    for wrong in (blob[:-1], blob[: len(blob) // 2], blob[:40], b"", blob[:-70_000] + bytes([blob[-70_000] ^ 1])):
        with pytest.raises(SealBroken):
            opened(wrong, version)


def test_without_its_key_a_copy_does_not_open(vault: Path) -> None:
    version, blob = sealed()
    (vault / "keys" / "copies-0001.key").unlink()
    with pytest.raises(RingKeyMissing, match="copies"):
        opened(blob, version)
    with pytest.raises(RingKeyMissing, match="copies"):
        actions.seal_copy([b""], backup="b1", name="database")


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, settings: Settings, vault: Path) -> Path:
    """A vault with each of the two stores."""
    if request.param == "postgres":
        settings.ARASHA_KEY_STORE_URL = request.getfixturevalue("cloned_database").owner
        actions.make_keys()
    return vault


def lose_store(settings: Settings, vault: Path) -> None:
    """Go on with an empty key store."""
    custody().store.close()
    if settings.ARASHA_KEY_STORE_URL:
        custody().store._run("DELETE FROM wrapped_key")  # type: ignore[attr-defined]
    settings.ARASHA_KEY_STORE = vault / f"store-{os.urandom(3).hex()}"
    custody().memory.forget()


def test_keys_come_back_from_their_newest_copy(store: Path, settings: Settings, scope: Scope) -> None:
    first = actions.back_up_keys(now=NOW)
    made = custody().key_for_sealing(scope).raw
    gone = Scope("person", uuid4(), "contacts")
    custody().key_for_sealing(gone)
    custody().destroy(gone, NOW)
    second = actions.back_up_keys(now=NOW + timedelta(hours=1))
    assert actions.key_backups() == [first, second]
    assert actions.put_keys_back() == "", "a store that holds keys is left alone"
    lose_store(settings, store)
    assert actions.put_keys_back() == second
    assert custody().key(scope).raw == made
    with pytest.raises(KeyErased):
        custody().key(gone)
    assert queries.prove_keys() == 1


def test_a_lost_store_without_a_copy_is_not_passed_over(store: Path, settings: Settings) -> None:
    lose_store(settings, store)
    with pytest.raises(KeyMissing, match="holds no copy"):
        actions.put_keys_back()


def test_a_damaged_copy_is_refused(vault: Path, settings: Settings, scope: Scope) -> None:
    custody().key_for_sealing(scope)
    path = settings.ARASHA_KEY_BACKUPS / actions.back_up_keys(now=NOW)
    path.write_bytes(path.read_bytes()[:5000])
    lose_store(settings, vault)
    with pytest.raises(StoreUnavailable, match="no sound copy"):
        actions.put_keys_back()


def test_a_copy_that_was_broken_off_is_no_copy(
    vault: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    custody().key_for_sealing(Scope("person", uuid4(), "contacts"))

    def break_off(target: Path) -> None:
        target.write_bytes(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(custody().store, "backup", break_off)
        with pytest.raises(KeyboardInterrupt):
            actions.back_up_keys(now=NOW)
    assert actions.key_backups() == []
    made = actions.back_up_keys(now=NOW + timedelta(days=1))
    assert actions.key_backups() == [made]
    actions.prune(now=NOW + timedelta(days=2))
    assert [path.name for path in settings.ARASHA_KEY_BACKUPS.iterdir()] == [made], "half a copy does not stay"


def test_a_ring_that_lost_a_version_or_holds_another_one_is_noticed(vault: Path, scope: Scope) -> None:
    custody().key_for_sealing(scope)
    assert queries.prove_keys() == 1
    key = vault / "keys" / "general-0001.key"
    key.write_bytes(os.urandom(32))
    fresh = custody()
    fresh.rings["general"]._keys.clear()  # type: ignore[attr-defined]
    with pytest.raises(WrongRingKey):
        queries.prove_keys()
    key.unlink()
    fresh.rings["general"]._keys.clear()  # type: ignore[attr-defined]
    with pytest.raises(RingKeyMissing):
        queries.prove_keys()


@pytest.fixture
def clone(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, vault: Path) -> object:
    """A database that knows of no erasure."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        yield


def test_the_ledger_lost_with_everything_else_comes_back_from_beside_the_key_copies(clone: None, scope: Scope) -> None:
    one = entry(scope)
    ledger_copy().append(one)
    assert actions.unknown_erasures() == [(one.id, scope)]
    assert actions.replay_erasures(acts={one.id: 99}) == 1
    with pytest.raises(KeyErased):
        custody().key_for_sealing(scope)
    assert ledger().entries() == [one]
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("SELECT vault.erasures()")
    assert actions.unknown_erasures() == []
    assert actions.replay_erasures() == 1, "again is as well as once"


def test_a_tampered_ledger_is_told_after_its_sound_copy_was_followed(clone: None, scope: Scope) -> None:
    one = entry(scope)
    ledger().append(one)
    ledger_copy().append(one)
    ledger().path.write_text(ledger().path.read_text().replace("court", "fancy"))
    with pytest.raises(LedgerBroken, match="line 1"):
        actions.replay_erasures()
    with pytest.raises(KeyErased):
        custody().key_for_sealing(scope)


def test_a_ledgers_copy_out_of_reach_neither_stops_the_erasure_nor_stays_behind(
    clone: None, scope: Scope, settings: Settings
) -> None:
    folder = settings.ARASHA_KEY_BACKUPS
    settings.ARASHA_KEY_BACKUPS = Path("/dev/null/nowhere")
    one = entry(scope)
    ledger().append(one)
    assert actions.replay_erasures() == 1
    settings.ARASHA_KEY_BACKUPS = folder
    assert actions.replay_erasures() == 1
    assert ledger_copy().entries() == [one]
