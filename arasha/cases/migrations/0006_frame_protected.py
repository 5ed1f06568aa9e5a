from pathlib import Path

from django.db import migrations

from arasha.cases import models
from arasha.kernel.access.rules import Facet, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql"
# Table, model, and the facet that its rows belong to: a constant, or the column that says it.
TABLES = (
    ("cases_leadoffer", models.LeadOffer, int(Facet.OBLIGATIONS)),
    ("cases_safetyjudgement", models.SafetyJudgement, int(Facet.OBLIGATIONS)),
    ("cases_judgementtext", models.JudgementText, "facet"),
    ("cases_riskjudgement", models.RiskJudgement, int(Facet.CONCERN)),
    ("cases_caseconcern", models.CaseConcern, int(Facet.CONCERN)),
    ("cases_childwords", models.ChildWords, "facet"),
    ("cases_householdchild", models.HouseholdChild, int(Facet.IDENTITY)),
    ("cases_casedocument", models.CaseDocument, "facet"),
)


class Migration(migrations.Migration):
    """Protects and journals what a file holds of the child, and lets an offered lead be taken or left."""

    dependencies = [("cases", "0005_frame"), ("access", "0010_covering"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(row_journal("cases_caseorigin", classes=models.CaseOrigin.Journal.classes)),
        *(migrations.RunSQL(row_security(table, facet=facet)) for table, _model, facet in TABLES),
        *(
            migrations.RunSQL(row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet=facet))
            for table, model, facet in TABLES
        ),
        migrations.RunSQL((SQL / "0006_leading.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("cases.answer_lead(uuid, boolean, text)", "arasha_app")),
        migrations.RunSQL(definer_function("cases.vacant_leads(integer)", "arasha_app")),
    ]
