from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

PLAN = int(Facet.PLAN)
# What the models declared when this migration was written.
PLACE = dict.fromkeys(
    "id dossier_id offering_id service root_id after_id state steps urgency why waits_since due_at booked_on told_at"
    " hand_over_at hand_over_by asked_at unit_id user_id".split(),
    "code",
)
STEP = dict.fromkeys(
    "id place_id dossier_id number step at on said_by reason done result urgency unit_id user_id".split(), "code"
) | {"sealed": "sealed"}
# A step stands as it was written: what comes later is another step.
UNCHANGED = """
REVOKE UPDATE ON public.plans_serviceplacestep FROM arasha_app;
DROP POLICY team_updates ON public.plans_serviceplacestep;
"""


class Migration(migrations.Migration):
    """Shows a child's places to who may read plans; the application can't change a step."""

    dependencies = [("plans", "0008_service_places"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(row_security("plans_serviceplace", facet=PLAN)),
        migrations.RunSQL(row_security("plans_serviceplacestep", facet=PLAN)),
        migrations.RunSQL(row_journal("plans_serviceplace", classes=PLACE, owner="dossier_id", facet=PLAN)),
        migrations.RunSQL(row_journal("plans_serviceplacestep", classes=STEP, owner="dossier_id", facet=PLAN)),
        migrations.RunSQL(UNCHANGED),
    ]
