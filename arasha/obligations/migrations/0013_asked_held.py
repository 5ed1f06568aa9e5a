from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0013_asked.sql").read_text(encoding="utf-8")
# What the model declared when this migration was written; a test compares it with what it declares now.
COLUMNS = {
    "obligation": "id dossier_id raised_in protocol_id step about unit_id function role territory found_by from_moment "
    "due_at due_now extended_to asked_until suspended_at suspended_until derivation ladder rung state next_check_at "
    "raised_at number delivered_at delivered_by undelivered_at seen_at met_at met_by_unit_id met_by_post_id outcome "
    "ended_at caused_by_id replaced_by_id",
}


def classes(table):
    return dict.fromkeys(COLUMNS[table].split(), "code")


class Migration(migrations.Migration):
    """Keeps the words of an agreement with its duty, for who owes it and who reads the plan."""

    dependencies = [("obligations", "0012_asked"), ("access", "0021_limited_parts")]
    operations = [
        migrations.RunSQL(
            row_journal(
                "obligations_obligation",
                classes=classes("obligation"),
                owner="dossier_id",
                facet=int(Facet.OBLIGATIONS),
            ),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
