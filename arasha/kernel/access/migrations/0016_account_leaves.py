from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0016_account_leaves.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Lets another system's unit leave a file in which it declined what it owed."""

    dependencies = [("access", "0015_structure")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
