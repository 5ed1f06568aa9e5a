from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all, definer_function, row_security
from arasha.kernel.journal.rules import row_journal
from arasha.surveys import models

SQL = Path(__file__).parent / "sql"
# The unit that runs a survey leads its dossier, which holds this facet alone.
FACET = int(Facet.OBLIGATIONS)
JOURNALLED = (("surveys_survey", models.Survey), ("surveys_release", models.Release))
PUPILS = ("surveys.find_token(bytea, timestamptz)", "surveys.use_token(bytea, timestamptz)")
STAFF = (
    "surveys.put_slips(uuid, bytea[])",
    "surveys.end_slips(uuid, text)",
    "surveys.put_release(uuid, jsonb, jsonb, timestamptz)",
)


class Migration(migrations.Migration):
    """Lets staff see surveys and releases, pupils use a slip, and nobody read slips or answers."""

    dependencies = [("surveys", "0001_tables")]
    operations = [
        migrations.RunSQL(row_security("surveys_survey", facet=FACET)),
        migrations.RunSQL(row_security("surveys_release", facet=FACET, writes=False)),
        *(
            migrations.RunSQL(row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet=FACET))
            for table, model in JOURNALLED
        ),
        migrations.RunSQL(definer_all("surveys_slip")),
        migrations.RunSQL(definer_all("surveys_answer")),
        migrations.RunSQL((SQL / "0002_protection.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("surveys.held(uuid, text)")),
        *(migrations.RunSQL(definer_function(signature, "arasha_public")) for signature in PUPILS),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in STAFF),
    ]
