from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
# What the model declared when this migration was written.
COLUMNS = "id institution_id police_id team at unit_id user_id"


class Migration(migrations.Migration):
    """Contacts are read by staff, said by the institution itself or by coordination of its territory, never changed."""

    dependencies = [("institutions", "0001_contact"), ("access", "0022_lent_parts"), ("journal", "0003_vault_files")]
    operations = [
        migrations.RunSQL(
            definer_all("institutions_contact")
            + row_journal("institutions_contact", classes=dict.fromkeys(COLUMNS.split(), "code"))
            + "GRANT SELECT ON public.institutions_contact TO arasha_backup;"
        ),
        migrations.RunSQL(SQL.partition("-- Policies")[0] + definer_function("institutions.keeps(bigint)", "arasha_app")),
        migrations.RunSQL(SQL.partition("-- Policies")[2].partition("\n")[2]),
    ]
