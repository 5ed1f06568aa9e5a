from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.rules import row_journal
from arasha.signals.models import Receipt

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Lets receipts be read by system work for receipts alone, and journals them under the reporter facet."""

    dependencies = [("signals", "0006_receipts"), ("access", "0010_covering"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL((SQL / "0007_receipts.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(
            row_journal(
                "signals_receipt", classes=Receipt.Journal.classes, owner="dossier_id", facet=int(Facet.REPORTER)
            )
        ),
    ]
