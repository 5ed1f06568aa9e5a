from pathlib import Path

from django.db import migrations

from arasha.evidence.models import Custody, Exhibit
from arasha.kernel.access.rules import Facet, definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Shows received files to who reads a dossier's words and to who was given the originals."""

    dependencies = [("evidence", "0001_tables"), ("access", "0016_account_leaves"), ("journal", "0003_vault_files"), ("vault", "0005_infected")]
    operations = [
        migrations.RunSQL(definer_all("evidence_exhibit")),
        migrations.RunSQL(definer_all("evidence_custody")),
        migrations.RunSQL((SQL / "0002_evidence.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(row_journal("evidence_exhibit", classes=Exhibit.Journal.classes, owner="dossier_id", facet=int(Facet.NARRATIVE))),
        migrations.RunSQL(row_journal("evidence_custody", classes=Custody.Journal.classes, owner="dossier_id", facet=int(Facet.NARRATIVE))),
        migrations.RunSQL(definer_function("evidence.keep_original(uuid, uuid, text, bigint, bytea, bytea, text, timestamptz)", "arasha_app")),
        migrations.RunSQL(definer_function("evidence.mark(uuid, timestamptz)", "arasha_app")),
    ]
