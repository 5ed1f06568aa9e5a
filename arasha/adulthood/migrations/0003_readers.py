from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0003_readers.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Shows a child's own application in the database, too, only to who has to do with it."""

    dependencies = [
        ("adulthood", "0002_protection"),
        ("access", "0021_limited_parts"),
        ("obligations", "0014_limited_parts"),
        ("protocols", "0002_decisions"),
    ]

    operations = [
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("adulthood.reads(uuid, integer)", "arasha_app")),
        migrations.RunSQL(definer_function("adulthood.standing(uuid, text)", "arasha_app")),
    ]
