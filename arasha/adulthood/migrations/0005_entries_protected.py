from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

OBLIGATIONS = int(Facet.OBLIGATIONS)
SQL = (Path(__file__).parent / "sql" / "0005_entries.sql").read_text(encoding="utf-8")
# What the model declared when this migration was written.
COLUMNS = dict.fromkeys("id dossier_id point number state day agreed at unit_id user_id".split(), "code") | {
    "sealed": "sealed"
}


class Migration(migrations.Migration):
    """Who sees what is recorded of somebody who comes of age; no entry ever changes."""

    dependencies = [("adulthood", "0004_entries")]

    operations = [
        migrations.RunSQL(row_security("adulthood_entry", facet=OBLIGATIONS)),
        migrations.RunSQL(row_journal("adulthood_entry", classes=COLUMNS, owner="dossier_id", facet=OBLIGATIONS)),
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("adulthood.helps(uuid, integer)", "arasha_app")),
    ]
