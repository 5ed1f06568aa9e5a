from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0005_keeping.sql").read_text(encoding="utf-8")
JOURNALLED = {
    "services_proposallink": "id site_id hash made_by_id made_at until",
    "services_decision": "id proposal_id field verdict reason user_id unit_id at",
}
APP = (
    "services.may_decide(uuid, text, text)",
    "services.reads_proposal(uuid)",
    "services.propose(uuid, uuid, jsonb)",
    "services.whose_phone(text, uuid)",
    "services.acts_of(uuid, text[], integer)",
    "services.coverage(date, text)",
)
PUBLIC = ("services.read_link(bytea)", "services.put_proposal(bytea, uuid, jsonb)")
BACKUP = "GRANT SELECT ON public.services_proposallink, public.services_proposal, public.services_decision TO arasha_backup;"
# Lists of keepers ask how an entry stands, as the finder does.
STANDING = "GRANT EXECUTE ON FUNCTION services.standing(text, date, date, date, date, date) TO arasha_app;"


def journalled(table):
    return row_journal(table, classes=dict.fromkeys(JOURNALLED[table].split(), "code"))


class Migration(migrations.Migration):
    """Who asks again whether entries are so, who answers, and who decides."""

    dependencies = [
        ('services', '0004_proposals'),
    ]

    operations = [
        *(migrations.RunSQL(definer_all(f"services_{name}")) for name in ("proposallink", "proposal", "decision")),
        *(migrations.RunSQL(journalled(table)) for table in JOURNALLED),
        migrations.RunSQL(SQL),
        migrations.RunSQL(BACKUP + STANDING),
        migrations.RunSQL(definer_function("services.open_link(bytea)")),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in APP),
        *(migrations.RunSQL(definer_function(signature, "arasha_public")) for signature in PUBLIC),
    ]
