from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0002_guard.sql"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_tables"), ("vault", "0001_tables"), ("worktime", "0001_clock_and_days")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
