from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0001_tables"), ("worktime", "0001_clock_and_days")]

    operations = [
        migrations.RunSQL((SQL / "0002_context.sql").read_text(encoding="utf-8")),
        migrations.RunSQL("SELECT access.renew_context_key()"),
    ]
