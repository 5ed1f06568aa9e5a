from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0021_outside_links.sql").read_text(encoding="utf-8")
PLAN = int(Facet.PLAN)
# What the model declared when this migration was written.
LINK = dict.fromkeys(
    "id dossier_id referral_id unit_id user_id named made_at expires_at opened_at opens ended_at ended_why".split(),
    "code",
)
PUBLIC = (
    "plans.open_outside(bytea, bytea, boolean)",
    "plans.answer_outside(bytea, bytea, uuid, integer, bytea, boolean)",
)
STAFF = (
    "plans.put_outside(uuid, bytea, bytea, bytea)",
    "plans.close_outside(uuid)",
    "plans.take_outside(integer)",
    "plans.outside_done(uuid)",
    "plans.outside_left(uuid)",
)


class Migration(migrations.Migration):
    """Shows links to who reads plans, lets the public's process open one and post, and nobody read doors or letters."""

    dependencies = [("plans", "0020_outside_links"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(row_security("plans_outsidelink", facet=PLAN)),
        migrations.RunSQL(row_journal("plans_outsidelink", classes=LINK, owner="dossier_id", facet=PLAN)),
        migrations.RunSQL(definer_all("plans_outsidedoor")),
        migrations.RunSQL(definer_all("plans_outsideletter")),
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("plans.demand_outside()")),
        *(migrations.RunSQL(definer_function(signature, "arasha_public")) for signature in PUBLIC),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in STAFF),
    ]
