from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all, definer_function, row_security
from arasha.kernel.journal.rules import row_journal
from arasha.people import models

SQL = Path(__file__).parent / "sql"
# The intake's facet is one that every importing function writes; its team is the importing unit alone.
INTAKE = int(Facet.OBLIGATIONS)
JOURNALLED = (("people_registersource", models.RegisterSource), ("people_load", models.Load))
OURS = (
    "people.held_load(uuid, text[])",
    "people.put_facts(uuid, integer, jsonb, timestamptz)",
    "people.end_facts(uuid, uuid[], date, timestamptz)",
    "people.follow_names()",
    "people.take_turn(public.people_load)",
    "people.change_rows(public.people_load, uuid, jsonb, date, timestamptz)",
)
THEIRS = (
    "people.registered(uuid, bytea[], bytea[])",
    "people.put_rows(uuid, integer, integer, jsonb, date, timestamptz)",
    "people.finish_load(uuid, timestamptz)",
    "people.begin_load(uuid, text, timestamptz)",
)


class Migration(migrations.Migration):
    """Loads registers of other bodies by the chunk, for the unit whose register it is."""

    dependencies = [("people", "0014_registers")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=INTAKE)) for table, _model in JOURNALLED),
        *(
            migrations.RunSQL(row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet=INTAKE))
            for table, model in JOURNALLED
        ),
        migrations.RunSQL(row_security("people_loadfault", facet=INTAKE, writes=False)),
        migrations.RunSQL(definer_all("people_registerrow")),
        migrations.RunSQL(definer_all("people_loadchange")),
        migrations.RunSQL(
            "GRANT USAGE ON SEQUENCE public.people_registerrow_id_seq, public.people_loadchange_id_seq,"
            " public.people_loadfault_id_seq TO arasha_definer;"
        ),
        migrations.RunSQL((SQL / "0015_loading.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature)) for signature in OURS),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in THEIRS),
    ]
