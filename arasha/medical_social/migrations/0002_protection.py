from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
OBLIGATIONS, PLAN = int(Facet.OBLIGATIONS), int(Facet.PLAN)
# What the models declared when this migration was written.
ENROLMENT = dict.fromkeys(
    "id dossier_id state grounds on_paper dated notified_at notified_by_id unit_id kept_at needs measures_until review_on"
    " ended_at reason".split(),
    "code",
)
STEP = dict.fromkeys("id enrolment_id dossier_id number kind at unit_id user_id".split(), "code") | {"sealed": "sealed"}
KNOWS = "medical_social.knows(uuid, uuid, text, integer, integer)"


class Migration(migrations.Migration):
    """Lets a body in that owes the decision, shows the register to nobody else than who plans for the child, and its end
    to who kept it and who leads or oversees the file. Its changes lie in the journal under the plan."""

    dependencies = [
        ("medical_social", "0001_tables"),
        ("journal", "0002_guard"),
        ("access", "0021_limited_parts"),
        ("obligations", "0014_limited_parts"),
    ]
    operations = [
        migrations.RunSQL("CREATE SCHEMA medical_social; GRANT USAGE ON SCHEMA medical_social TO arasha_app, arasha_definer;"),
        migrations.RunSQL(row_security("medical_social_enrolment", facet=OBLIGATIONS)),
        migrations.RunSQL(row_security("medical_social_enrolmentstep", facet=OBLIGATIONS)),
        migrations.RunSQL(row_journal("medical_social_enrolment", classes=ENROLMENT, owner="dossier_id", facet=PLAN)),
        migrations.RunSQL(row_journal("medical_social_enrolmentstep", classes=STEP, owner="dossier_id", facet=PLAN)),
        migrations.RunSQL(SQL.split("CREATE POLICY", 1)[0] + definer_function(KNOWS, "arasha_app")),
        migrations.RunSQL("CREATE POLICY" + SQL.split("CREATE POLICY", 1)[1]),
    ]
