from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0034_home.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Lets the clock see which children are away from home, and for whom nobody there may learn where they are."""

    dependencies = [
        ("coordination", "0033_silence_kept_protected"),
        ("cases", "0016_workers"),
        ("people", "0017_taking_back"),
        ("access", "0021_limited_parts"),
    ]
    operations = [
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("coordination.away_from_home(text[], date)", "arasha_app")),
    ]
