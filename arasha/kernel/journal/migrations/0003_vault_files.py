from django.db import migrations

from arasha.kernel.journal.rules import row_journal
from arasha.kernel.vault.models import KeptFile


class Migration(migrations.Migration):
    """Journals the vault's kept files, which stand below and cannot do it themselves."""

    dependencies = [("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(
            row_journal("vault_keptfile", classes=KeptFile.Journal.classes, owner="dossier_id", facet="facet")
        )
    ]
