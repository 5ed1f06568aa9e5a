from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0005_life_of_old_rows.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Gives duties that stood before what the new columns would hold, inside an act of the system."""

    dependencies = [("obligations", "0004_life")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
