from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

PLAN = int(Facet.PLAN)
# What the model declared when this migration was written.
FACT = dict.fromkeys("id dossier_id fact code number stated_at place unit_id user_id".split(), "code")


class Migration(migrations.Migration):
    """Shows what is half written of a plan to who may read plans; journals the place of a fact."""

    dependencies = [("plans", "0006_drafts"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(row_security("plans_safetyplandraft", facet=PLAN)),
        migrations.RunSQL(
            row_journal("plans_eligibilityfact", classes=FACT, owner="dossier_id", facet=PLAN),
            migrations.RunSQL.noop,
        ),
    ]
