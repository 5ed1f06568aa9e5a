from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

OBLIGATIONS = int(Facet.OBLIGATIONS)
# What the models declared when this migration was written.
TABLES = {
    "releases_paper": "id release_id dossier_id user_id language made_at sealed",
    "releases_receipt": "id release_id dossier_id user_id proof at sealed",
}


def held(table):
    classes = {name: "sealed" if name == "sealed" else "code" for name in TABLES[table].split()}
    return (
        row_security(table, facet=OBLIGATIONS)
        + row_journal(table, classes=classes, owner="dossier_id", facet=OBLIGATIONS)
        + f"""
REVOKE UPDATE ON public.{table} FROM arasha_app;
DROP POLICY team_updates ON public.{table};
CREATE POLICY reads_plan ON public.{table} AS RESTRICTIVE FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR access.reads_plan(dossier_id));
"""
    )


class Migration(migrations.Migration):
    """Shows the paper and its receipt to who reads the file's plan; neither is ever written again."""

    dependencies = [("releases", "0003_paper"), ("access", "0021_limited_parts"), ("journal", "0003_vault_files")]
    operations = [migrations.RunSQL(held(table)) for table in TABLES]
