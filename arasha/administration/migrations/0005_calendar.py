from pathlib import Path

from django.db import migrations, models

from arasha.kernel.access.rules import definer_function

SQL = Path(__file__).parent / "sql" / "0005_calendar.sql"
FUNCTIONS = [
    ("administration.propose_days(uuid, jsonb, interval)", "arasha_app"),
    ("administration.carry_out_days(jsonb)",),
]


class Migration(migrations.Migration):

    dependencies = [
        ('administration', '0004_structure'),
        ('worktime', '0002_editors'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_kind',
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['give_function', 'seat', 'change_cell', 'structure', 'calendar'])), name='proposal_kind'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
