"""The tests' database keeps what docs/kernel.md promises."""

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from pytest_django import DjangoDbBlocker

from tests.database import ClonedDatabase, as_owner, as_role


def who() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        name: str = cursor.fetchone()[0]
        return name


@pytest.mark.django_db
def test_an_ordinary_test_runs_as_the_app_which_passes_no_row_security() -> None:
    assert who() == "arasha_app"
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db
def test_reset_role_does_not_lead_out_of_the_app_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert who() == "arasha_app"


@pytest.mark.django_db
def test_as_owner_builds_and_steps_back() -> None:
    with as_owner(), connection.cursor() as cursor:
        assert who() == "arasha_owner"
        cursor.execute("CREATE TABLE built (x integer)")
    assert who() == "arasha_app"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM built")


@pytest.mark.django_db
def test_what_was_built_is_rolled_back_and_a_failure_steps_back_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.built')")
        assert cursor.fetchone() == (None,)
    with pytest.raises(DatabaseError), as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert who() == "arasha_app"
    with as_role("arasha_public"):
        assert who() == "arasha_public"


def test_a_clone_has_true_logins_and_keeps_what_is_committed(cloned_database: ClonedDatabase) -> None:
    with psycopg.connect(cloned_database.owner) as owner:
        owner.execute("CREATE TABLE kept (x integer)")
        owner.execute("GRANT SELECT ON kept TO arasha_app")
    with psycopg.connect(cloned_database.app) as app:
        assert app.execute("SELECT session_user, current_user").fetchone() == ("arasha_app", "arasha_app")
        assert app.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SET ROLE arasha_owner")
    with psycopg.connect(cloned_database.superuser) as superuser:
        assert superuser.execute("SELECT current_setting('is_superuser')").fetchone() == ("on",)


def test_django_can_use_a_clone(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), cloned_database.as_default():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database(), session_user")
            assert cursor.fetchone() == (cloned_database.name, "arasha_app")
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT current_database(), session_user")
            assert cursor.fetchone() == (cloned_database.name, "arasha_owner")


@pytest.mark.django_db
def test_trigrams_know_kazakh_letters() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT show_trgm('Айгүл') <> '{}', lower('ӘӨҮҰҚҒҢҺІ')")
        assert cursor.fetchone() == (True, "әөүұқғңһі")
