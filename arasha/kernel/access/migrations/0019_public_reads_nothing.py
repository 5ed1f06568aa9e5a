from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0019_public_reads_nothing.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Takes from the role of the public what it can do without."""

    dependencies = [("access", "0018_ties_protected")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
