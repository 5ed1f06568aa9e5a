from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

OBLIGATIONS = int(Facet.OBLIGATIONS)
# What the models declared when this migration was written.
COLUMNS = {
    "adulthood_application": "id dossier_id kind stage since state filed_at unit_id user_id sealed",
    "adulthood_turn": "id application_id dossier_id number kind stage at decider ground alone pressure unit_id"
    " user_id sealed",
}
CLASSES = {"sealed": "sealed", "decider": "personal"}
# Of an application only where it stands changes; a turn never does.
STANDS = """
REVOKE UPDATE ON public.adulthood_turn FROM arasha_app;
DROP POLICY team_updates ON public.adulthood_turn;
REVOKE UPDATE ON public.adulthood_application FROM arasha_app;
GRANT UPDATE (stage, since, state) ON public.adulthood_application TO arasha_app;
"""


def of_a_file(table):
    classes = {name: CLASSES.get(name, "code") for name in COLUMNS[table].split()}
    return row_security(table, facet=OBLIGATIONS) + row_journal(
        table, classes=classes, owner="dossier_id", facet=OBLIGATIONS
    )


class Migration(migrations.Migration):
    """Who sees a child's own application, and what of it never changes."""

    dependencies = [("adulthood", "0001_tables"), ("access", "0021_limited_parts"), ("journal", "0003_vault_files")]

    operations = [*(migrations.RunSQL(of_a_file(table)) for table in COLUMNS), migrations.RunSQL(STANDS)]
