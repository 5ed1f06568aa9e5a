from pathlib import Path

from django.db import migrations, models

from arasha.kernel.access.rules.protection import definer_function

SQL = (Path(__file__).parent / "sql" / "0013_two_persons.sql").read_text(encoding="utf-8")
FUNCTIONS = [
    ("access.is_sensitive(text)", "arasha_app"),
    ("access.is_sensitive_post(integer)", "arasha_app"),
    ("access.is_elsewhere(integer)", "arasha_app"),
    ("access.is_my_account(integer)", "arasha_app"),
    ("access.put_holder(integer, integer, timestamptz)",),
]


class Migration(migrations.Migration):
    dependencies = [("access", "0012_system_first")]

    operations = [
        migrations.AddField(
            model_name="function", name="sensitive", field=models.BooleanField(default=True)
        ),
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
        migrations.RunSQL(
            "REVOKE ALL ON FUNCTION access.guard_unit_function(), access.guard_post() FROM PUBLIC"
        ),
    ]
