
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0020_adult_safety'),
        ('services', '0010_quicker'),
        ('territory', '0001_tree'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('hash', models.BinaryField(primary_key=True, serialize=False)),
                ('period', models.CharField(max_length=6)),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('period', models.CharField(max_length=6)),
                ('version', models.PositiveSmallIntegerField()),
                ('sealed', models.BinaryField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'due_at'], name='feedback_letter_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['answers', 'words'])), name='letter_kinds')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('service', models.CharField(max_length=64)),
                ('period', models.CharField(max_length=6)),
                ('outcome', models.CharField(blank=True, default='', max_length=8)),
                ('invited', models.IntegerField(default=0)),
                ('answers', models.IntegerField(default=0)),
                ('figures', models.JSONField(default=dict)),
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
                ('offering', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.offering')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=3)),
                ('said_at', models.DateTimeField()),
                ('offering', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.offering')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.round')),
            ],
        ),
        migrations.CreateModel(
            name='Text',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=2)),
                ('marked', models.BooleanField(default=False)),
                ('state', models.CharField(default='waiting', max_length=8)),
                ('sealed', models.BinaryField()),
                ('link', models.BinaryField(null=True)),
                ('version', models.PositiveSmallIntegerField()),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='participation.round')),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('given_on', models.DateField()),
                ('period', models.CharField(max_length=6)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.dossier')),
                ('offering', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.offering')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['period', 'offering'], name='invited_in_period')],
            },
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'told', 'few', 'none'])), name='round_outcome'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('offering', 'service', 'place', 'period'), name='round_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='text',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'fine', 'danger', 'raised'])), name='text_state'),
        ),
        migrations.AddConstraint(
            model_name='text',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'danger']), ('link', None), _connector='OR'), name='text_link_goes'),
        ),
    ]
