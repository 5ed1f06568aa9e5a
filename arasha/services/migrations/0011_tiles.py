from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0011_tiles.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """What is open in each district of a region."""

    dependencies = [("services", "0010_quicker")]

    operations = [
        migrations.RunSQL(SQL),
        migrations.RunSQL(
            definer_function("services.district_counts(text, date)", "arasha_app", "arasha_public")
        ),
    ]
