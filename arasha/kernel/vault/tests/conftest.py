"""A vault of a test's own: fresh keys, store, ledger and folders."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from arasha.kernel.vault.actions import make_keys
from arasha.kernel.vault.rules import Scope
from tests.database import as_owner


def point_settings_at(settings: Settings, folder: Path) -> Path:
    """Let the vault's settings lead into one folder."""
    settings.ARASHA_KEYS, settings.ARASHA_PUBLIC_KEYS = folder / "keys", folder / "public-keys"
    settings.ARASHA_KEY_STORE, settings.ARASHA_KEY_STORE_URL = folder / "keystore", ""
    settings.ARASHA_ERASURE_LEDGER = folder / "erasures" / "ledger.jsonl"
    settings.ARASHA_KEY_BACKUPS, settings.ARASHA_FILES = folder / "backups", folder / "files"
    settings.ARASHA_CLAMD, settings.ARASHA_KEY_SERVER, settings.ARASHA_FILE_LIMIT = "", "", 5_000_000
    return folder


@pytest.fixture
def vault(settings: Settings, tmp_path: Path) -> Path:
    """A fresh vault with keys; the folder that it lies in."""
    point_settings_at(settings, tmp_path)
    make_keys()
    return tmp_path


@pytest.fixture
def scope() -> Scope:
    """The narrative of some dossier."""
    return Scope("dossier", uuid4(), "narrative")


@pytest.fixture
def keeper(vault: Path, db: None) -> Iterator[None]:
    """Work where files may be written: higher parts' policies and acts are not this part's to test."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE vault_keptfile DISABLE TRIGGER USER")
        yield
