from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal
from arasha.plans.models import EligibilityDecision, EligibilityFact, SafetyPlan, SafetyPlanItem

PLAN = int(Facet.PLAN)
TABLES = (
    ("plans_safetyplan", SafetyPlan),
    ("plans_safetyplanitem", SafetyPlanItem),
    ("plans_eligibilityfact", EligibilityFact),
    ("plans_eligibilitydecision", EligibilityDecision),
)
# Each version, fact and decision stands as it was written: what comes later is another row.
UNCHANGED = """
REVOKE UPDATE ON public.{table} FROM arasha_app;
DROP POLICY team_updates ON public.{table};
"""


class Migration(migrations.Migration):
    """Protects and journals plans and eligibility, under the facet of plans; the application can't change a row."""

    dependencies = [("plans", "0001_tables"), ("access", "0016_account_leaves"), ("journal", "0002_guard")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=PLAN)) for table, _model in TABLES),
        *(
            migrations.RunSQL(row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet=PLAN))
            for table, model in TABLES
        ),
        *(migrations.RunSQL(UNCHANGED.format(table=table)) for table, _model in TABLES),
    ]
