from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules.protection import definer_function

SQL = Path(__file__).parent / "sql" / "0007_seats.sql"
FUNCTIONS = [
    "access.administers(text)",
    "access.unit_territory(integer)",
    "access.seat(integer, integer, timestamptz)",
    "access.create_user(text, text, text, text)",
    "access.set_active(integer, boolean)",
    "access.end_sessions(integer)",
    "access.accounts()",
]


class Migration(migrations.Migration):
    dependencies = [("access", "0006_looks")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in FUNCTIONS),
    ]
