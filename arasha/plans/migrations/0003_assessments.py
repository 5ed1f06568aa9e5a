import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """One child assessed by several disciplines together."""

    dependencies = [
        ('access', '0019_public_reads_nothing'),
        ('plans', '0002_protection'),
        ('questionnaires', '0003_responses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('unit', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.unit')),
                ('opened_at', models.DateTimeField()),
                ('by_when', models.DateField()),
                ('state', models.CharField(default='open', max_length=16)),
                ('applied_on', models.DateField(null=True)),
                ('review_by', models.DateField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['dossier', '-opened_at'], name='assessment_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'summed_up', 'ended'])), name='assessment_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_at', None)), _connector='OR'), name='assessment_ended_when'), models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('dossier',), name='assessment_one_now')],
            },
        ),
        migrations.CreateModel(
            name='AssessmentPart',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('facet', models.SmallIntegerField()),
                ('assessment', models.ForeignKey(on_delete=PROTECT, related_name='parts', to='plans.assessment')),
                ('discipline', models.CharField(max_length=24)),
                ('form', models.CharField(max_length=60)),
                ('unit', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.unit')),
                ('asked_at', models.DateTimeField()),
                ('by_when', models.DateField()),
                ('state', models.CharField(default='asked', max_length=16)),
                ('response', models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to='questionnaires.response')),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'begun', 'done', 'passed_on'])), name='assessment_part_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state', 'done')), models.Q(('state', 'done'), _negated=True), _connector='OR'), name='assessment_part_done_when'), models.UniqueConstraint(condition=models.Q(('state', 'passed_on'), _negated=True), fields=('assessment', 'discipline', 'unit'), name='assessment_part_once_of_unit')],
            },
        ),
        migrations.CreateModel(
            name='ConfidentialityTold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('facet', models.SmallIntegerField()),
                ('part', models.ForeignKey(on_delete=PROTECT, related_name='told', to='plans.assessmentpart')),
                ('how', models.CharField(max_length=24)),
                ('language', models.CharField(max_length=2)),
                ('edition', models.PositiveSmallIntegerField()),
                ('told_at', models.DateTimeField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.unit')),
                ('user', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AssessmentSummary',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('assessment', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='summaries', to='plans.assessment')),
                ('number', models.PositiveSmallIntegerField()),
                ('response', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='questionnaires.response')),
                ('unit', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.unit')),
                ('begun_at', models.DateTimeField()),
                ('written_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assessment', 'number'), name='assessment_summary_number')],
            },
        ),
        migrations.CreateModel(
            name='SummarySignature',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('summary', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='signatures', to='plans.assessmentsummary')),
                ('unit', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.unit')),
                ('user', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_at', models.DateTimeField()),
                ('stands', models.CharField(max_length=8)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('summary', 'unit'), name='assessment_signed_once'), models.CheckConstraint(condition=models.Q(('stands__in', ['agrees', 'differs'])), name='assessment_signed_how')],
            },
        ),
        migrations.CreateModel(
            name='DifferentView',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('facet', models.SmallIntegerField()),
                ('assessment', models.ForeignKey(on_delete=PROTECT, related_name='views', to='plans.assessment')),
                ('number', models.PositiveSmallIntegerField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.unit')),
                ('user', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('put_at', models.DateTimeField()),
                ('sealed', models.BinaryField()),
            ],
        ),
    ]
