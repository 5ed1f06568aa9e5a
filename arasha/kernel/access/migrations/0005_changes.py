from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules.protection import definer_function

SQL = Path(__file__).parent / "sql"
FUNCTIONS = [
    "access.end_member(uuid, text)",
    "access.hand_over(uuid, integer, text, text)",
    "access.move_dossier(uuid, integer, text, text)",
    "access.close_dossier(uuid, timestamptz)",
    "access.grant_facet(uuid, integer, integer, smallint, boolean, timestamptz, text)",
    "access.due_teams(integer)",
    "access.refresh_team(uuid)",
    "access.bar(uuid, integer, integer, text)",
    "access.lift_bar(uuid, text)",
    "access.bars(uuid)",
    "access.break_glass(uuid, text, timestamptz, timestamptz, bytea)",
    "access.review_glass(uuid, boolean)",
]
INTERNAL = ["access.watching_unit(text)"]


class Migration(migrations.Migration):
    dependencies = [("access", "0004_people")]

    operations = [
        migrations.RunSQL((SQL / "0005_changes.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in FUNCTIONS),
        *(migrations.RunSQL(definer_function(signature)) for signature in INTERNAL),
    ]
