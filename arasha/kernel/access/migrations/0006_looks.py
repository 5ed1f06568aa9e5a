from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules.protection import definer_function

SQL = Path(__file__).parent / "sql" / "0006_looks.sql"
FUNCTIONS = [
    "access.record_look(text, bytea)",
    "access.confirm_budget(integer, integer)",
    "access.budgets_below()",
    "access.looks_at(uuid, integer)",
]


class Migration(migrations.Migration):
    dependencies = [("access", "0005_changes")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in FUNCTIONS),
    ]
