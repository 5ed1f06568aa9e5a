from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0004_plans.sql"


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_vault_files")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
