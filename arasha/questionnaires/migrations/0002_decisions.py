import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from arasha.kernel.access.rules import context_security, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_decisions.sql").read_text(encoding="utf-8")
# What the model declared when this migration was written; a test compares it with what it declares now.
COLUMNS = "id version_id place kind reason at user_id post_id"
FUNCTIONS = (
    ("questionnaires.may_publish()", ()),
    ("questionnaires.draft(text, integer, text, text, text, jsonb, timestamptz)", ("arasha_app",)),
    ("questionnaires.check_decision(public.questionnaires_version, text, text)", ()),
    ("questionnaires.decide(uuid, bigint, text, text, integer, timestamptz)", ("arasha_app",)),
)


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0019_public_reads_nothing'),
        ('journal', '0005_restored'),
        ('questionnaires', '0001_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('reason', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.post')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='questionnaires.version')),
            ],
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['publish', 'discard', 'restore', 'ask', 'keep', 'withdraw'])), name='questionnaires_decision_kind'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('version', 'place'), name='questionnaires_decision_place'),
        ),
        migrations.RunSQL(
            context_security('questionnaires_decision')
            + row_journal('questionnaires_decision', classes=dict.fromkeys(COLUMNS.split(), 'code'))
            + 'GRANT SELECT ON public.questionnaires_decision TO arasha_backup;'
        ),
        migrations.RunSQL(SQL + ''.join(definer_function(name, *roles) for name, roles in FUNCTIONS)),
    ]
