from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0012_child_plan.sql").read_text(encoding="utf-8")
PLAN = int(Facet.PLAN)
SEALED = {"sealed": "sealed"}
# What the models declared when this migration was written.
TABLES = {
    "plans_childplan": dict.fromkeys(
        "id dossier_id person_id number state edits begun_at agreed_at review_on ended_at end_reason unit_id"
        " user_id".split(),
        "code",
    ),
    "plans_plangoal": dict.fromkeys("id plan_id dossier_id root position need voice revision dropped".split(), "code")
    | SEALED,
    "plans_planaction": dict.fromkeys(
        "id plan_id goal_id dossier_id root position owner owner_unit_id owner_person_id service due_on at_once"
        " state revision dropped".split(),
        "code",
    )
    | SEALED,
    "plans_planvoice": dict.fromkeys("id plan_id dossier_id party person_id way why_not silent at".split(), "code")
    | SEALED,
    "plans_planmark": dict.fromkeys("id plan_id dossier_id root kind code reason on at unit_id user_id".split(), "code")
    | SEALED,
}


class Migration(migrations.Migration):
    """Shows a child's plan to who may read plans; what was agreed can't be changed, only followed by the next version."""

    dependencies = [("plans", "0011_child_plan"), ("journal", "0002_guard")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=PLAN)) for table in TABLES),
        *(
            migrations.RunSQL(row_journal(table, classes=classes, owner="dossier_id", facet=PLAN))
            for table, classes in TABLES.items()
        ),
        migrations.RunSQL(SQL),
    ]
