from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal
from arasha.plans import models

# Table, model, and the facet that its rows belong to: a constant, or the column that says it.
TABLES = (
    ("plans_assessment", models.Assessment, int(Facet.OBLIGATIONS)),
    ("plans_assessmentpart", models.AssessmentPart, "facet"),
    ("plans_confidentialitytold", models.ConfidentialityTold, "facet"),
    ("plans_assessmentsummary", models.AssessmentSummary, int(Facet.NARRATIVE)),
    ("plans_summarysignature", models.SummarySignature, int(Facet.NARRATIVE)),
    ("plans_differentview", models.DifferentView, "facet"),
)


class Migration(migrations.Migration):
    """Shows what is owed and done to everybody on the file, and words to who reads their facet."""

    dependencies = [("plans", "0003_assessments"), ("journal", "0002_guard")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=facet)) for table, _model, facet in TABLES),
        *(
            migrations.RunSQL(row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet=facet))
            for table, model, facet in TABLES
        ),
    ]
