from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all, definer_function, row_security
from arasha.kernel.journal.rules import row_journal
from arasha.people import models

SQL = Path(__file__).parent / "sql"
TABLES = (("people_allegation", models.Allegation), ("people_allegationstate", models.AllegationState))
JUSTICE = int(Facet.JUSTICE)
OURS = (
    "people.enter_suspect(uuid)",
    "people.follow_allegation()",
    "people.follow_allegation_state()",
    "people.reaching(text)",
    "people.overseen()",
    "people.linked(text[], uuid[])",
)
THEIRS = (
    "people.close_to_suspect(uuid, timestamptz)",
    "people.linked_allegations()",
    "people.new_links(timestamptz)",
)
PURE = "people.keyed(text), people.role_group(text)"


class Migration(migrations.Migration):
    """Protects and journals allegations, closes what a suspect may, and links them for oversight alone."""

    dependencies = [("people", "0012_allegations"), ("message", "0002_notices"), ("journal", "0002_guard")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=JUSTICE)) for table, _model in TABLES),
        *(
            migrations.RunSQL(row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet=JUSTICE))
            for table, model in TABLES
        ),
        migrations.RunSQL(definer_all("people_suspect")),
        migrations.RunSQL(definer_all("people_toldlink")),
        migrations.RunSQL((SQL / "0013_alleged.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(
            f"REVOKE ALL ON FUNCTION {PURE} FROM PUBLIC;\nGRANT EXECUTE ON FUNCTION {PURE} TO arasha_definer;\n"
        ),
        *(migrations.RunSQL(definer_function(signature)) for signature in OURS),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in THEIRS),
    ]
