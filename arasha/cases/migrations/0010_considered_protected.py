from pathlib import Path

from django.db import migrations

from arasha.cases.models import Considered
from arasha.kernel.access.rules import definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0010_considered.sql").read_text(encoding="utf-8")
TABLE = "cases_considered"


class Migration(migrations.Migration):
    """Protects and journals who is thought of, and counts them for whoever owes that all are."""

    dependencies = [("cases", "0009_considered"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(row_security(TABLE)),
        migrations.RunSQL(row_journal(TABLE, classes=Considered.Journal.classes, owner="dossier_id", facet="facet")),
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("cases.considered(uuid, text)", "arasha_app")),
    ]
