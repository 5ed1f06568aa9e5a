from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0003_confirming.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Coordination of the territory as the second person of a withdrawal."""

    dependencies = [("prevention", "0002_protection"), ("territory", "0001_tree")]

    operations = [
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("prevention.confirms(uuid)", "arasha_app")),
    ]
