from django.db import migrations

from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.rules import row_journal

# What the models declared when this migration was written.
REQUEST = dict.fromkeys(
    (
        "id unit_id from_unit_id user_id applicant way checked basis asked_at letter_on wanted_on due_on state ended_at"
    ).split(),
    "code",
) | {"sealed": "sealed"}
RELEASE = dict.fromkeys(
    (
        "id request_id dossier_id person_id doubt state matched_at give parts consent refusal withheld ground"
        " proposed_at proposer_id decided_at decider_id ended_at handed_by_id handed_how"
    ).split(),
    "code",
)
HELD = (
    row_journal("releases_filerequest", classes=REQUEST, owner="id", owner_kind="person", facet=int(Facet.DOCUMENTS))
    + row_journal("releases_release", classes=RELEASE, owner="dossier_id", facet=int(Facet.OBLIGATIONS))
    + "GRANT UPDATE (withheld, ground) ON public.releases_release TO arasha_app;"
)


class Migration(migrations.Migration):
    """Journals the days of a letter and what is kept back, and lets who proposes write it."""

    dependencies = [("releases", "0009_letters"), ("journal", "0003_vault_files")]
    operations = [migrations.RunSQL(HELD)]
