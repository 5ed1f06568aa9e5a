from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_function, row_security
from arasha.kernel.journal.rules import row_journal
from arasha.signals.models import Company, Hindrance, ResponseReview, Signal, Watch

SQL = Path(__file__).parent / "sql"
OWED = {"hindrance": Hindrance, "watch": Watch, "responsereview": ResponseReview}


class Migration(migrations.Migration):
    """Protects hindered statements, who stays with a child, alarms and second readings; lets a teller bar the police unit."""

    dependencies = [("signals", "0012_ways"), ("access", "0018_ties_protected"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(
            row_journal("signals_signal", classes=Signal.Journal.classes, owner="dossier_id", facet=int(Facet.CONCERN))
        ),
        *(migrations.RunSQL(row_security(f"signals_{name}", facet=int(Facet.OBLIGATIONS))) for name in OWED),
        *(
            migrations.RunSQL(
                row_journal(
                    f"signals_{name}",
                    classes=model.Journal.classes,
                    owner="dossier_id",
                    facet=int(Facet.OBLIGATIONS),
                )
            )
            for name, model in OWED.items()
        ),
        migrations.RunSQL(row_security("signals_company")),
        migrations.RunSQL(
            row_journal("signals_company", classes=Company.Journal.classes, owner="dossier_id", facet="facet")
        ),
        migrations.RunSQL((SQL / "0013_ways.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("signals.bar_hindering(uuid, integer)", "arasha_app")),
    ]
