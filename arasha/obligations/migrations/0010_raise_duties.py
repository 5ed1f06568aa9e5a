from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0010_raise_duties.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Lets what one event raises be written down in one call."""

    dependencies = [("obligations", "0009_notices")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
