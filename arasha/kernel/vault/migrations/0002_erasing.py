from pathlib import Path

from django.db import migrations

ERASING = (Path(__file__).parent / "sql" / "0002_erasing.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_tables")]
    operations = [migrations.RunSQL(ERASING)]
