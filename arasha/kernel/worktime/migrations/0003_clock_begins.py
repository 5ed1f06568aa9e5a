from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0003_clock_begins.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Lets the clock of an instance that is just being declared begin up to a hundred days ago."""

    dependencies = [("worktime", "0002_editors")]
    operations = [
        migrations.RemoveConstraint(model_name="clock", name="worktime_clock_not_behind"),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(ahead_seconds__gte=-8_640_000), name="worktime_clock_not_far_behind"
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
