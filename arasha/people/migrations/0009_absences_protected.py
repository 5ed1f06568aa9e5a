from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_function, row_security
from arasha.kernel.journal.rules import row_journal
from arasha.people import models

SQL = Path(__file__).parent / "sql"
TABLES = (
    ("people_absence", models.Absence, int(Facet.EDUCATION)),
    ("people_pregnancy", models.Pregnancy, int(Facet.REPRODUCTIVE)),
)
WATCHED = (
    "people.demand_noticing()",
    "people.moved(date, integer)",
    "people.missed(date)",
    "people.expecting()",
    "people.rows_of(uuid[])",
)


class Migration(migrations.Migration):
    """Protects times away and pregnancies, and gives the clock that notices the facts of one human being."""

    dependencies = [("people", "0008_absences"), ("access", "0016_account_leaves"), ("journal", "0002_guard")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=facet)) for table, _model, facet in TABLES),
        *(
            migrations.RunSQL(row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet=facet))
            for table, model, facet in TABLES
        ),
        migrations.RunSQL((SQL / "0009_watched.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in WATCHED),
    ]
