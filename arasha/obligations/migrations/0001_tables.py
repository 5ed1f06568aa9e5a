import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0004_people'),
        ('protocols', '0001_protocols'),
    ]

    operations = [
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('step', models.CharField(max_length=60)),
                ('function', models.CharField(max_length=60)),
                ('territory', models.CharField(max_length=9)),
                ('found_by', models.CharField(max_length=20)),
                ('from_moment', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('derivation', models.JSONField()),
                ('ladder', models.JSONField()),
                ('rung', models.SmallIntegerField(default=0)),
                ('state', models.CharField(default='open', max_length=20)),
                ('next_check_at', models.DateTimeField(null=True)),
                ('raised_at', models.DateTimeField()),
                ('met_at', models.DateTimeField(null=True)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
                ('met_by_post', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.post')),
                ('met_by_unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
                ('protocol', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='protocols.protocolversion')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Gap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('function', models.CharField(max_length=60)),
                ('territory', models.CharField(max_length=9)),
                ('level', models.CharField(max_length=20)),
                ('noticed_at', models.DateTimeField()),
                ('dossier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gaps', to='obligations.obligation')),
            ],
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('rung', models.SmallIntegerField()),
                ('outcome', models.CharField(max_length=20)),
                ('fell_due_at', models.DateTimeField()),
                ('noticed_at', models.DateTimeField()),
                ('dossier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
                ('obligation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='obligations.obligation')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('text', models.BinaryField()),
                ('given_at', models.DateTimeField()),
                ('dossier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='obligations.obligation')),
            ],
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('next_check_at', None), _negated=True), fields=['next_check_at'], name='obligation_check'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('state__in', ['open', 'overdue'])), fields=['unit', 'due_at'], name='obligation_owed'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'overdue', 'met', 'met_late'])), name='obligation_state'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(('found_by__in', ['district', 'region', 'nation', 'substitute', 'nobody'])), name='obligation_found_by'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('met_at__isnull', False), ('next_check_at', None), ('state__in', ['met', 'met_late'])), models.Q(('met_at', None), ('state__in', ['open', 'overdue'])), _connector='OR'), name='obligation_met_once'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.UniqueConstraint(fields=('dossier', 'protocol', 'step', 'unit', 'from_moment'), name='obligation_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='gap',
            index=models.Index(fields=['territory', 'function'], name='gap_place'),
        ),
        migrations.AddIndex(
            model_name='escalation',
            index=models.Index(fields=['unit', 'fell_due_at'], name='escalation_unit'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['told', 'skipped_empty', 'skipped_safety', 'skipped_same'])), name='escalation_outcome'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'told'), ('unit__isnull', False)), models.Q(('outcome', 'told'), _negated=True), _connector='OR'), name='escalation_told_whom'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(fields=('obligation', 'rung'), name='escalation_once'),
        ),
    ]
