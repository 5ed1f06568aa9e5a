from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = Path(__file__).parent / "sql"
THEIRS = (
    "people.unmatched(uuid, integer)",
    "people.likely(uuid[])",
    "people.described(uuid[])",
    "people.join_loaded(uuid, uuid[], uuid[])",
    "people.note_matched(uuid, bigint[], integer)",
)


class Migration(migrations.Migration):
    """Compares people of loaded registers with everybody else, as work of the clock alone."""

    dependencies = [("people", "0015_loading")]
    operations = [
        migrations.RunSQL((SQL / "0016_matching_registers.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in THEIRS),
    ]
