from pathlib import Path

from django.db import migrations, models


SQL = (Path(__file__).parent / "sql" / "0001_protocols.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ProtocolVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('event', models.CharField(db_index=True, max_length=60)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('verified_by', models.TextField(blank=True)),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'protocols_version',
                'constraints': [models.UniqueConstraint(fields=('code', 'number'), name='protocols_version_once')],
            },
        ),
        migrations.RunSQL(SQL),
    ]
