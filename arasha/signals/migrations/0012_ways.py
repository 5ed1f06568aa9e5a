
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0018_ties_protected'),
        ('signals', '0011_institutions_journalled'),
    ]

    operations = [
        migrations.AddField(
            model_name='signal',
            name='dangers',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=list, size=None),
        ),
        migrations.AddField(
            model_name='signal',
            name='response',
            field=models.CharField(default='ordinary', max_length=16),
        ),
        migrations.AddField(
            model_name='signal',
            name='school_class',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
        migrations.AddField(
            model_name='signal',
            name='statement',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('facet', models.SmallIntegerField()),
                ('role', models.CharField(max_length=16)),
                ('since', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('sealed', models.BinaryField()),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Hindrance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=32)),
                ('told_in', models.CharField(max_length=16)),
                ('told_at', models.DateTimeField()),
                ('sealed', models.BinaryField(null=True)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ResponseReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(max_length=16)),
                ('drawn_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['unit', 'drawn_at'], name='responsereview_waits')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['passed', 'returned']), models.Q(('state__in', ['waiting', 'confirmed']), ('unit__isnull', False)), _connector='OR'), name='responsereview_has_reader')],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('next_ring_at', models.DateTimeField()),
                ('rings', models.PositiveIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('company', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signals.company')),
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['next_ring_at'], name='watch_rings')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('company', None), ('ended_at', None)), models.Q(('company__isnull', False), ('ended_at__isnull', False)), _connector='OR'), name='watch_ends_by_company')],
            },
        ),
    ]
