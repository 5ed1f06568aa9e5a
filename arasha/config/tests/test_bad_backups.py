"""A backup that is not what was made, or does not fit, is refused before anything is done: the place stays empty."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from arasha.config.backup.manifest import Manifest
from arasha.config.tests.installations import Installation, Story
from arasha.config.tests.test_restore import COUNT, lets_in, refused
from arasha.kernel.vault.keystore import custody


def backup_of(new: Installation, story: Story) -> Path:
    """Return the backup's folder on the new machine."""
    return new.folder / "backups" / story.backup


def nothing_was_done(new: Installation) -> bool:
    """Say whether the place is as empty and as open as it was, and no file came back."""
    return new.rows(COUNT) == [(0,)] and lets_in(new) and not (new.folder / "files").exists()


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a file's content."""
    content = change(path.read_bytes())
    path.chmod(0o600)
    path.write_bytes(content)


def flipped(at: float) -> Callable[[bytes], bytes]:
    """Return what turns one bit at a fraction of the content."""

    def flip(content: bytes) -> bytes:
        place = int((len(content) - 1) * at)
        return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    return flip


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("manifest.json", lambda content: content.replace(b'"acts"', b'"axts"')),
        ("manifest.json", lambda content: content.replace(b"training", b"productn")),
        ("manifest.json", lambda _content: b"{"),
        ("manifest.sig", flipped(0.5)),
        ("manifest.sig", lambda _content: b"no hex at all"),
        ("database.sealed", flipped(0.01)),
        ("database.sealed", flipped(0.5)),
        ("database.sealed", flipped(1)),
        ("database.sealed", lambda content: content[: len(content) // 2]),
        ("database.sealed", lambda content: content[:-1]),
        ("database.sealed", lambda _content: b""),
        ("files.sha256", lambda content: content[: len(content) // 2]),
        ("files.sha256", lambda content: content + b"0" * 64 + b"  ../../../etc/passwd\n"),
        ("seals.sha256", flipped(0.1)),
    ],
)
def test_what_was_altered_or_cut_short_is_refused(
    new: Installation, story: Story, name: str, change: Callable[[bytes], bytes]
) -> None:
    rewrite(backup_of(new, story) / name, change)
    told = refused()
    assert str(backup_of(new, story)) in told
    assert nothing_was_done(new)


@pytest.mark.parametrize("tree", ["files", "seals"])
@pytest.mark.parametrize("what", ["altered", "missing"])
def test_a_file_that_is_not_as_it_was_saved_is_named(new: Installation, story: Story, tree: str, what: str) -> None:
    path = next(path for path in (backup_of(new, story) / tree).rglob("*.*") if path.is_file())
    if what == "missing":
        path.unlink()
    else:
        rewrite(path, flipped(0.5))
    assert str(path) in refused()
    assert nothing_was_done(new)


def test_another_backups_statement_is_refused(new: Installation, story: Story) -> None:
    other = backup_of(new, story).with_name("2020-01-01T000000Z")
    backup_of(new, story).rename(other)
    assert f"holds the statement of the backup {story.backup}" in refused()
    assert nothing_was_done(new)


def test_another_installations_keys_do_not_vouch_for_it(new: Installation) -> None:
    (new.folder / "keys" / "seal_key").write_bytes(os.urandom(32))
    assert "ARASHA_KEYS holds the keys of another one. Nothing was done." in refused()
    assert nothing_was_done(new)


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ("seal_key", "Bring the keys back first"),
        ("copies-0001.key", "the ring copies has no key of version 1"),
        ("general-0001.key", "the ring general has no key of version 1"),
        ("apart-0001.key", "the ring apart has no key of version 1"),
    ],
)
def test_without_a_key_nothing_is_loaded(new: Installation, lost: str, told: str) -> None:
    (new.folder / "keys" / lost).unlink()
    custody.__globals__["_custody"].cache_clear()
    assert told in refused()
    assert new.rows(COUNT) == [(0,)]


def test_without_the_secret_key_nothing_is_loaded(new: Installation) -> None:
    with override_settings(SECRET_KEY=""):
        assert "holds no secret_key: without it nobody's second factor works" in refused()
    assert nothing_was_done(new)


def test_without_a_copy_of_the_key_store_nothing_is_loaded(new: Installation) -> None:
    for path in (new.folder / "key-backups").glob("keys-*"):
        path.unlink()
    assert "holds no copy of it" in refused()
    assert nothing_was_done(new)


def restated(new: Installation, story: Story, **values: object) -> None:
    """Let the backup say something else, rightly signed."""
    folder = backup_of(new, story)
    stated = {**json.loads((folder / "manifest.json").read_text()), **values}
    for name in ("manifest.json", "manifest.sig"):
        (folder / name).unlink()
    Manifest(**stated).write(folder, first=False)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"migrations": [["signals", "9999_later"]], "arasha": "9.9"},
            "made by a later Arasha (9.9; signals 9999_later)",
        ),
        ({"format": 2, "arasha": "9.9"}, "was made by a later Arasha (9.9)"),
        ({"postgres": 99}, "PostgreSQL 99"),
    ],
)
def test_what_this_version_cannot_hold_is_refused(
    new: Installation, story: Story, values: dict[str, object], told: str
) -> None:
    restated(new, story, **values)
    assert told in refused()
    assert nothing_was_done(new)


def test_migrations_of_an_application_that_is_gone_do_not_matter(new: Installation, story: Story) -> None:
    stated = json.loads((backup_of(new, story) / "manifest.json").read_text())
    restated(new, story, migrations=[*stated["migrations"], ["a_library_that_was_left", "0001_initial"]])
    call_command("restore", verbosity=0)
    assert lets_in(new)


def test_a_backup_of_another_kind_than_the_settings_say_is_refused(
    new: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARASHA_INSTANCE_KIND", "production")
    assert "The backup is of a training instance, ARASHA_INSTANCE_KIND says production" in refused()
    assert nothing_was_done(new)


def test_a_second_organisations_seals_out_of_reach_stop_the_restore(new: Installation) -> None:
    new.more["ARASHA_SEAL_COPY"] = str(new.folder / "not mounted")
    with new.used():
        assert "they say what was lost after the backup" in refused()
    assert "can't be read" in refused("--seals", str(new.folder / "nowhere"))
    assert nothing_was_done(new)


def test_a_database_without_the_extensions_is_named(new: Installation) -> None:
    new.rows("DROP EXTENSION pg_trgm")
    assert "The database lacks the extensions pg_trgm. Run the SQL that `arasha db roles` prints" in refused()
    assert nothing_was_done(new)


def test_without_any_backup_it_is_said(new: Installation, story: Story) -> None:
    backup_of(new, story).rename(new.folder / "elsewhere")
    assert "holds no backup. There are: none." in refused()
    with pytest.raises(CommandError, match="holds no backup"):
        call_command("backup", "check")
