from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
OBLIGATIONS = int(Facet.OBLIGATIONS)
# What the models declared when this migration was written.
OF_A_FILE = {
    "conferences_item": "id sitting_id dossier_id unit_id place reason urgent state left_out counted present needed"
    " without_quorum put_at user_id",
    "conferences_seat": "id item_id dossier_id unit_id standing reason marked_at",
    "conferences_wish": "id dossier_id unit_id by_id urgent asked_at user_id sealed",
    "conferences_voice": "id item_id dossier_id revision how reason hears said_on hearer_id unit_id at",
    "conferences_voicewords": "id voice_id item_id dossier_id revision user_id sealed",
    "conferences_decision": "id item_id dossier_id number unit_id by_when obligation_id without_quorum verdict"
    " confirmed_in_id at user_id sealed",
    "conferences_dissent": "id item_id decision_id dossier_id unit_id at user_id sealed",
    "conferences_minutes": "id item_id dossier_id number chair_id unit_id signed_at reason sealed",
}
OF_A_UNIT = {
    "conferences_sitting": "id unit_id number kind at place link urgent state made_at ended_at user_id",
    "conferences_secretary": "id unit_id post_id number since user_id",
}
# What never changes once it was written.
STANDS = ("wish", "voicewords", "dissent", "minutes")
SAID_THERE = ("decision", "dissent", "minutes")


def classes(columns):
    return {name: "sealed" if name == "sealed" else "code" for name in columns.split()}


def of_a_file(table):
    return row_security(table, facet=OBLIGATIONS) + row_journal(
        table, classes=classes(OF_A_FILE[table]), owner="dossier_id", facet=OBLIGATIONS
    )


def of_a_unit(table):
    return (
        definer_all(table)
        + row_journal(table, classes=classes(OF_A_UNIT[table]))
        + f"GRANT SELECT ON public.{table} TO arasha_backup;"
    )


def stands(name):
    return f"""
REVOKE UPDATE ON public.conferences_{name} FROM arasha_app;
DROP POLICY team_updates ON public.conferences_{name};
"""


def said_there(name):
    return f"""
CREATE POLICY at_the_table ON public.conferences_{name} AS RESTRICTIVE FOR SELECT TO arasha_app
    USING ((SELECT access.is_system()) OR conferences.sits(item_id, dossier_id));
"""


HEARD = """
CREATE POLICY child_chose ON public.conferences_voicewords AS RESTRICTIVE FOR SELECT TO arasha_app
    USING (conferences.hears(voice_id, revision, user_id));
"""


# Of a decision a verdict alone is written later.
VERDICT = """
REVOKE UPDATE ON public.conferences_decision FROM arasha_app;
GRANT UPDATE (verdict, confirmed_in_id) ON public.conferences_decision TO arasha_app;
"""


# Of a decision a verdict alone is written later.
VERDICT = """
REVOKE UPDATE ON public.conferences_decision FROM arasha_app;
GRANT UPDATE (verdict, confirmed_in_id) ON public.conferences_decision TO arasha_app;
"""


class Migration(migrations.Migration):
    """Who sees a sitting, its items, what was said there, and the child's words."""

    dependencies = [("conferences", "0001_tables"), ("access", "0021_limited_parts"), ("journal", "0003_vault_files")]

    operations = [
        *(migrations.RunSQL(of_a_file(table)) for table in OF_A_FILE),
        *(migrations.RunSQL(of_a_unit(table)) for table in OF_A_UNIT),
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("conferences.sits(uuid, uuid)", "arasha_app")),
        migrations.RunSQL(definer_function("conferences.hears(uuid, smallint, integer)", "arasha_app")),
        migrations.RunSQL(definer_function("conferences.may_know(uuid, integer[])", "arasha_app")),
        *(migrations.RunSQL(stands(name)) for name in STANDS),
        *(migrations.RunSQL(said_there(name)) for name in SAID_THERE),
        migrations.RunSQL(HEARD),
        migrations.RunSQL(VERDICT),
        migrations.RunSQL(VERDICT),
    ]
