"""A backup is whole and signed, or it is not there; it holds no name that could be read, and no key."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoDbBlocker

from arasha.config.backup import checking, places, programs, trees
from arasha.config.backup.errors import Damaged, NoProgram
from arasha.config.backup.manifest import Manifest
from arasha.config.postgres import binaries
from arasha.config.postgres.locks import Lock
from arasha.config.tests import installations
from arasha.config.tests.installations import Installation, Story
from arasha.kernel.vault import actions as vault
from tests.cluster import Cluster
from tests.database import ClonedDatabase


@pytest.fixture
def lived(story: Story, cluster: Cluster, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Installation]:
    """A copy of an installation with a past, its one backup beside; Django works there."""
    database = ClonedDatabase.made(Cluster(cluster.place, story.installation.database.name))
    shutil.copytree(story.installation.folder, tmp_path, dirs_exist_ok=True)
    made = Installation(tmp_path, database)
    with django_db_blocker.unblock(), made.used():
        yield made
    cluster.drop(database.name)


def back_up(*words: str) -> str:
    """Call the command and return what it says."""
    told = StringIO()
    call_command("backup", *words, stdout=told, stderr=told)
    return told.getvalue()


def refused(*words: str) -> str:
    """Call a backup that must not succeed and return why."""
    with pytest.raises(CommandError) as refusal:
        back_up(*words)
    return str(refusal.value)


def made_in(installation: Installation) -> list[str]:
    """Return what lies in the backups' folder."""
    return sorted(path.name for path in (installation.folder / "backups").iterdir() if path.name != ".lock")


def everything_in(folder: Path) -> bytes:
    """Return every byte under a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_backup_shows_no_name_holds_no_key_and_is_for_one_account(lived: Installation, story: Story) -> None:
    saved = everything_in(lived.folder / "backups")
    for secret in ("Тимур", "Айша", "doctor", "polyclinic", "psycopg"):
        assert secret.encode() not in saved
    for path in (lived.folder / "keys").iterdir():
        assert path.read_bytes() not in saved
    for path in (lived.folder / "backups" / story.backup).rglob("*"):
        assert not path.stat().st_mode & 0o033, path
    assert (lived.folder / "backups" / story.backup).stat().st_mode & 0o777 == 0o700


def test_the_statement_says_how_far_everything_was(lived: Installation, story: Story) -> None:
    made = Manifest.read(lived.folder / "backups" / story.backup)
    assert (made.name, made.instance, made.kind) == (story.backup, installations.INSTANCE, "training")
    assert made.journal["seal"] == 1
    assert made.journal["unsealed"] == 1
    assert made.files["count"] == 2
    assert made.keys["copy"] in [path.name for path in (lived.folder / "key-backups").iterdir()]
    assert ["journal", "0005_restored"] in made.migrations


def test_the_next_backup_links_what_never_changes_and_copies_what_is_new(lived: Installation, story: Story) -> None:
    told = back_up()
    name = next(name for name in made_in(lived) if name != story.backup)
    assert "files: 3 (1 new)" in told
    inode = {
        backup: {path.name: path.stat().st_ino for path in (lived.folder / "backups" / backup / "files").rglob("*.*")}
        for backup in (story.backup, name)
    }
    assert inode[story.backup].items() <= inode[name].items()
    assert "is whole" in back_up("check")
    assert "is whole" in back_up("check", story.backup)
    assert [line.split()[0] for line in back_up("list").splitlines()] == sorted([story.backup, name])


def test_the_dump_opens_for_pg_restore(lived: Installation, story: Story) -> None:
    folder = places.shelf().find(None)
    plain = b"".join(checking.plain_dump(folder, Manifest.read(folder), lambda _count: None))
    listing = subprocess.run(  # noqa: S603
        [binaries.find().program("pg_restore"), "--list"], input=plain, capture_output=True, check=True
    )
    assert b"TABLE DATA public signals_signal arasha_owner" in listing.stdout
    assert "needs a backup's name" in refused("open")
    assert "holds no backup of the name 2001-01-01T000000Z" in refused("open", "2001-01-01T000000Z")


@pytest.mark.parametrize("where", ["keys", "key-backups", "keystore", "files", "seals", "postgres", "erasures"])
def test_backups_lie_apart_from_keys_and_data(lived: Installation, where: str) -> None:
    for folder in (lived.folder / where / "backups", lived.folder):
        lived.more["ARASHA_BACKUPS"] = folder
        with lived.used():
            assert "may not lie inside one another. Nothing was done." in refused()
    assert not (lived.folder / where / "backups").exists()


def test_a_link_does_not_hide_where_backups_lie(lived: Installation) -> None:
    (lived.folder / "innocent").symlink_to(lived.folder / "key-backups")
    lived.more["ARASHA_BACKUPS"] = lived.folder / "innocent"
    with lived.used():
        assert "the key backups (ARASHA_KEY_BACKUPS)" in refused()


def test_a_second_one_at_once_is_told(lived: Installation, story: Story) -> None:
    lock = Lock(lived.folder / "backups" / ".lock")
    assert lock.take("process 1")
    assert "Another backup is under way" in refused()
    lock.release()
    assert made_in(lived) == [story.backup]


def test_a_disk_without_room_is_named_before_anything_is_done(
    lived: Installation, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=2**20))
    assert "has 1 MB free, a backup needs about" in refused()
    assert made_in(lived) == [story.backup]


@pytest.mark.parametrize("what", ["full", "stopped", "unreachable keys"])
def test_what_breaks_off_leaves_nothing(
    lived: Installation, story: Story, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    failure = {
        "full": OSError(28, "No space left on device"),
        "stopped": KeyboardInterrupt(),
        "unreachable keys": OSError(5, "Input/output error"),
    }[what]

    def break_off(**_: object) -> str:
        raise failure

    monkeypatch.setattr(vault, "back_up_keys", break_off)
    told = refused()
    expected = {"full": "became full. Nothing of this backup was kept", "stopped": "Stopped. Nothing of this backup"}
    assert expected.get(what, "Input/output error") in told
    assert made_in(lived) == [story.backup]


def test_what_a_killed_backup_left_is_cleared_away_by_the_next(lived: Installation, story: Story) -> None:
    half = lived.folder / "backups" / ".half-2026-01-01T000000Z"
    half.mkdir()
    (half / "database.sealed").write_bytes(b"half")
    assert "2026-01-01" not in back_up("list")
    back_up()
    assert len(made_in(lived)) == 2
    assert not half.exists()


def test_a_dump_that_fails_is_told_and_leaves_nothing(lived: Installation, story: Story) -> None:
    with psycopg.connect(lived.database.superuser) as superuser:
        superuser.execute("ALTER TABLE signals_signal RENAME COLUMN child_called TO called")
        superuser.execute("CREATE FUNCTION public.no() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE ''Тимур''; END'")
        superuser.execute("CREATE MATERIALIZED VIEW public.bad AS SELECT 1")
        superuser.execute("UPDATE pg_class SET reltoastrelid = 999999999 WHERE relname = 'bad'")
        superuser.execute("DELETE FROM pg_attribute WHERE attrelid = 'public.signals_signal'::regclass AND attnum = 5")
    told = refused()
    assert "The database could not be dumped; nothing was kept" in told
    assert made_in(lived) == [story.backup]


def test_old_ones_go_and_the_newest_two_stay(lived: Installation, story: Story) -> None:
    shelf = places.shelf()
    moment = places.moment_of(story.backup)
    old = [places.name_at(moment - timedelta(days=days)) for days in (50, 40, 31, 29)]
    for name in old:
        shutil.copytree(shelf.folder / story.backup, shelf.folder / name)
    assert shelf.prune(days=30, at=moment) == old[:3]
    assert shelf.prune(days=1, at=moment + timedelta(days=400)) == []
    assert shelf.names() == [old[3], story.backup]


def test_a_file_that_is_lost_already_is_told_and_the_rest_is_kept(lived: Installation, story: Story) -> None:
    next((lived.folder / "files").rglob(f"{story.kept.file}*")).unlink()
    with pytest.raises(CommandError, match="1 files that rows need are not in ARASHA_FILES") as told:
        back_up()
    assert told.value.returncode == 3
    assert len(made_in(lived)) == 2


def test_no_password_stands_where_others_could_see_it(
    lived: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, spying = binaries.find().folder, tmp_path / "spying"
    spying.mkdir()
    for name in programs.NEEDED:
        (spying / name).symlink_to(real / name)
    (spying / "pg_dump").unlink()
    seen = tmp_path / "seen"
    (spying / "pg_dump").write_text(
        f'#!/bin/sh\ncat /proc/$$/cmdline /proc/$$/environ >> {seen}\nexec {real / "pg_dump"} "$@"\n'
    )
    (spying / "pg_dump").chmod(0o755)
    monkeypatch.setenv("ARASHA_POSTGRES_BIN", str(spying))
    monkeypatch.setenv("ARASHA_SECRET_KEY", "the secret of all secrets")
    back_up()
    password = psycopg.conninfo.conninfo_to_dict(lived.database.backup)["password"]
    assert b"--format=custom" in seen.read_bytes()
    app = psycopg.conninfo.conninfo_to_dict(lived.database.app)["password"]
    for secret in (password, app, "secret of all secrets"):
        assert str(secret).encode() not in seen.read_bytes()


def test_programs_of_another_version_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoProgram, match="postgresql-client-99"):
        programs.find(99)
    assert programs.find(15, newer=True)
    monkeypatch.setenv("ARASHA_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(NoProgram, match="ARASHA_POSTGRES_BIN"):
        programs.find(18)


def test_paths_that_are_none_of_a_backups_are_refused(tmp_path: Path) -> None:
    listed = tmp_path / "files.sha256"
    for line in ("../../etc/passwd", "aa/../../b.served", "/etc/passwd", "aa/not-a-uuid.served"):
        listed.write_text(f"{'0' * 64}  {line}\n")
        with pytest.raises(Damaged, match="Line 1"):
            list(trees.read_list(listed, trees.FILES))
