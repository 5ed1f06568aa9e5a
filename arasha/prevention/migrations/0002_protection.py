from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
COLUMNS = {
    "prevention_certificate": "id fingerprint programme entry body_id unit_id completed_on valid_until issued_at",
    "prevention_withdrawal": "id certificate_id reason asked_by_id asked_at verdict decided_by_id decided_at",
}
FUNCTIONS = [
    ("prevention.issues(integer)", "arasha_app"),
    ("prevention.issued_here(uuid)", "arasha_app"),
    ("prevention.valid(bytea)", "arasha_public"),
]


def protect(table):
    return (
        definer_all(table)
        + row_journal(table, classes=dict.fromkeys(COLUMNS[table].split(), "code"))
        + f"GRANT SELECT ON public.{table} TO arasha_backup;"
    )


class Migration(migrations.Migration):
    """Who issues and withdraws certificates, and the one question that everybody may ask."""

    dependencies = [
        ("access", "0020_adult_safety"),
        ("journal", "0003_vault_files"),
        ("prevention", "0001_certificates"),
    ]

    operations = [
        *(migrations.RunSQL(protect(table)) for table in COLUMNS),
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
