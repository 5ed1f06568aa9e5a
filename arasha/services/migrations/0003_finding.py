from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0003_finding.sql").read_text(encoding="utf-8")
FIND = (
    "services.find(timestamp, text, text[], text[], text[], integer, text, text[], text, text[], boolean, text, uuid,"
    " integer, integer)"
)
COUNTS = "services.counts(date)"
PLAIN = [
    "services.standing(text, date, date, date, date, date)",
    "services.nearness(text, text[], text[], boolean, text)",
    "services.open_at(jsonb, boolean, jsonb)",
]


def helper(signature):
    return f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO arasha_definer;"


class Migration(migrations.Migration):
    """Finding help, across protection."""

    dependencies = [
        ('services', '0002_protection'),
    ]

    operations = [
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(helper(signature)) for signature in PLAIN),
        migrations.RunSQL("GRANT USAGE ON SCHEMA services TO arasha_definer;" + definer_function(FIND, "arasha_app", "arasha_public")),
        migrations.RunSQL(definer_function(COUNTS, "arasha_app", "arasha_public")),
    ]
