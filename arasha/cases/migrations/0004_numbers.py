from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Lets a case's number lead to its file for breaking the glass, and tells nobody whether the number is borne."""

    dependencies = [("cases", "0003_system_first"), ("access", "0010_covering")]
    operations = [
        migrations.RunSQL((SQL / "0004_numbers.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("cases.dossier_of_number(text)", "arasha_app")),
    ]
