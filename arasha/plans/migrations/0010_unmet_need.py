from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0010_unmet_need.sql").read_text(encoding="utf-8")
PLAIN = """
REVOKE ALL ON FUNCTION plans.told_count(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plans.told_count(bigint) TO arasha_definer;
"""


class Migration(migrations.Migration):
    """What was asked for children and not given, counted."""

    dependencies = [("plans", "0009_service_places_protected"), ("cases", "0001_tables")]
    operations = [
        migrations.RunSQL(SQL),
        migrations.RunSQL(PLAIN),
        migrations.RunSQL(definer_function("plans.unmet_need(date, date, text)", "arasha_app")),
    ]
