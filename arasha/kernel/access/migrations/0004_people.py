from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules.protection import context_security

SQL = Path(__file__).parent / "sql" / "0004_people.sql"
TABLES = ["access_body", "access_unit", "access_unitfunction", "access_post"]


class Migration(migrations.Migration):
    dependencies = [("access", "0003_team")]

    operations = [
        *(migrations.RunSQL(context_security(table)) for table in TABLES),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
