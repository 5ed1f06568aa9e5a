from django.db import migrations

from arasha.cases.models import Case, CaseOrigin
from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal


class Migration(migrations.Migration):
    """Protects and journals cases: who reads the identity facet of the file reads the case's row."""

    dependencies = [("cases", "0001_tables"), ("access", "0004_people"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(row_security("cases_case", facet=int(Facet.IDENTITY))),
        migrations.RunSQL(row_security("cases_caseorigin", facet=int(Facet.OBLIGATIONS))),
        migrations.RunSQL(
            row_journal("cases_case", classes=Case.Journal.classes, owner="dossier_id", facet=int(Facet.IDENTITY))
        ),
        migrations.RunSQL(row_journal("cases_caseorigin", classes=CaseOrigin.Journal.classes)),
    ]
