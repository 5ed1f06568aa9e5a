from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0010_quicker.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Finding help in half the time, and loading tables without asking for each row who loads."""

    dependencies = [("services", "0009_room_protected")]

    operations = [migrations.RunSQL(SQL)]
