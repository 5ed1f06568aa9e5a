from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0012_system_first.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("access", "0011_heads")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
