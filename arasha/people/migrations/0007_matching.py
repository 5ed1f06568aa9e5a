from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal
from arasha.people import models

SQL = Path(__file__).parent / "sql"
OURS = ("people.queue_person()", "people.system_only()", "people.side(people.asker, uuid, boolean)")
THEIRS = (
    "people.take_unmatched(integer)",
    "people.marks(uuid[])",
    "people.apart_from(uuid, uuid[])",
    "people.propose_match(uuid, uuid, double precision, text[], text[], text)",
    "people.pairs(uuid, text[], timestamptz, uuid, integer)",
    "people.decide_match(uuid, text)",
    "people.told_of_pair(uuid, uuid, integer)",
    "people.reviewed()",
)


class Migration(migrations.Migration):
    """Keeps who may be one person, for those who may know, and merges and parts them by two people."""

    dependencies = [("people", "0006_matches")]
    operations = [
        migrations.RunSQL(definer_all("people_match")),
        migrations.RunSQL(definer_all("people_unmatched")),
        migrations.RunSQL(row_journal("people_match", classes=models.Match.Journal.classes)),
        migrations.RunSQL((SQL / "0007_matching.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature)) for signature in OURS),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in THEIRS),
        migrations.RunSQL(
            "REVOKE ALL ON TYPE people.pair FROM PUBLIC;\n"
            "GRANT USAGE ON TYPE people.pair TO arasha_definer, arasha_app;\n"
        ),
    ]
