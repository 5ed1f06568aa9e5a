from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
NARRATIVE = int(Facet.NARRATIVE)
# What the models declared when this migration was written.
HANDOVER = "id leave_id dossier_id revision stays written_by_id given_to_id given_at back_at sealed"
OF_A_UNIT = {
    "workforce_leave": "id unit_id worker_id substitute_id first_on last_on state made_at made_by_id",
    "workforce_overload": "id unit_id worker_id since until",
}


def classes(columns):
    return {name: "sealed" if name == "sealed" else "code" for name in columns.split()}


def of_a_unit(table):
    return (
        definer_all(table)
        + row_journal(table, classes=classes(OF_A_UNIT[table]))
        + f"GRANT SELECT ON public.{table} TO arasha_backup;"
    )


class Migration(migrations.Migration):
    """Shows leave and load to the unit, and a case's note to who reads its narratives."""

    dependencies = [("workforce", "0001_tables"), ("access", "0021_limited_parts"), ("journal", "0003_vault_files")]

    operations = [
        migrations.RunSQL(row_security("workforce_handover", facet=NARRATIVE)),
        migrations.RunSQL(
            row_journal("workforce_handover", classes=classes(HANDOVER), owner="dossier_id", facet=NARRATIVE)
        ),
        *(migrations.RunSQL(of_a_unit(table)) for table in OF_A_UNIT),
        migrations.RunSQL(SQL),
    ]
