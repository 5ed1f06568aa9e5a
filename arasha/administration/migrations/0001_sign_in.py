import django.db.models.deletion
import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0001_sign_in.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("access", "0009_reasons"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("worktime", "0001_clock_and_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Persona',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('place', models.SmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('invitation', 'invitation'), ('password', 'password'), ('factor', 'factor')])),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('code_hash', models.BinaryField(null=True, unique=True)),
                ('pending_secret', models.TextField(blank=True, db_default='', default='')),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('invitation', 'password', 'factor'))), name='link_kind')],
            },
        ),
        migrations.RunSQL(SQL),
    ]
