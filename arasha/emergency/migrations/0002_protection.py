from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
# What the models declared when this migration was written.
COLUMNS = {
    "emergency_emergency": "id territory_id kind ground first_on last_on declared_by_id declared_at ended_at ended_by_id",
    "emergency_standing": "id emergency_id unit_id state until instead_id said_by_id said_at",
}
FUNCTIONS = [
    ("emergency.declares(text)", "arasha_app"),
    ("emergency.says(integer)", "arasha_app"),
]


def protect(table):
    return (
        definer_all(table)
        + row_journal(table, classes=dict.fromkeys(COLUMNS[table].split(), "code"))
        + f"GRANT SELECT ON public.{table} TO arasha_backup;"
    )


class Migration(migrations.Migration):
    """Who declares an emergency, and who says how a body works in it."""

    dependencies = [
        ("access", "0021_limited_parts"),
        ("journal", "0003_vault_files"),
        ("territory", "0001_tree"),
        ("emergency", "0001_emergencies"),
    ]

    operations = [
        *(migrations.RunSQL(protect(table)) for table in COLUMNS),
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
