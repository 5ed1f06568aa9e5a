from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0016_workers.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Lets whoever leads a file, and the clock, ask which worker may be given its case."""

    dependencies = [("cases", "0015_closing"), ("access", "0021_limited_parts")]
    operations = [migrations.RunSQL(SQL + definer_function("cases.may_be_given(uuid, integer)", "arasha_app"))]
