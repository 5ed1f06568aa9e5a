from pathlib import Path

from django.db import migrations

from arasha.helpline import models
from arasha.kernel.access.rules import Facet, definer_all, row_security
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql"
FACET = int(Facet.NARRATIVE)
# Read and written with the file that they belong to: a caller's own, or the contact's.
IN_FILES = (
    "helpline_profile",
    "helpline_profileflag",
    "helpline_profilecontact",
    "helpline_profileguidance",
    "helpline_matter",
)
BESIDE_FILES = (
    "helpline_phrase",
    "helpline_phraseversion",
    "helpline_phraseuse",
    "helpline_shift",
    "helpline_shiftseat",
    "helpline_debrief",
    "helpline_debriefwords",
)


class Migration(migrations.Migration):
    """Shows phrases, known callers, shifts and debriefs to the helpline that they belong to, each as narrow as it is."""

    dependencies = [("helpline", "0004_standing_tables")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=FACET)) for table in IN_FILES),
        *(migrations.RunSQL(definer_all(table)) for table in BESIDE_FILES),
        migrations.RunSQL((SQL / "0005_standing_protection.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(
            row_journal("helpline_matter", classes=models.Matter.Journal.classes, owner="dossier_id", facet=FACET)
        ),
        migrations.RunSQL(row_journal("helpline_shift", classes=models.Shift.Journal.classes)),
        migrations.RunSQL(row_journal("helpline_shiftseat", classes=models.ShiftSeat.Journal.classes)),
    ]
