from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

from arasha.kernel.access.rules import Facet, definer_function
from arasha.kernel.journal.rules import row_journal

FOLDER = Path(__file__).parent / "sql"
OBLIGE = (FOLDER / "0009_oblige.sql").read_text(encoding="utf-8")
RAISED_IN = (FOLDER / "0009_raised_in.sql").read_text(encoding="utf-8")
# What the model declared when this migration was written; a test compares it with what it declares now.
COLUMNS = {
    "obligation": "id dossier_id raised_in protocol_id step unit_id function role territory found_by from_moment due_at "
    "due_now extended_to asked_until suspended_at suspended_until derivation ladder rung state next_check_at raised_at "
    "number delivered_at delivered_by undelivered_at seen_at met_at met_by_unit_id met_by_post_id outcome ended_at "
    "caused_by_id replaced_by_id",
}


def classes(table):
    return dict.fromkeys(COLUMNS[table].split(), "code")


class Migration(migrations.Migration):
    """Remembers in which file a duty arose, so that who told finds its notices; lets a duty bring its unit to the file."""

    dependencies = [("obligations", "0008_resting")]

    operations = [
        migrations.AddField("obligation", "raised_in", models.UUIDField(null=True)),
        migrations.RunSQL(
            row_journal(
                "obligations_obligation",
                classes=classes("obligation"),
                owner="dossier_id",
                facet=int(Facet.OBLIGATIONS),
            ),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(RAISED_IN, migrations.RunSQL.noop),
        migrations.RunSQL(
            OBLIGE + definer_function("obligations.oblige(uuid, integer[])", "arasha_app"), migrations.RunSQL.noop
        ),
        migrations.AddIndex(
            "obligation", models.Index(condition=~Q(number=""), fields=["raised_in"], name="obligation_notices")
        ),
    ]
