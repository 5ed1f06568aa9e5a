import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """What people fill in: responses, what is half written, and answers as typed rows."""

    dependencies = [
        ('access', '0019_public_reads_nothing'),
        ('questionnaires', '0002_decisions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dossier', models.ForeignKey(on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('facet', models.SmallIntegerField()),
                ('version', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='questionnaires.version')),
                ('code', models.CharField(max_length=60)),
                ('state', models.CharField(default='draft', max_length=16)),
                ('language', models.CharField(max_length=2)),
                ('unit', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.unit')),
                ('begun_by', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('begun_at', models.DateTimeField()),
                ('submitted_by', models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('supersedes', models.ForeignKey(null=True, on_delete=PROTECT, related_name='+', to='questionnaires.response')),
                ('ended_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=24)),
                ('sealed', models.BinaryField(default=b'')),
            ],
            options={
                'indexes': [models.Index(fields=['code', 'submitted_at'], name='response_of_form')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'submitted', 'corrected', 'withdrawn'))), name='response_state_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='response_submitted_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state', 'withdrawn'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('reason', '')), _connector='OR'), name='response_withdrawn_with_reason'), models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('supersedes',), name='response_superseded_once')],
            },
        ),
        migrations.CreateModel(
            name='ResponseDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('facet', models.SmallIntegerField()),
                ('response', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='drafts', to='questionnaires.response')),
                ('place', models.PositiveSmallIntegerField()),
                ('revision', models.PositiveIntegerField()),
                ('at', models.CharField(blank=True, default='', max_length=250)),
                ('user', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('response', 'place'), name='response_draft_place')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('facet', models.SmallIntegerField()),
                ('response', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='answers', to='questionnaires.response')),
                ('path', models.CharField(max_length=250)),
                ('position', models.CharField(blank=True, default='', max_length=40)),
                ('kind', models.CharField(max_length=16)),
                ('code', models.CharField(blank=True, default='', max_length=250)),
                ('number', models.DecimalField(decimal_places=15, max_digits=30, null=True)),
                ('date', models.DateField(null=True)),
                ('sealed', models.BinaryField(default=b'')),
            ],
            options={
                'indexes': [models.Index(fields=['path', 'code'], name='answer_by_path')],
                'constraints': [models.UniqueConstraint(fields=('response', 'path', 'position', 'code'), name='answer_once')],
            },
        ),
    ]
