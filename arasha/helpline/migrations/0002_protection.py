from pathlib import Path

from django.db import migrations

from arasha.helpline import models
from arasha.kernel.access.rules import Facet, definer_all, row_security
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql"
# What a row is read and written by. The unit that answers leads the file of a contact, and nobody else is on its team.
FACETS = {
    "helpline_contact": (models.Contact, Facet.OBLIGATIONS),
    "helpline_message": (models.Message, Facet.NARRATIVE),
    "helpline_passon": (models.PassOn, Facet.NARRATIVE),
    "helpline_callback": (models.CallBack, Facet.CONTACTS),
}


class Migration(migrations.Migration):
    """Shows contacts to the helpline that answers them, and to nobody else whatever a file's team may become."""

    dependencies = [("helpline", "0001_tables"), ("signals", "0011_institutions_journalled")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=int(facet))) for table, (_model, facet) in FACETS.items()),
        *(
            migrations.RunSQL(
                row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet=int(facet))
            )
            for table, (model, facet) in FACETS.items()
        ),
        migrations.RunSQL(row_security("helpline_draft", facet=int(Facet.NARRATIVE))),
        migrations.RunSQL(definer_all("helpline_presence")),
        migrations.RunSQL((SQL / "0002_protection.sql").read_text(encoding="utf-8")),
    ]
