from pathlib import Path

from django.db import migrations, models

from arasha.kernel.access.rules import definer_function
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql" / "0004_structure.sql"
COLUMNS = (
    "id kind state place_id unit_id post_id user_id function_id territory_id part facet_id reads writes steps since until "
    "proposed_by_id proposed_at expires_at decided_by_id decided_at"
)
FUNCTIONS = [
    ("administration.check_steps(jsonb)",),
    ("administration.unit_of(text)",),
    ("administration.end_unit(integer, date, integer)",),
    ("administration.carry_out_step(jsonb)",),
    ("administration.carry_out_steps(jsonb)",),
    ("administration.propose_structure(uuid, text, integer, jsonb, interval)", "arasha_app"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0015_structure'),
        ('administration', '0003_proposals'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='steps',
            field=models.JSONField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_kind',
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['give_function', 'seat', 'change_cell', 'structure'])), name='proposal_kind'),
        ),
        migrations.RunSQL(row_journal("administration_proposal", classes=dict.fromkeys(COLUMNS.split(), "code"))),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
