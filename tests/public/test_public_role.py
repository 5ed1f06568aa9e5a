"""The role of the public reads no table of anybody and runs what was reviewed: tried as raw SQL, with its own login."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from arasha import doors
from tests.database import ClonedDatabase

REVIEWED = Path(str(doors.__file__)).parent / "data" / "public_role.txt"
# Tables, views and sequences of every schema that is not PostgreSQL's own.
RELATIONS = """
SELECT n.nspname, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"""
# The queue's functions are granted to everybody by its library: they are tried by themselves below.
FUNCTIONS = """
SELECT format('%s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), p.prosecdef,
       p.proname ~ '^procrastinate_'
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
   AND has_schema_privilege('arasha_public', n.oid, 'USAGE')
   AND has_function_privilege('arasha_public', p.oid, 'EXECUTE')
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""


def reviewed(kind: str) -> set[str]:
    """Return what the role may `read` or `run`."""
    lines = [line.split(maxsplit=1) for line in REVIEWED.read_text(encoding="utf-8").splitlines()]
    return {words[1] for words in lines if words and words[0] == kind}


@pytest.fixture
def owner(cloned_database: ClonedDatabase) -> Iterator[psycopg.Connection]:
    with psycopg.connect(cloned_database.superuser) as connection:
        yield connection


@pytest.fixture
def public(cloned_database: ClonedDatabase) -> Iterator[psycopg.Connection]:
    with psycopg.connect(cloned_database.public, autocommit=True) as connection:
        assert connection.execute("SELECT session_user, current_user").fetchone() == ("arasha_public", "arasha_public")
        yield connection


def refused(connection: psycopg.Connection, statement: sql.Composed | sql.SQL) -> bool:
    """Say whether the database refuses a statement for want of a right."""
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return True
    except psycopg.Error:
        return False
    return False


def test_it_reads_the_reviewed_tables_and_no_other(owner: psycopg.Connection, public: psycopg.Connection) -> None:
    relations = owner.execute(RELATIONS).fetchall()
    tables = {name for _schema, name, kind in relations if kind != "S"}
    assert {"people_person", "signals_signal", "cases_case", "access_dossier", "access_user", "journal_act"} <= tables
    found = {name for schema, name, _ in relations if not refused(public, _any("SELECT 1 FROM {}", schema, name))}
    assert found == reviewed("read")


def test_it_writes_no_table_at_all(owner: psycopg.Connection, public: psycopg.Connection) -> None:
    for schema, name, kind in owner.execute(RELATIONS).fetchall():
        if kind in {"r", "p"}:
            assert refused(public, _any("INSERT INTO {} DEFAULT VALUES", schema, name)), name
            assert refused(public, _any("DELETE FROM {}", schema, name)), name
            assert refused(public, _any("TRUNCATE {}", schema, name)), name
    columns = owner.execute(
        "SELECT attrelid::regclass::text, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
        " WHERE attnum > 0 AND c.relnamespace = 'public'::regnamespace"
        " AND has_column_privilege('arasha_public', attrelid, attnum, 'UPDATE')"
    ).fetchall()
    assert columns == []


def test_it_runs_the_reviewed_functions_and_no_other(owner: psycopg.Connection) -> None:
    found = owner.execute(FUNCTIONS).fetchall()
    assert {name for name, _definer, of_queue in found if not of_queue} == reviewed("run")
    assert [name for name, definer, of_queue in found if of_queue and definer] == []


def test_the_queue_is_closed_to_it(public: psycopg.Connection) -> None:
    for statement in (
        "SELECT procrastinate_fetch_job_v2(NULL, 1)",
        "SELECT procrastinate_register_worker_v1()",
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('q', 't', '{}')",
    ):
        assert refused(public, sql.SQL(statement)), statement


def test_it_makes_nothing_of_its_own(public: psycopg.Connection) -> None:
    for statement in ("CREATE TABLE t (x integer)", "CREATE TEMP TABLE t (x integer)", "CREATE SCHEMA mine"):
        assert refused(public, sql.SQL(statement)), statement
    for role in ("arasha_app", "arasha_owner", "arasha_definer", "arasha_reader"):
        assert refused(public, sql.SQL(f"SET ROLE {role}")), role


def _any(statement: str, schema: str, name: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(schema, name))
