import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0019_public_reads_nothing'),
        ('territory', '0001_tree'),
        ('services', '0005_keeping'),
    ]

    operations = [
        migrations.CreateModel(
            name='Load',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.TextField()),
                ('kind', models.TextField()),
                ('title', models.TextField(blank=True, default='')),
                ('delimiter', models.TextField(blank=True, default='')),
                ('headings', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('state', models.TextField()),
                ('total', models.IntegerField(default=0)),
                ('last_row', models.IntegerField(default=0)),
                ('done', models.IntegerField(default=0)),
                ('rows_new', models.IntegerField(default=0)),
                ('rows_changed', models.IntegerField(default=0)),
                ('rows_same', models.IntegerField(default=0)),
                ('rows_rejected', models.IntegerField(default=0)),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('content', models.BinaryField()),
                ('services', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='LoadRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('hidden', models.BooleanField()),
                ('cells', models.JSONField()),
                ('faults', models.JSONField(default=list)),
                ('outcome', models.TextField(blank=True, default='')),
                ('load', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='services.load')),
            ],
        ),
        migrations.AddIndex(
            model_name='load',
            index=models.Index(fields=['unit', '-recorded_at'], name='directory_load_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='loadrow',
            constraint=models.UniqueConstraint(fields=('load', 'number'), name='load_row_once'),
        ),
    ]
