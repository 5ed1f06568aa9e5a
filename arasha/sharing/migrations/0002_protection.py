from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
PLAN = int(Facet.PLAN)
# What the models declared when this migration was written.
CONSENT = dict.fromkeys(
    "id dossier_id unit_id answer giver person_id purposes facets until way explained why at from_unit_id user_id"
    " ended_at ended_why reminded_at told_at".split(),
    "code",
) | {"sealed": "sealed"}
SHARE = dict.fromkeys(
    "id dossier_id unit_id consent_id ground purposes facets until member at from_unit_id user_id ended_at ended_why"
    " told_at".split(),
    "code",
) | {"sealed": "sealed"}
PROTECTED = "".join(
    row_security(table, facet=PLAN) + row_journal(table, classes=classes, owner="dossier_id", facet=PLAN)
    for table, classes in (("sharing_consent", CONSENT), ("sharing_share", SHARE))
)


class Migration(migrations.Migration):
    """Shows consents to who works on the file; a consent that ends takes with it what rests on it."""

    dependencies = [
        ("sharing", "0001_tables"),
        ("access", "0022_lent_parts"),
        ("journal", "0003_vault_files"),
        ("people", "0017_taking_back"),
    ]
    operations = [
        migrations.RunSQL(PROTECTED),
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("sharing.works_on(uuid)", "arasha_app")),
        *(
            migrations.RunSQL(definer_function(f"sharing.{name}()"))
            for name in ("stays_ended", "consent_ends", "rests_on_yes", "standing_closed")
        ),
    ]
