from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0003_team.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0002_context")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
