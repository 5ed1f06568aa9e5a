from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0001_queue.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("timer", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("ended_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop),
    ]
