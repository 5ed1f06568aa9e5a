import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from arasha.kernel.access.rules import context_security, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_decisions.sql").read_text(encoding="utf-8")
# What the model declared when this migration was written; a test compares it with what it declares now.
COLUMNS = "id version_id place kind day reason read_acts at user_id post_id"
FUNCTIONS = (
    ("protocols.may(text)", ()),
    ("protocols.draft(text, integer, text, date, date, text, jsonb, text, timestamptz)", ("arasha_app",)),
    ("protocols.decide(uuid, bigint, text, date, text, boolean, integer, timestamptz)", ("arasha_app",)),
)


def person(model, **options):
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=model, **options
    )


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_covering'),
        ('journal', '0002_guard'),
        ('protocols', '0001_protocols'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField('protocolversion', 'author', person(settings.AUTH_USER_MODEL, null=True)),
        migrations.AddField('protocolversion', 'author_post', person('access.post', null=True)),
        migrations.AddField('protocolversion', 'declared', models.CharField(default='in_force', max_length=20)),
        migrations.AddConstraint(
            model_name='protocolversion',
            constraint=models.CheckConstraint(
                condition=models.Q(('declared__in', ('in_force', 'draft'))), name='protocols_version_declared'
            ),
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('day', models.DateField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('read_acts', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('post', person('access.post')),
                ('user', person(settings.AUTH_USER_MODEL)),
                (
                    'version',
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='decisions',
                        to='protocols.protocolversion',
                    ),
                ),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                'kind__in',
                                ['review', 'return', 'withdraw', 'adopt', 'propose_end', 'end', 'keep'],
                            )
                        ),
                        name='protocols_decision_kind',
                    ),
                    models.UniqueConstraint(fields=('version', 'place'), name='protocols_decision_place'),
                ],
            },
        ),
        migrations.RunSQL(
            context_security('protocols_decision')
            + row_journal('protocols_decision', classes=dict.fromkeys(COLUMNS.split(), 'code'))
            + 'GRANT SELECT ON public.protocols_decision TO arasha_backup;'
        ),
        migrations.RunSQL(SQL + ''.join(definer_function(name, *roles) for name, roles in FUNCTIONS)),
    ]
