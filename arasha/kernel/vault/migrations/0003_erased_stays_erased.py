from pathlib import Path

from django.db import migrations

FORGETTING = (Path(__file__).parent / "sql" / "0003_erased_stays_erased.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_erasing")]
    operations = [migrations.RunSQL(FORGETTING)]
