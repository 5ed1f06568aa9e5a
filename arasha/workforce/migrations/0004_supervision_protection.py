from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0004_supervision_protection.sql").read_text(encoding="utf-8")
# What the models declared when this migration was written.
SESSION = "id unit_id worker_id supervisor_id starts_at state follows_id made_at made_by_id reminded_at"
NOTE = "id session_id writer_id written_at"


def of_two(table, **place):
    backup = f"GRANT SELECT ON public.{table} TO arasha_backup;"
    return definer_all(table) + row_journal(table, **place) + backup


class Migration(migrations.Migration):
    """Shows that a session was kept to the unit, and what was written of it to its two people alone."""

    dependencies = [("workforce", "0003_supervision")]

    operations = [
        migrations.RunSQL(of_two("workforce_supervision", classes=dict.fromkeys(SESSION.split(), "code"))),
        migrations.RunSQL(
            of_two(
                "workforce_reflection",
                classes=dict.fromkeys(NOTE.split(), "code") | {"sealed": "sealed"},
                owner="session_id",
                owner_kind="person",
                facet=int(Facet.NARRATIVE),
            )
        ),
        migrations.RunSQL(SQL),
    ]
