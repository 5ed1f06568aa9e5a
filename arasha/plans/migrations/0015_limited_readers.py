from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0015_limited_readers.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Shows a service what was asked of it, and nothing else of a child's plan."""

    dependencies = [("plans", "0014_referrals_protected"), ("access", "0021_limited_parts")]
    operations = [
        migrations.RunSQL(SQL + definer_function("plans.asked_roots()", "arasha_app"), migrations.RunSQL.noop),
    ]
