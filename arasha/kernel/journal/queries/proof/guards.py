"""Whether the triggers that write and guard the journal stand, and fire for everybody."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps

from arasha.kernel.journal.queries.proof.reading import Snapshot
from arasha.kernel.journal.queries.proof.report import Finding, Report
from arasha.kernel.journal.rules import SEALED_TABLES

OWN = {
    "journal_act": {"guard", "closed", "keep", "keep_all"},
    "journal_stream": {"guard", "keep", "keep_all"},
    **{f"journal_{table}": {"unchanged", "keep", "keep_all"} for table in ("link", "change", "seal", "export")},
}
# Declared, but filled by the installer before anybody could open an act; they keep their own past by validity.
WITHOUT_TRIGGERS = {"worktime_day", "worktime_clock"}
ROWS = {"journal_row", "journal_all"}
LOGS = {"journal_hash", "journal_guard", "journal_keep", "journal_all"}


def journalled() -> dict[str, Any]:
    """Return every journalled table with its declaration, `class Journal` of its model."""
    return {
        model._meta.db_table: model.Journal
        for model in apps.get_models()
        if hasattr(model, "Journal") and model._meta.db_table not in WITHOUT_TRIGGERS
    }


def prove_guards(reader: Snapshot, report: Report, declarations: Mapping[str, Any]) -> None:
    """Name each trigger that is missing, off, or off for replicas, and each row function that skips a column."""
    expected = {**OWN, **dict.fromkeys(declarations, ROWS), **dict.fromkeys(SEALED_TABLES, LOGS)}
    standing = {
        (table, trigger): source
        for table, trigger, source in reader.rows(
            "SELECT c.relname, t.tgname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled = 'A'"
            " AND c.relnamespace = 'public'::regnamespace"
        )
    }
    for table, triggers in expected.items():
        for trigger in sorted(triggers):
            report.counts["guards"] += 1
            source = standing.get((table, trigger))
            if source is None:
                report.add(Finding("guard_missing", table=table, row=trigger))
    for table, declaration in declarations.items():
        source = standing.get((table, "journal_row"), "")
        for column in declaration.classes:
            if source and f"'{column}'" not in source and f".{column} " not in source:
                report.add(Finding("guard_missing", table=table, row="journal_row", column=column))
