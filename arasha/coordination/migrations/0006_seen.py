from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0006_seen.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Counts a child as seen who was seen when safety was judged, and not one who could not be seen."""

    dependencies = [("coordination", "0005_sightings"), ("cases", "0006_frame_protected"), ("obligations", "0010_raise_duties")]
    operations = [
        migrations.RunSQL(SQL),
        migrations.RunSQL("SELECT coordination.mend(); SELECT coordination.fold()"),
    ]
