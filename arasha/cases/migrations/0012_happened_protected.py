from pathlib import Path

from django.db import migrations

from arasha.cases import models
from arasha.kernel.access.rules import Facet, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0012_happened.sql").read_text(encoding="utf-8")
# Table, model, and the facet that its rows belong to: a constant, or the column that says it.
TABLES = (
    ("cases_incident", models.Incident, int(Facet.CONCERN)),
    ("cases_incidentversion", models.IncidentVersion, int(Facet.CONCERN)),
    ("cases_incidentact", models.IncidentAct, int(Facet.CONCERN)),
    ("cases_incidenttext", models.IncidentText, "facet"),
    ("cases_incidentperson", models.IncidentPerson, "facet"),
    ("cases_injury", models.Injury, int(Facet.HEALTH)),
    ("cases_statement", models.Statement, "facet"),
    ("cases_statementlink", models.StatementLink, "facet"),
)


class Migration(migrations.Migration):
    """Protects and journals what happened, and says who was heard and who may ask."""

    dependencies = [("cases", "0011_happened"), ("people", "0013_alleged"), ("journal", "0002_guard")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=facet)) for table, _model, facet in TABLES),
        *(
            migrations.RunSQL(row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet=facet))
            for table, model, facet in TABLES
        ),
        migrations.RunSQL(
            row_journal(
                "cases_childwords", classes=models.ChildWords.Journal.classes, owner="dossier_id", facet="facet"
            )
        ),
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("cases.heard(uuid)", "arasha_app")),
        migrations.RunSQL(definer_function("cases.interviewers(uuid)", "arasha_app")),
    ]
