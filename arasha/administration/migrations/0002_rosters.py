import django.db.models.deletion
import uuid
from pathlib import Path

from django.db import migrations, models

from arasha.kernel.access.rules import Facet, definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_rosters.sql").read_text(encoding="utf-8")
COLUMNS = {
    "administration_rosterline": "id unit_id weekday starts ends deputy since until",
    "administration_rosterchange": "id unit_id kind starts_at ends_at deputy withdrawn_at",
}


def protect(table):
    classes = dict.fromkeys(COLUMNS[table].split(), "code") | {"name": "personal", "phone": "personal"}
    return (
        definer_all(table)
        + row_journal(table, classes=classes, owner="id", owner_kind="person", facet=int(Facet.CONTACTS))
        + f"GRANT SELECT ON public.{table} TO arasha_backup;"
    )



class Migration(migrations.Migration):

    dependencies = [
        ('access', '0011_heads'),
        ('journal', '0003_vault_files'),
        ('administration', '0001_sign_in'),
    ]

    operations = [
        migrations.CreateModel(
            name='RosterChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('name', models.TextField(blank=True, default='')),
                ('phone', models.TextField(blank=True, default='')),
                ('deputy', models.BooleanField(default=False)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'ends_at'], name='rosterchange_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['instead', 'besides', 'nobody'])), name='rosterchange_kind'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='rosterchange_period'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'nobody'), ('name', ''), ('phone', '')), models.Q(models.Q(('kind', 'nobody'), _negated=True), ('name__regex', '^.{1,200}$'), ('phone__regex', '^(\\+7[0-9]{10}(;ext=[0-9]{1,7})?|[0-9]{3,4})$')), _connector='OR'), name='rosterchange_who')],
            },
        ),
        migrations.CreateModel(
            name='RosterLine',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('weekday', models.SmallIntegerField()),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('name', models.TextField()),
                ('phone', models.TextField()),
                ('deputy', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'until'], name='rosterline_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__range', (0, 6))), name='rosterline_weekday'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='rosterline_period'), models.CheckConstraint(condition=models.Q(('phone__regex', '^(\\+7[0-9]{10}(;ext=[0-9]{1,7})?|[0-9]{3,4})$')), name='rosterline_phone'), models.CheckConstraint(condition=models.Q(('name__regex', '^.{1,200}$')), name='rosterline_name')],
            },
        ),
        *(migrations.RunSQL(protect(table)) for table in COLUMNS),
        migrations.RunSQL(SQL + definer_function("administration.arranges_roster(integer)", "arasha_app")),
    ]
