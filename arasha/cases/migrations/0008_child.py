from pathlib import Path

from django.db import migrations

from arasha.cases import models
from arasha.kernel.access.rules import Facet, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Lets a case's name follow its child, and journals which person a child of the household is."""

    dependencies = [("cases", "0007_people"), ("people", "0002_protection")]
    operations = [
        migrations.RunSQL(
            row_journal(
                "cases_householdchild",
                classes=models.HouseholdChild.Journal.classes,
                owner="dossier_id",
                facet=int(Facet.IDENTITY),
            )
        ),
        migrations.RunSQL((SQL / "0008_child.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("cases.follow_child()")),
    ]
