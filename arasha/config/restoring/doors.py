"""A database that is being restored is closed: those who serve can't connect, whatever is started meanwhile."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from arasha.config.postgres.roles import CLOSED, SERVING

LOADING, LOADED = "loading", "loaded"
READ = "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = current_database()"
OTHERS = """SELECT coalesce(usename, '?'), count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = ANY(%s) GROUP BY 1 ORDER BY 1"""


@dataclass(frozen=True)
class Mark:
    """For which backup a database is closed. LOADING: what stood there stands there still; LOADED: the backup does."""

    backup: str
    stage: str


@dataclass(frozen=True)
class Doors:
    """The doors of the database that a connection of its owner is in."""

    connection: psycopg.Connection[Any]

    def mark(self) -> Mark | None:
        """Return the mark of a restore that is not finished, None when the database is open."""
        row = self.connection.execute(READ).fetchone()
        text = str(row[0]) if row else ""
        if not text.startswith(CLOSED):
            return None
        backup, _, stage = text.removeprefix(f"{CLOSED}: ").partition(", ")
        return Mark(backup, stage)

    def visitors(self) -> dict[str, int]:
        """Return who of those who serve is connected, and how often."""
        rows = self.connection.execute(OTHERS, [list(SERVING)]).fetchall()
        return {str(name): int(count) for name, count in rows}

    def close(self, mark: Mark) -> None:
        """Let nobody in who serves, and write down for which backup; one transaction."""
        with self.connection.transaction():
            for statement in self.closing(mark):
                self.connection.execute(statement)

    def open(self) -> None:
        """Let in again those who serve, and take the mark away."""
        name = sql.Identifier(self._name())
        with self.connection.transaction():
            self.connection.execute(sql.SQL("COMMENT ON DATABASE {} IS NULL").format(name))
            for role in SERVING:
                grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(role))
                self.connection.execute(grant)

    def closing(self, mark: Mark) -> list[sql.Composed]:
        """Return the statements that close."""
        name = sql.Identifier(self._name())
        roles = sql.SQL(", ").join(map(sql.Identifier, SERVING))
        return [
            sql.SQL("REVOKE CONNECT ON DATABASE {} FROM {}").format(name, roles),
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(f"{CLOSED}: {mark.backup}, {mark.stage}")),
        ]

    def _name(self) -> str:
        return self.connection.info.dbname
