from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0011_ties.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Passes by whoever has a tie to the body for which a file is closed."""

    dependencies = [("obligations", "0010_raise_duties"), ("access", "0018_ties_protected")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
