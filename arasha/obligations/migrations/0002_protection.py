from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
FACET = int(Facet.OBLIGATIONS)
# What the models declared when this migration was written; a test compares them with what they declare now.
COLUMNS = {
    "obligation": "id dossier_id protocol_id step unit_id function territory found_by from_moment due_at derivation "
    "ladder rung state next_check_at raised_at met_at met_by_unit_id met_by_post_id",
    "escalation": "id obligation_id dossier_id rung outcome unit_id fell_due_at noticed_at",
    "answer": "id obligation_id dossier_id text given_at",
    "gap": "id obligation_id dossier_id function territory level noticed_at",
}


def classes(table):
    found = dict.fromkeys(COLUMNS[table].split(), "code")
    return found | {"text": "sealed"} if table == "answer" else found


def protect(table):
    name = f"obligations_{table}"
    return (
        row_security(name, facet=FACET, nation=table != "answer")
        + row_journal(name, classes=classes(table), owner="dossier_id", facet=FACET)
        + f"GRANT SELECT ON public.{name} TO arasha_backup;"
    )


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_tables"), ("access", "0004_people"), ("journal", "0002_guard")]

    operations = [
        *(migrations.RunSQL(protect(table)) for table in COLUMNS),
        migrations.RunSQL(SQL + definer_function("obligations.seats(uuid, integer[], timestamptz)", "arasha_app")),
    ]
