from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0015_closing.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Lets whoever leads or oversees a file close its case, and open it again."""

    dependencies = [("cases", "0014_risk_protected"), ("access", "0021_limited_parts")]
    operations = [migrations.RunSQL(SQL + definer_function("cases.turn(uuid, boolean)", "arasha_app"))]
