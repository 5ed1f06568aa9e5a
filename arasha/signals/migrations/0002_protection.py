from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal
from arasha.signals.models import Signal, SignalReporter, SignalText


class Migration(migrations.Migration):
    """Protects and journals signals: the row by the concern facet, each text and the reporter by its own."""

    dependencies = [("signals", "0001_tables"), ("access", "0004_people"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(row_security("signals_signal", facet=int(Facet.CONCERN))),
        migrations.RunSQL(row_security("signals_signaltext")),
        migrations.RunSQL(row_security("signals_signalreporter")),
        migrations.RunSQL(
            row_journal("signals_signal", classes=Signal.Journal.classes, owner="dossier_id", facet=int(Facet.CONCERN))
        ),
        migrations.RunSQL(
            row_journal("signals_signaltext", classes=SignalText.Journal.classes, owner="dossier_id", facet="facet")
        ),
        migrations.RunSQL(
            row_journal(
                "signals_signalreporter", classes=SignalReporter.Journal.classes, owner="dossier_id", facet="facet"
            )
        ),
    ]
