from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0012_emergencies.sql").read_text(encoding="utf-8")
FIND = (
    "services.find(timestamp, text, text[], text[], text[], integer, text, text[], text, text[], boolean, text, uuid,"
    " integer, integer)"
)
PLAIN = ["services.works(jsonb, integer, text)", "services.not_asked(jsonb, text[], text)"]


def helper(signature):
    return f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO arasha_definer;"


class Migration(migrations.Migration):
    """While an emergency holds: who is closed comes last, and what is not asked for keeps nothing from a child."""

    dependencies = [("services", "0011_tiles")]

    operations = [
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(helper(signature)) for signature in PLAIN),
        migrations.RunSQL(definer_function("services.emergencies(date)")),
        migrations.RunSQL(definer_function(FIND, "arasha_app", "arasha_public")),
    ]
