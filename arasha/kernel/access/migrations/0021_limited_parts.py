from pathlib import Path

from django.db import migrations, models

from arasha.kernel.access.rules.protection import definer_function

SQL = Path(__file__).parent / "sql" / "0021_limited_parts.sql"


class Migration(migrations.Migration):
    """Lets a unit join a file for a time with fewer facets than a partner has."""

    dependencies = [("access", "0020_adult_safety")]
    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.RunSQL(
            definer_function("access.add_limited(uuid, integer, bigint, timestamptz, text)", "arasha_app")
            + definer_function("access.limited()", "arasha_app")
            + definer_function("access.reads_plan(uuid)", "arasha_app")
        ),
        migrations.AddIndex(
            "member",
            models.Index(
                fields=["unit"], condition=models.Q(ended_at=None, reason="referral"), name="member_limited"
            ),
        ),
    ]
