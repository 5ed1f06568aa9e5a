from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0008_resting.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("obligations", "0007_sweep"), ("access", "0007_seats")]

    operations = [
        migrations.RunSQL(SQL + definer_function("obligations.resting_on(integer)", "arasha_app")),
    ]
