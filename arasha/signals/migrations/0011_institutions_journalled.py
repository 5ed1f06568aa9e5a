from django.db import migrations

from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.rules import row_journal
from arasha.signals.models import Signal


class Migration(migrations.Migration):
    """Journals where harm was done."""

    dependencies = [("signals", "0010_institutions"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(
            row_journal("signals_signal", classes=Signal.Journal.classes, owner="dossier_id", facet=int(Facet.CONCERN))
        ),
    ]
