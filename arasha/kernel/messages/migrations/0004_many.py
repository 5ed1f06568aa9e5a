from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0004_many.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Puts many notices down by one statement."""

    dependencies = [("message", "0003_readiness")]
    operations = [
        migrations.RunSQL(
            SQL + definer_function("message.put_notices(jsonb, timestamptz)", "arasha_app"), migrations.RunSQL.noop
        )
    ]
