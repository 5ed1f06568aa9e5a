from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
COLUMNS = {
    "coverage_commitment": "id programme kind what territory_id promised_by document entered_by_id entered_at",
    "coverage_step": "id commitment_id kind on count places due_on corrects_id reason source entered_by_id entered_at",
    "coverage_need": "id kind territory_id count counted_by counted_on source entered_by_id entered_at",
}
FUNCTIONS = [
    ("coverage.keeps(text)", "arasha_app"),
    ("coverage.keeps_commitment(uuid)", "arasha_app"),
    ("coverage.step_of(uuid, uuid)", "arasha_app"),
]


def protect(table):
    return (
        definer_all(table)
        + row_journal(table, classes=dict.fromkeys(COLUMNS[table].split(), "code"))
        + f"GRANT SELECT ON public.{table} TO arasha_backup;"
    )


class Migration(migrations.Migration):
    """Who enters what was promised and what is missing."""

    dependencies = [
        ("access", "0020_adult_safety"),
        ("journal", "0003_vault_files"),
        ("territory", "0001_tree"),
        ("coverage", "0001_infrastructure"),
    ]

    operations = [
        *(migrations.RunSQL(protect(table)) for table in COLUMNS),
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
