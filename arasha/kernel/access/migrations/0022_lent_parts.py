from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0022_lent_parts.sql"


class Migration(migrations.Migration):
    """Lets a file be lent: a part of its own for a time, that reads some facets and writes none."""

    dependencies = [("access", "0021_limited_parts")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
