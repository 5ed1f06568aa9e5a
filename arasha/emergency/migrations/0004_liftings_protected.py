from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0004_protection.sql").read_text(encoding="utf-8")
TABLE = "emergency_lifting"
COLUMNS = dict.fromkeys("id emergency_id conditions said_by_id said_at".split(), "code")


class Migration(migrations.Migration):
    """Who lifts conditions, and what the directory learns of emergencies."""

    dependencies = [
        ("access", "0021_limited_parts"),
        ("journal", "0003_vault_files"),
        ("services", "0012_emergencies"),
        ("emergency", "0003_liftings"),
    ]

    operations = [
        migrations.RunSQL(
            definer_all(TABLE) + row_journal(TABLE, classes=COLUMNS) + f"GRANT SELECT ON public.{TABLE} TO arasha_backup;"
        ),
        migrations.RunSQL(SQL),
    ]
