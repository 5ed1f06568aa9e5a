from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models


SQL = (Path(__file__).parent / "sql" / "0001_law.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LegalAct',
            fields=[
                ('key', models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('number', models.CharField(max_length=60)),
                ('date_text', models.CharField(max_length=40)),
                ('status', models.CharField(max_length=20)),
                ('in_force_from', models.DateField(null=True)),
                ('in_force_until', models.DateField(null=True)),
                ('name_kk', models.TextField(blank=True)),
                ('name_ru', models.TextField(blank=True)),
                ('name_en', models.TextField()),
                ('names_mark', models.CharField(max_length=20)),
                ('status_as_found', models.TextField()),
                ('subject', models.TextField()),
                ('source', models.TextField()),
                ('verified', models.TextField()),
                ('verified_by', models.TextField(blank=True)),
                ('replaced_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.legalact')),
            ],
            options={
                'db_table': 'law_act',
            },
        ),
        migrations.RunSQL(SQL),
    ]
