from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
OBLIGATIONS = int(Facet.OBLIGATIONS)
# What the models declared when this migration was written.
REQUEST = dict.fromkeys(
    "id unit_id from_unit_id user_id applicant way checked basis asked_at due_on state ended_at".split(), "code"
) | {"sealed": "sealed"}
RELEASE = dict.fromkeys(
    "id request_id dossier_id person_id doubt state matched_at give parts consent refusal proposed_at proposer_id"
    " decided_at decider_id ended_at handed_by_id handed_how".split(),
    "code",
)
PROTECTED = (
    definer_all("releases_filerequest")
    + row_journal(
        "releases_filerequest", classes=REQUEST, owner="id", owner_kind="person", facet=int(Facet.DOCUMENTS)
    )
    + "GRANT SELECT ON public.releases_filerequest TO arasha_backup;"
    + row_security("releases_release", facet=OBLIGATIONS)
    + row_journal("releases_release", classes=RELEASE, owner="dossier_id", facet=OBLIGATIONS)
)


class Migration(migrations.Migration):
    """Shows a request to the coordination that it goes to, and its answer to who reads the file's plan."""

    dependencies = [
        ("releases", "0001_tables"),
        ("access", "0021_limited_parts"),
        ("journal", "0003_vault_files"),
        ("people", "0013_alleged"),
    ]
    operations = [
        migrations.RunSQL(PROTECTED),
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("releases.may_know(uuid)", "arasha_app")),
        migrations.RunSQL(definer_function("releases.in_danger(uuid, uuid)", "arasha_app")),
    ]
