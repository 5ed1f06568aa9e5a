from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

OBLIGATIONS = int(Facet.OBLIGATIONS)
# What the models declared when this migration was written.
CLOSING = dict.fromkeys(
    "id dossier_id number state reason safe seen_on child follow_up_on over asked_at unit_id user_id decided_at"
    " decided_by_id decider_id reopened_at reopened_why".split(),
    "code",
)
WORDS = dict.fromkeys("id closing_id dossier_id facet kind at unit_id user_id".split(), "code") | {"sealed": "sealed"}
UNCHANGED = """
REVOKE UPDATE ON public.coordination_closing, public.coordination_closingwords FROM arasha_app;
GRANT UPDATE (state, over, decided_at, decided_by_id, decider_id, reopened_at, reopened_why)
    ON public.coordination_closing TO arasha_app;
DROP POLICY team_updates ON public.coordination_closingwords;
CREATE POLICY reads_plan ON public.coordination_closing AS RESTRICTIVE FOR SELECT TO arasha_app
    USING ((SELECT access.is_system()) OR access.reads_plan(dossier_id));
CREATE POLICY reads_plan ON public.coordination_closingwords AS RESTRICTIVE FOR SELECT TO arasha_app
    USING ((SELECT access.is_system()) OR access.reads_plan(dossier_id));
"""


class Migration(migrations.Migration):
    """Shows a closing and its words to who reads the file's plan: not to a school that only owes the file something."""

    dependencies = [("coordination", "0007_closing"), ("journal", "0002_guard"), ("access", "0021_limited_parts")]
    operations = [
        migrations.RunSQL(row_security("coordination_closing", facet=OBLIGATIONS)),
        migrations.RunSQL(row_security("coordination_closingwords")),
        migrations.RunSQL(
            row_journal("coordination_closing", classes=CLOSING, owner="dossier_id", facet=OBLIGATIONS)
        ),
        migrations.RunSQL(
            row_journal("coordination_closingwords", classes=WORDS, owner="dossier_id", facet="facet")
        ),
        migrations.RunSQL(UNCHANGED),
    ]
