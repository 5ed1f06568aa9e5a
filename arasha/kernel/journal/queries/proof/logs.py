"""Sealed logs of higher folders (the access log): each row is hashed again."""

from hashlib import sha256

from arasha.kernel.journal.queries.proof.reading import Snapshot
from arasha.kernel.journal.queries.proof.report import Finding, Report
from arasha.kernel.journal.rules import SEALED_TABLES


def log_tables(reader: Snapshot) -> dict[str, str]:
    """Return the sealed logs, table → key: those the code knows, and those that the database names."""
    return {**dict(reader.all("SELECT table_name, key FROM public.journal_source")), **SEALED_TABLES}


def prove_logs(reader: Snapshot, report: Report) -> None:
    """Hash every row of every sealed log again."""
    registered: dict[str, str] = dict(reader.all("SELECT table_name, key FROM public.journal_source"))
    for table, key in log_tables(reader).items():
        if table not in registered:
            report.add(Finding("log_unregistered", table=table))
        for row, text, stored in reader.rows(
            f"SELECT t.{key}::text, convert_to(jsonb_strip_nulls(to_jsonb(t) - 'hash' - 'sealed_in')::text, 'UTF8'),"  # noqa: S608
            f" t.hash FROM public.{table} t"
        ):
            report.counts["log_rows"] += 1
            if sha256(text).digest() != stored:
                report.add(Finding("log_altered", table=table, row=row))
