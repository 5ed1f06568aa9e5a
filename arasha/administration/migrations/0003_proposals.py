import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0003_proposals.sql").read_text(encoding="utf-8")
TABLE = "administration_proposal"
COLUMNS = (
    "id kind state place_id unit_id post_id user_id function_id territory_id part facet_id reads writes since until "
    "proposed_by_id proposed_at expires_at decided_by_id decided_at"
)
FUNCTIONS = [
    ("administration.propose_function(uuid, integer, text, text, timestamptz, timestamptz, interval)", "arasha_app"),
    ("administration.propose_seat(uuid, integer, integer, timestamptz, timestamptz, interval)", "arasha_app"),
    ("administration.is_administrator(integer)",),
    ("administration.carry_out_seat(public.administration_proposal)",),
    ("administration.to_decide(uuid)",),
    ("administration.confirm(uuid)", "arasha_app"),
    ("administration.refuse(uuid)", "arasha_app"),
    ("administration.withdraw(uuid)", "arasha_app"),
    ("administration.settle(uuid)", "arasha_app"),
    ("administration.tenures(integer)", "arasha_app"),
    ("administration.led_files(integer)", "arasha_app"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0013_two_persons'),
        ('administration', '0002_rosters'),
        ('territory', '0001_tree'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('state', models.TextField()),
                ('part', models.TextField(null=True)),
                ('reads', models.BooleanField(null=True)),
                ('writes', models.BooleanField(null=True)),
                ('since', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('proposed_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facet', models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='+', to='access.facet')),
                ('function', models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='+', to='access.function')),
                ('place', models.ForeignKey(on_delete=models.PROTECT, related_name='+', to='territory.territory')),
                ('post', models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='+', to='access.post')),
                ('proposed_by', models.ForeignKey(on_delete=models.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('territory', models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='+', to='territory.territory')),
                ('unit', models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='+', to='access.unit')),
                ('user', models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['place', 'expires_at'], name='proposal_pending'), models.Index(condition=models.Q(('state', 'planned')), fields=['since'], name='proposal_planned')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['give_function', 'seat', 'change_cell'])), name='proposal_kind'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'planned', 'done', 'refused', 'withdrawn', 'expired', 'failed'])), name='proposal_state'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', models.F('proposed_by')), _negated=True), ('state', 'withdrawn'), _connector='OR'), name='two_persons'), models.CheckConstraint(condition=models.Q(('until', None), ('since', None), ('until__gt', models.F('since')), _connector='OR'), name='proposal_period')],
            },
        ),
        migrations.RunSQL(definer_all(TABLE)),
        migrations.RunSQL(row_journal(TABLE, classes=dict.fromkeys(COLUMNS.split(), "code"))),
        migrations.RunSQL(f"GRANT SELECT ON public.{TABLE} TO arasha_backup"),
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
