"""What a database must be, and what `arasha prepare`, `migrate`, `load-reference` and `db roles` do with it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from arasha.config import checks, preparation
from arasha.config.postgres import binaries
from arasha.config.postgres.place import SUPERUSER, Place
from arasha.config.tests import launcher
from arasha.kernel.worktime import queries as worktime
from tests.cluster import Cluster
from tests.database import ClonedDatabase


@contextmanager
def used(database: ClonedDatabase, blocker: DjangoDbBlocker) -> Iterator[None]:
    with blocker.unblock(), database.as_default():
        yield


@pytest.fixture
def bare(cluster: Cluster, cloned_database: ClonedDatabase, request: pytest.FixtureRequest) -> Iterator[ClonedDatabase]:
    """A database as some administrator might make it: the words after TEMPLATE template0 are the parameter."""
    name = f"{cloned_database.name}_bare"
    cluster.sql(f"CREATE DATABASE {name} TEMPLATE template0 OWNER arasha_owner {request.param}")
    url = cluster.place.url(SUPERUSER, name)
    yield replace(cloned_database, name=name, app=url, owner=url, superuser=url)
    cluster.drop(name)


def test_a_prepared_database_passes_the_checks(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    with used(cloned_database, django_db_blocker):
        assert checks.check_database(None, ["default", "owner"]) == []


@pytest.mark.parametrize("bare", [""], indirect=True)
def test_a_database_without_trigrams_is_named(bare: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> None:
    with used(bare, django_db_blocker):
        assert [error.id for error in checks.check_database(None, ["owner"])] == ["arasha.E002"]


@pytest.mark.parametrize("bare", ["LC_CTYPE 'C' LC_COLLATE 'C' LOCALE_PROVIDER libc"], indirect=True)
def test_a_database_whose_search_would_miss_kazakh_names_is_named(
    bare: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    with psycopg.connect(bare.superuser) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
    with used(bare, django_db_blocker):
        assert [error.id for error in checks.check_database(None, ["owner"])] == ["arasha.E003"]


def test_a_server_of_another_version_is_refused_before_anything_is_done(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "SUPPORTED", range(98, 100))
    monkeypatch.setattr(checks, "SUPPORTED", range(98, 100))
    with used(cloned_database, django_db_blocker):
        with pytest.raises(CommandError, match=r"Arasha needs 98 to 99. Nothing was changed"):
            call_command("prepare")
        assert [error.id for error in checks.check_database(None, ["owner"])] == ["arasha.E001"]


def test_migrate_works_as_the_owner_and_writes_the_kind_once(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARASHA_INSTANCE_KIND", "demonstration")
    with used(cloned_database, django_db_blocker):
        call_command("migrate", verbosity=0)
        call_command("migrate", verbosity=0)
        assert worktime.instance_kind() == "demonstration"
        monkeypatch.setenv("ARASHA_INSTANCE_KIND", "production")
        with pytest.raises(Exception, match="declared demonstration and stays so"):
            call_command("migrate", verbosity=0)
        assert worktime.instance_kind() == "demonstration"
        with pytest.raises(CommandError, match="declared demonstration and stays so"):
            call_command("prepare")


def test_the_template_holds_the_reference_data_and_loading_again_writes_nothing(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, capsys: pytest.CaptureFixture[str]
) -> None:
    with used(cloned_database, django_db_blocker):
        call_command("load_reference")
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert [line for line in lines if not line.endswith(": 0 rows written")] == []


def test_an_administrators_script_makes_the_same_and_can_be_run_again(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("db", "roles", "--database", "brought")
    script = capsys.readouterr().out
    for role in ("arasha_app", "arasha_owner"):
        assert f"\\password {role}" in script
    with launcher.started(place) as server:
        for _ in range(2):
            done = subprocess.run(  # noqa: S603
                [binaries.find().program("psql"), "-X", "-q", place.url(SUPERUSER, "postgres")],
                input=script,
                text=True,
                capture_output=True,
                check=False,
            )
            assert (done.returncode, done.stdout) == (0, ""), done.stderr
        with server.connect("brought") as connection:
            assert connection.execute("SELECT show_trgm('Айгүл') <> '{}', lower('Ә')").fetchone() == (True, "ә")
            owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'brought'"
            assert connection.execute(owner).fetchone() == ("arasha_owner",)
        with (
            psycopg.connect(place.url("arasha_app", "brought")) as app,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            app.execute("CREATE TABLE x ()")


def test_a_database_of_a_later_version_is_left_as_it_is(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    with psycopg.connect(cloned_database.superuser) as superuser:
        superuser.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('signals', '9999_later', now()),"
            " ('a_library_that_was_left', '0001_initial', now())"
        )
    with used(cloned_database, django_db_blocker), pytest.raises(CommandError) as refusal:
        call_command("prepare")
    assert "A later version of Arasha prepared this database (signals 9999_later)" in str(refusal.value)
    assert "restore a backup from before the upgrade" in str(refusal.value)
    with psycopg.connect(cloned_database.owner) as owner:
        assert owner.execute("SELECT count(*) FROM worktime_instance").fetchone() == (0,)


def test_a_second_preparation_waits_for_the_first(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, settings: Settings, tmp_path: Path
) -> None:
    settings.STATE, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    with used(cloned_database, django_db_blocker), psycopg.connect(cloned_database.owner, autocommit=True) as first:
        first.execute("SELECT pg_advisory_lock(%s, %s)", preparation.LOCK)
        second = preparation.prepare("training", restoring=True)
        assert next(second) == "Another preparation is under way; waiting for it …"
        with psycopg.connect(cloned_database.owner) as owner:
            assert owner.execute("SELECT count(*) FROM worktime_instance").fetchone() == (0,)
        first.close()  # the first one is killed
        list(second)
        assert worktime.instance_kind() == "training"


def test_a_lost_secret_key_is_not_replaced_in_silence(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, settings: Settings, tmp_path: Path
) -> None:
    settings.ARASHA_KEYS = tmp_path / "keys"
    with used(cloned_database, django_db_blocker), override_settings(SECRET_KEY=""):
        with pytest.raises(CommandError, match="holds no secret_key, and this database has been used with one"):
            call_command("prepare")
        assert not (tmp_path / "keys" / "secret_key").exists()
        with psycopg.connect(cloned_database.superuser, autocommit=True) as superuser:
            superuser.execute("DELETE FROM access_secret")
        preparation.make_secret()
        assert (tmp_path / "keys" / "secret_key").read_text() == settings.SECRET_KEY


@pytest.mark.long
def test_a_preparation_that_is_killed_goes_on_with_the_next_call(
    empty: ClonedDatabase, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    environment = {
        **os.environ,
        "ARASHA_STATE": str(tmp_path),
        "ARASHA_DATABASE_URL": empty.app,
        "ARASHA_OWNER_DATABASE_URL": empty.owner,
        "ARASHA_DEMONSTRATION": "0",
    }

    def migrated() -> int:
        with psycopg.connect(empty.owner) as owner:
            known = owner.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone() == (True,)
            rows = owner.execute("SELECT count(*) FROM django_migrations").fetchone() if known else None
            return int(rows[0]) if rows else 0

    command = [sys.executable, "-m", "arasha", "prepare"]
    killed = subprocess.Popen(command, env=environment)  # noqa: S603
    launcher.wait_until(lambda: migrated() > 20, "some migrations are applied", 120)
    killed.kill()
    killed.wait()
    half = migrated()
    for _ in range(2):
        subprocess.run(command, env=environment, check=True)  # noqa: S603
    assert migrated() > half
    told = capfd.readouterr().out
    assert "reference data of territory" in told
    assert told.count("migrations applied") == 1, "the third call had nothing to do"
    verified = subprocess.run(
        [sys.executable, "-m", "arasha", "journal", "verify", "--state"], env=environment, check=False
    )
    assert verified.returncode == 0
