import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql" / "0006_signoffs.sql"
TABLE = "administration_signoff"
COLUMNS = "id digest tables signed_by_id signed_at confirmed_by_id confirmed_at"
FUNCTIONS = [
    ("administration.present_tables()", "arasha_app"),
    ("administration.tables_digest(jsonb)", "arasha_app"),
    ("administration.sign_tables(uuid, text)", "arasha_app"),
    ("administration.confirm_signoff(uuid)", "arasha_app"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('administration', '0005_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('digest', models.TextField()),
                ('tables', models.JSONField()),
                ('signed_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('signed_by')), _negated=True), name='signoff_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='signoff_confirmed')],
            },
        ),
        migrations.RunSQL(definer_all(TABLE)),
        migrations.RunSQL(row_journal(TABLE, classes=dict.fromkeys(COLUMNS.split(), "code"))),
        migrations.RunSQL(f"GRANT SELECT ON public.{TABLE} TO arasha_backup"),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
