from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0005_bands.sql").read_text(encoding="utf-8")
SCHEMA = """
CREATE SCHEMA workforce;
REVOKE ALL ON SCHEMA workforce FROM PUBLIC;
GRANT USAGE ON SCHEMA workforce TO arasha_app;
"""


class Migration(migrations.Migration):
    """Tells how busy a unit is in one of three words, and how often the lead changed hands because somebody left."""

    dependencies = [
        ("workforce", "0004_supervision_protection"),
        ("cases", "0016_workers"),
        ("access", "0021_limited_parts"),
        ("journal", "0003_vault_files"),
    ]
    operations = [
        migrations.RunSQL(SCHEMA + SQL),
        migrations.RunSQL(
            definer_function("workforce.load_bands(integer[], timestamptz, jsonb, jsonb)", "arasha_app")
            + definer_function("workforce.leads_moved(integer, timestamptz)", "arasha_app")
        ),
    ]
