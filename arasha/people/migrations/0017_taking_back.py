from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = Path(__file__).parent / "sql"
OURS = ("people.written_by_hand(uuid, uuid[])", "people.take_facts_back(uuid, uuid[], timestamptz)")
THEIRS = ("people.begin_taking_back(uuid)", "people.take_back_rows(uuid, integer, timestamptz)")


class Migration(migrations.Migration):
    """Takes a load of a register back whole."""

    dependencies = [("people", "0016_matching_registers")]
    operations = [
        migrations.RunSQL((SQL / "0017_taking_back.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature)) for signature in OURS),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in THEIRS),
    ]
