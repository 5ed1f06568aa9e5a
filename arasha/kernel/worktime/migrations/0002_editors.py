from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0002_editors.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ("worktime", "0001_clock_and_days"),
    ]

    operations = [
        migrations.RunSQL(SQL),
    ]
