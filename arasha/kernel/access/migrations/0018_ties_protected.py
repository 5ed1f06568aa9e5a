from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules.protection import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql" / "0018_ties.sql"
COLUMNS = "id kind since until declared_at struck_at body_id struck_by_id user_id"
FUNCTIONS = (
    ("access.bodies_of(integer, timestamptz)",),
    ("access.heads(integer)", "arasha_app"),
    ("access.declare_tie(uuid, integer, text, date, date)", "arasha_app"),
    ("access.end_tie(uuid)", "arasha_app"),
    ("access.strike_tie(uuid)", "arasha_app"),
    ("access.carry_bars(uuid, uuid)", "arasha_app"),
)


class Migration(migrations.Migration):
    """Lets bars reach whoever has a tie to the body, shows ties to few, and lets bars go with what they protect."""

    dependencies = [("access", "0017_ties"), ("journal", "0003_vault_files")]

    operations = [
        migrations.RunSQL(definer_all("access_tie")),
        migrations.RunSQL(row_journal("access_tie", classes=dict.fromkeys(COLUMNS.split(), "code"))),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
