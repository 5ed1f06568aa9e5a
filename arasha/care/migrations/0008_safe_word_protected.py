from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

PLAN = int(Facet.PLAN)
TABLE = "care_safeword"
CLASSES = dict.fromkeys("id dossier_id unit_id user_id agreed_at".split(), "code") | {"sealed": "sealed"}
SQL = """
CREATE POLICY reads_plan ON public.care_safeword AS RESTRICTIVE FOR SELECT TO arasha_app
    USING (access.reads_plan(dossier_id));
REVOKE UPDATE ON public.care_safeword FROM arasha_app;
DROP POLICY team_updates ON public.care_safeword;
"""


class Migration(migrations.Migration):
    """Shows a safe word to who reads the file's plan as a whole, and to nobody else."""

    dependencies = [("care", "0007_safe_word"), ("access", "0021_limited_parts"), ("journal", "0003_vault_files")]
    operations = [
        migrations.RunSQL(
            row_security(TABLE, facet=PLAN) + row_journal(TABLE, classes=CLASSES, owner="dossier_id", facet=PLAN)
        ),
        migrations.RunSQL(SQL),
    ]
