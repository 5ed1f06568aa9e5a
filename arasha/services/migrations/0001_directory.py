import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0019_public_reads_nothing'),
        ('territory', '0001_tree'),
    ]

    operations = [
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('protected', models.BooleanField(default=False)),
                ('ownership', models.TextField()),
                ('funded_until', models.DateField(null=True)),
                ('source', models.TextField(blank=True, default='')),
                ('ended_on', models.DateField(null=True)),
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.body')),
            ],
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('protected', models.BooleanField(default=False)),
                ('name_kk', models.TextField(blank=True, default='')),
                ('name_ru', models.TextField(blank=True, default='')),
                ('name_en', models.TextField(blank=True, default='')),
                ('address_kk', models.TextField(blank=True, default='')),
                ('address_ru', models.TextField(blank=True, default='')),
                ('latitude', models.DecimalField(decimal_places=5, max_digits=7, null=True)),
                ('longitude', models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ('phone', models.TextField(blank=True, default='')),
                ('mail', models.TextField(blank=True, default='')),
                ('web', models.TextField(blank=True, default='')),
                ('around_the_clock', models.BooleanField(default=False)),
                ('hours', models.JSONField(default=list)),
                ('step_free', models.TextField(default='unknown')),
                ('closed_on', models.DateField(null=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='services.provider')),
                ('territory', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
            ],
        ),
        migrations.CreateModel(
            name='Offering',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('protected', models.BooleanField(default=False)),
                ('service', models.TextField()),
                ('level', models.TextField()),
                ('age_from', models.SmallIntegerField(default=0)),
                ('age_to', models.SmallIntegerField(default=120)),
                ('sexes', models.TextField(default='all')),
                ('siblings', models.TextField(default='unknown')),
                ('with_parent', models.TextField(default='unknown')),
                ('son_to', models.SmallIntegerField(null=True)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('conditions', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('served', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('cost', models.TextField(default='unknown')),
                ('price', models.IntegerField(null=True)),
                ('remote', models.BooleanField(default=False)),
                ('status', models.TextField(default='open')),
                ('begins_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('verified_on', models.DateField(null=True)),
                ('verified_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='services.site')),
            ],
        ),
        migrations.AddConstraint(
            model_name='provider',
            constraint=models.CheckConstraint(condition=models.Q(('ownership__in', ['state', 'ngo', 'private'])), name='provider_ownership'),
        ),
        migrations.AddIndex(
            model_name='site',
            index=models.Index(fields=['territory'], name='site_territory'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('phone__regex', '^(\\+7[0-9]{10}(;ext=[0-9]{1,7})?|[0-9]{3,4})?$')), name='site_phone'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('step_free__in', ['yes', 'no', 'unknown'])), name='site_step_free'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__range', ('40.5', '55.5')), ('longitude__range', ('46.4', '87.4'))), _connector='OR'), name='site_in_the_country'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.UniqueConstraint(fields=('id', 'protected'), name='site_protected_once'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('protected', False), models.Q(models.Q(('name_kk', '')), models.Q(('name_ru', '')), models.Q(('name_en', '')), models.Q(('address_kk', '')), models.Q(('address_ru', '')), ('latitude', None), ('longitude', None), ('mail', ''), ('web', ''), models.Q(('phone', ''), _negated=True)), _connector='OR'), name='site_protected_is_hidden'),
        ),
        migrations.AddIndex(
            model_name='offering',
            index=django.contrib.postgres.indexes.GinIndex(fields=['served'], name='offering_served'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('age_from__range', (0, 120)), ('age_to__gte', models.F('age_from')), ('age_to__range', (0, 120))), name='offering_ages'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['primary', 'secondary', 'tertiary'])), name='offering_level'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('sexes__in', ['all', 'girls', 'boys'])), name='offering_sexes'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('siblings__in', ['yes', 'no', 'unknown']), ('with_parent__in', ['yes', 'no', 'unknown'])), name='offering_together'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('son_to', None), ('son_to__range', (0, 120)), _connector='OR'), name='offering_son'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('cost__in', ['free', 'part', 'paid', 'unknown']), models.Q(('price', None), models.Q(('cost__in', ['part', 'paid']), ('price__gte', 0)), _connector='OR')), name='offering_cost'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'paused', 'closed'])), name='offering_status'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('begins_on', None), ('ends_on', None), ('ends_on__gte', models.F('begins_on')), _connector='OR'), name='offering_days'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('served__len__gte', 1)), name='offering_serves'),
        ),
    ]
