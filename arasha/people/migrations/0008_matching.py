from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function

SQL = Path(__file__).parent / "sql"
THEIRS = (
    "people.unmatched(uuid, integer)",
    "people.likely(uuid[])",
    "people.described(uuid[])",
    "people.join_loaded(uuid, uuid[], uuid[])",
    "people.note_matched(uuid, bigint[], integer)",
    "people.propose_match(uuid, uuid, double precision, jsonb, text[], text, timestamptz)",
)


class Migration(migrations.Migration):
    """Compares people of loaded registers with everybody else, as work of the clock alone."""

    dependencies = [("people", "0007_loading")]
    operations = [
        migrations.RunSQL(definer_all("people_doubtfulpair")),
        migrations.RunSQL("GRANT USAGE ON SEQUENCE public.people_doubtfulpair_id_seq TO arasha_definer;"),
        migrations.RunSQL((SQL / "0008_matching.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("people.demand_clock()")),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in THEIRS),
    ]
