from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_function, row_security
from arasha.kernel.journal.rules import row_journal
from arasha.signals.models import Signal, SignalInjury

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Journals what a report says since, protects injuries by the health facet, and names the child to who may know."""

    dependencies = [("signals", "0004_reports"), ("access", "0010_covering"), ("journal", "0002_guard")]
    operations = [
        # Kept in the database, not as the model's db_default: that would make each INSERT ask to read its row.
        migrations.RunSQL(
            """
ALTER TABLE public.signals_signal ALTER COLUMN way SET DEFAULT 'direct', ALTER COLUMN urgency_rule SET DEFAULT '',
  ALTER COLUMN suspect_works SET DEFAULT '';
"""
        ),
        migrations.RunSQL(
            row_journal("signals_signal", classes=Signal.Journal.classes, owner="dossier_id", facet=int(Facet.CONCERN))
        ),
        migrations.RunSQL(row_security("signals_signalinjury", facet=int(Facet.HEALTH))),
        migrations.RunSQL(
            row_journal(
                "signals_signalinjury",
                classes=SignalInjury.Journal.classes,
                owner="dossier_id",
                facet=int(Facet.HEALTH),
            )
        ),
        migrations.RunSQL((SQL / "0005_children.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("signals.children(uuid[])", "arasha_app")),
    ]
