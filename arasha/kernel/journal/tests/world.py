"""A small world that commits: acts by a doctor, a sealer, somebody with a superuser's hands, and a verifier."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection, transaction

from arasha.kernel.journal import actions, queries, rules
from arasha.kernel.journal.tests.sample import CLASSES, CLOCK, DOCTOR, entered
from tests.database import ClonedDatabase


class SampleDeclaration:
    """What the sample's model would declare."""

    classes = CLASSES


@dataclass(frozen=True)
class World:
    """A clone of the template with the sample tables."""

    database: ClonedDatabase
    seals: Path

    def write(
        self, dossier: UUID, *, name: str = "Айгүл", verb: str = "write", sealed: bool = False
    ) -> tuple[int, UUID]:
        """Commit one act that makes one row; returns the act's number and the row's id."""
        row = uuid4()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(entered(DOCTOR))
            with actions.act(
                verb=verb, stream=rules.dossier_stream(dossier), now=datetime.now(UTC), sealed_actor=sealed
            ) as opened:
                cursor.execute(
                    "INSERT INTO sample_row (id, dossier_id, name, born, note, weight, seen_at)"
                    " VALUES (%s, %s, %s, '2015-04-01', '\\x0102', 1.50, now())",
                    [row, dossier, name],
                )
        return opened.id, row

    def act(self, dossier: UUID, statement: str, *arguments: Any) -> int:
        """Commit one act around one statement."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(entered(DOCTOR))
            stream = rules.dossier_stream(dossier)
            with actions.act(verb="change", stream=stream, now=datetime.now(UTC)) as opened:
                cursor.execute(statement, arguments)
        return opened.id

    def look(self) -> UUID:
        """Commit one row of the log."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO sample_log (\"user\", kind) VALUES (1, 'open')")
        with psycopg.connect(self.database.superuser) as superuser:
            row = superuser.execute("SELECT id FROM sample_log ORDER BY recorded_at DESC LIMIT 1").fetchone()
        assert row is not None
        return UUID(str(row[0]))

    def seal(self) -> rules.SealText | None:
        """Seal and export as the worker does."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(entered(CLOCK))
            sealed = actions.seal_once(now=datetime.now(UTC))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(entered(CLOCK))
            assert actions.export_seals() == []
        return sealed

    def tamper(self, *statements: str) -> None:
        """Do as a superuser what triggers would refuse, and put the triggers back."""
        tables = [f"journal_{name}" for name in ("act", "link", "change", "stream", "seal", "export")]
        tables += ["sample_row", "sample_log"]
        with psycopg.connect(self.database.superuser) as superuser:
            superuser.execute("ALTER TABLE vault_history DISABLE TRIGGER ALL")
            for table in tables:
                superuser.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
            for statement in statements:
                assert superuser.execute(statement.encode()).rowcount != 0, f"changed nothing: {statement}"
            superuser.execute("ALTER TABLE vault_history ENABLE TRIGGER ALL")
            for table in tables:
                superuser.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL".encode())
                for (trigger,) in superuser.execute(
                    "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
                ).fetchall():
                    superuser.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}".encode())

    def verify(
        self, *, state: bool = True, folders: list[Path] | None = None, declaration: Any = SampleDeclaration
    ) -> queries.Report:
        """Verify everything as the command does, with the sample tables."""
        declared = {**queries.journalled(), "sample_row": declaration}
        return queries.verify(state=state, folders=folders, declarations=declared)


def told(report: queries.Report) -> set[tuple[Any, ...]]:
    """Return what a report complains of, shortly: kind, and whatever it names."""
    return {
        (finding.kind, *(part for part in (finding.table, finding.row, finding.column, finding.act) if part))
        for finding in report.findings
        if not finding.is_notice
    }
