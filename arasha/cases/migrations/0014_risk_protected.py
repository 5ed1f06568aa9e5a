from django.db import migrations

from arasha.cases.models import RiskJudgement, RiskText
from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

KEPT, WORDS = "cases_riskjudgement", "cases_risktext"
# What was suggested and what was chosen stand for ever: nobody changes either, and no way is open that could.
UNCHANGED = """
REVOKE UPDATE ON public.{table} FROM arasha_app;
DROP POLICY team_updates ON public.{table};
"""


class Migration(migrations.Migration):
    """Protects and journals judgements of risk and their words; the application can't change a row of either."""

    dependencies = [("cases", "0013_risk"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(
            row_journal(KEPT, classes=RiskJudgement.Journal.classes, owner="dossier_id", facet=int(Facet.CONCERN))
        ),
        migrations.RunSQL(row_security(WORDS)),
        migrations.RunSQL(row_journal(WORDS, classes=RiskText.Journal.classes, owner="dossier_id", facet="facet")),
        migrations.RunSQL(UNCHANGED.format(table=KEPT)),
        migrations.RunSQL(UNCHANGED.format(table=WORDS)),
    ]
