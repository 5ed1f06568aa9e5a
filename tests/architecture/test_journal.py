"""Every column of every journalled table says what it is, and the triggers that were installed say the same."""

import re

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from arasha.kernel.journal import queries, rules
from tests.database import ClonedDatabase, as_owner


def columns_of(table: str) -> set[str]:
    """Return a table's columns as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table],
        )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(queries.journalled()))
def test_every_column_of_a_journalled_table_declares_its_class(table: str) -> None:
    classes = queries.journalled()[table].classes
    assert set(classes.values()) <= {"code", "personal", "sealed"}
    assert set(classes) == columns_of(table)


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(queries.journalled()))
def test_the_installed_trigger_commits_to_what_is_declared_secret_and_shows_no_more(table: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [f"row_{table}"])
        found = cursor.fetchone()
    assert found is not None, f"{table} declares classes, but no migration runs row_journal for it"
    inserted = found[0].partition("v_row := NEW;")[2].partition("ELSIF")[0]
    shown = set(re.findall(r"'(\w+)', NEW\.\w+", inserted))
    secret = set(re.findall(r"'(\w+)', jsonb_build_object\('commitment'", inserted))
    classes = queries.journalled()[table].classes
    assert shown == {column for column, kind in classes.items() if kind == "code"}
    assert secret == {column for column, kind in classes.items() if kind != "code"}


@pytest.mark.django_db
def test_no_table_is_journalled_without_saying_so() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'journal_row' ORDER BY 1")
        standing = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'journal_hash' ORDER BY 1")
        logs = {row[0] for row in cursor.fetchall()}
    assert standing == set(queries.journalled())
    assert logs == set(rules.SEALED_TABLES)


def test_a_new_database_is_proved_as_it_stands(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), cloned_database.as_default():
        report = queries.verify(state=True, folders=[])
    assert [finding for finding in report.findings if not finding.is_notice] == []
    assert report.counts["guards"] > 50
