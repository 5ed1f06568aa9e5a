from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules.protection import definer_function

SQL = Path(__file__).parent / "sql" / "0020_adult_safety.sql"


class Migration(migrations.Migration):
    """Lets whoever asks an adult about their own safety keep what they wrote, and tells nobody that they looked."""

    dependencies = [("access", "0019_public_reads_nothing")]
    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("access.may_keep_own(uuid, smallint)", "arasha_app")),
    ]
