from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0005_restored.sql"


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_plans")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
