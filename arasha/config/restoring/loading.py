"""Loading a dump as the owner, in one transaction: a database that was loaded half is empty again."""

import re
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import psycopg

from arasha.config.backup import programs
from arasha.config.backup.checking import Checked, plain_dump
from arasha.config.backup.errors import ProgramFailed
from arasha.config.backup.programs import Target
from arasha.config.backup.trees import Progress, pieces
from arasha.config.restoring.doors import LOADED, Doors, Mark

ENTRY = re.compile(r"\d+; \d+ \d+ (SCHEMA|EXTENSION|COMMENT) - (\S+) ")
# What the owner does itself, or may not do and `arasha db roles` has done.
LEFT_OUT = re.compile(r"\d+; \d+ \d+ (?:SCHEMA|EXTENSION|COMMENT) - ")
# What stands in the database and came with no extension.
STANDING = """SELECT count(*) FROM (
  SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  UNION ALL SELECT oid FROM pg_namespace
  WHERE nspname NOT IN ('public', 'information_schema') AND nspname !~ '^pg_') AS found"""
MISSING = """SELECT array_agg(name ORDER BY name) FROM unnest(%s::text[]) AS name
WHERE name NOT IN (SELECT extname FROM pg_extension)"""
# Takes away, in the transaction that loads, all that is not an extension's.
EMPTY = """DO $$
DECLARE v record;
BEGIN
  FOR v IN SELECT nspname FROM pg_namespace
    WHERE nspname NOT IN ('public', 'information_schema') AND nspname !~ '^pg_' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', v.nspname);
  END LOOP;
  FOR v IN SELECT c.oid::regclass AS name, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'a', 'i')) LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE', v.kind, v.name);
  END LOOP;
  FOR v IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', v.name);
  END LOOP;
  FOR v IN SELECT t.oid::regtype AS name FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace
      AND t.typtype IN ('e', 'd', 'c', 'r') AND t.typrelid = 0
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e') LOOP
    EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', v.name);
  END LOOP;
END $$;
"""
BEGIN = """\\set ON_ERROR_STOP on
\\set VERBOSITY terse
SET client_min_messages = warning;
BEGIN;
DO $$ BEGIN IF NOT pg_try_advisory_xact_lock(6170613, 2) THEN RAISE 'another restore is loading this database';
END IF; END $$;
"""


def is_empty(connection: psycopg.Connection[Any]) -> bool:
    """Say whether a database holds nothing but extensions."""
    row = connection.execute(STANDING.encode()).fetchone()
    return row is not None and row[0] == 0


def missing_extensions(connection: psycopg.Connection[Any], checked: Checked) -> list[str]:
    """Return the dump's extensions that the database lacks."""
    wanted = [found[2] for line in checked.contents if (found := ENTRY.match(line)) and found[1] == "EXTENSION"]
    row = connection.execute(MISSING.encode(), [wanted]).fetchone()
    return list(row[0] or []) if row else []


def load(checked: Checked, target: Target, *, emptying: bool, say: Callable[[str], None]) -> None:
    """Load a dump that was checked, as the owner, and close the database in the same transaction.

    `emptying`: what stands there goes, in that transaction too. Raises Damaged, ProgramFailed; then the database is
    as it was. Everything but the last word can be killed: without it PostgreSQL takes nothing.
    """
    schemas = [found[2] for line in checked.contents if (found := ENTRY.match(line)) and found[1] == "SCHEMA"]
    with target.connect() as connection:
        folder = programs.find(programs.server_version(connection))
        closed = Doors(connection).closing(Mark(checked.manifest.name, LOADED))
        at_last = [statement.as_string(connection) for statement in closed]
    psql = [str(folder / "psql"), *("-X", "-q", "--no-password", f"--dbname={target.without_password()}", "-f-")]
    own = [schema for schema in schemas if schema != "public"]
    opening = [BEGIN, EMPTY if emptying else "", *(f"CREATE SCHEMA {schema};\n" for schema in own)]
    # A definer's function is given to it by its owner only while the definer may make things in the schema.
    opening += [f"GRANT CREATE ON SCHEMA {schema} TO arasha_definer;\n" for schema in [*own, "public"]]
    closing = [f"REVOKE CREATE ON SCHEMA {schema} FROM arasha_definer;\n" for schema in [*own, "public"]]
    closing += [*(f"{statement};\n" for statement in at_last), "COMMIT;\n"]
    with programs.started(psql, target, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as session:
        try:
            session.stdin.write("".join(opening).encode())
            for piece in _script(folder, checked, Progress(say)):
                session.stdin.write(piece)
            session.stdin.write("".join(closing).encode())
            session.stdin.close()
        except BrokenPipeError:
            session.process.wait()
            raise ProgramFailed(f"The database took nothing: {session.first_words()}") from None
        session.demand_success("The database took nothing")


def _script(folder: Path, checked: Checked, progress: Progress) -> Iterator[bytes]:
    """Yield the dump as SQL; what is left out is the owner's own. Raises before its end when anything is wrong."""
    total, failure = checked.manifest.database["bytes"], list[Exception]()

    def told(count: int) -> None:
        progress.tell("database: %d %% loaded", 100 * count // max(1, total))

    with tempfile.NamedTemporaryFile("w", suffix=".list") as entries:
        entries.writelines(line for line in checked.contents if not LEFT_OUT.match(line))
        entries.flush()
        command = [str(folder / "pg_restore"), f"--use-list={entries.name}", "--file=-"]
        with programs.started(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as script:
            feeder = threading.Thread(target=_feed, args=(script.stdin, checked, told, failure), daemon=True)
            feeder.start()
            yield from pieces(script.stdout)
            feeder.join()
            if failure:
                raise failure[0]
            script.demand_success("The dump could not be read to its end; the database took nothing")


def _feed(pipe: IO[bytes], checked: Checked, told: Callable[[int], None], failure: list[Exception]) -> None:
    """Write the opened dump into pg_restore; what goes wrong is told to whoever waits for its end."""
    try:
        for piece in plain_dump(checked.folder, checked.manifest, told):
            pipe.write(piece)
    except BrokenPipeError:
        pass  # pg_restore ended, and says why
    except Exception as problem:
        failure.append(problem)
    finally:
        with suppress(BrokenPipeError, ValueError):
            pipe.close()
