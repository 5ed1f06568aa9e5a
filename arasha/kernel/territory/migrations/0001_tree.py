from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0001_tree.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_on', models.DateField()),
                ('imported_at', models.DateTimeField()),
                ('digest', models.TextField()),
                ('added', models.IntegerField()),
                ('renamed', models.IntegerField()),
                ('moved', models.IntegerField()),
                ('closed', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('kato', models.CharField(max_length=9, primary_key=True, serialize=False)),
                ('level', models.SmallIntegerField()),
                ('kind', models.TextField()),
                ('name_kk', models.TextField()),
                ('name_ru', models.TextField()),
                ('name_en', models.TextField()),
                ('folded_kk', models.TextField()),
                ('folded_ru', models.TextField()),
                ('folded_en', models.TextField()),
                ('path', models.TextField()),
                ('urban', models.BooleanField(default=False)),
                ('source', models.TextField()),
                ('names_verified', models.BooleanField(default=False)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
            ],
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateField()),
                ('kind', models.TextField(choices=[('split', 'Split'), ('recoded', 'Recoded'), ('merged', 'Merged')])),
                ('date_estimated', models.BooleanField(default=False)),
                ('source', models.TextField()),
                ('verified_by', models.TextField(default='')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
            ],
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_kk', models.TextField()),
                ('name_ru', models.TextField()),
                ('until', models.DateField()),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
            ],
        ),
        migrations.AddIndex(
            model_name='territory',
            index=models.Index(fields=['path'], name='territory_path', opclasses=['text_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='territory',
            index=models.Index(fields=['folded_kk'], name='territory_folded_kk', opclasses=['text_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='territory',
            index=models.Index(fields=['folded_ru'], name='territory_folded_ru', opclasses=['text_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='territory',
            index=models.Index(fields=['folded_en'], name='territory_folded_en', opclasses=['text_pattern_ops']),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Q(('kato__regex', '^[0-9]{9}$')), name='territory_nine_digits'),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', False), ('kato', '000000000'), _connector='OR'), name='territory_one_root'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('predecessor', 'successor'), name='territory_succession_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['split', 'recoded', 'merged'])), name='territory_succession_kind'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='territory_succession_of_another'),
        ),
        migrations.RunSQL(SQL),
    ]
