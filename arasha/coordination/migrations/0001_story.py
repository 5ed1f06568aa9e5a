from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0001_story.sql").read_text(encoding="utf-8")
FUNCTIONS = (
    ("coordination.facets(uuid[])", "arasha_definer"),
    (
        "coordination.story(uuid[], integer[], text[], boolean, timestamptz, timestamptz, timestamptz, bigint, integer)",
        "arasha_app",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("access", "0008_journal"), ("journal", "0003_vault_files")]
    operations = [migrations.RunSQL(SQL + "".join(definer_function(*function) for function in FUNCTIONS))]
