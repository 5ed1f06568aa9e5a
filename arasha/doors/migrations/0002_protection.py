from pathlib import Path

from django.db import migrations

from arasha.doors.models import Addition, Answer
from arasha.kernel.access.rules import Facet, definer_all, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql"
PUBLIC = (
    "doors.post_letter(uuid, integer, bytea, bytea, bytea)",
    "doors.post_addition(uuid, integer, bytea, bytea)",
    "doors.open_mailbox(bytea)",
    "doors.change_code(bytea, bytea, bytea, bytea)",
    "doors.forget_mailbox(bytea)",
)
STAFF = (
    "doors.take_letters(integer)",
    "doors.letter_opened(uuid, uuid)",
    "doors.letter_left(uuid)",
    "doors.eldest_letter()",
    "doors.answerable(uuid)",
    "doors.unanswered(uuid[], integer)",
    "doors.put_answer(uuid, bytea, bytea, timestamptz)",
)


class Migration(migrations.Migration):
    """Shows what is said over a code to the file's team, and leaves mailboxes to definer functions."""

    dependencies = [("doors", "0001_tables"), ("cases", "0008_child"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(definer_all("doors_letter")),
        migrations.RunSQL(definer_all("doors_mailbox")),
        migrations.RunSQL(row_security("doors_answer", facet=int(Facet.NARRATIVE))),
        migrations.RunSQL(row_security("doors_addition", facet=int(Facet.NARRATIVE))),
        migrations.RunSQL(row_journal("doors_answer", classes=Answer.Journal.classes, owner="dossier_id", facet=int(Facet.NARRATIVE))),
        migrations.RunSQL(row_journal("doors_addition", classes=Addition.Journal.classes, owner="dossier_id", facet=int(Facet.NARRATIVE))),
        migrations.RunSQL((SQL / "0002_doors.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("doors.demand_letters()")),
        *(migrations.RunSQL(definer_function(signature, "arasha_public")) for signature in PUBLIC),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in STAFF),
    ]
