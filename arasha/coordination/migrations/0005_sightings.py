from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0005_sightings.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Asks for one file's sightings by that file: one function for one and for all read every duty at each act."""

    dependencies = [("coordination", "0004_board")]
    operations = [migrations.RunSQL(SQL + "GRANT SELECT ON coordination.file_seen TO arasha_definer;")]
