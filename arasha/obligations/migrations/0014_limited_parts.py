from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0014_limited_parts.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Leaves a unit that a child is referred to with what the referral opened to it."""

    dependencies = [
        ("obligations", "0013_asked_held"),
        ("protocols", "0001_protocols"),
        ("access", "0021_limited_parts"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
