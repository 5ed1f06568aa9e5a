from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function

SQL = (Path(__file__).parent / "sql" / "0020_typing.sql").read_text(encoding="utf-8")
OPEN = (
    "coordination.note_typing(uuid, text, integer, date)",
    "coordination.typed_months(date)",
    "coordination.typed_pages(date)",
    "coordination.typed_files(date, integer)",
)


class Migration(migrations.Migration):
    """Counts how long a unit types in a file, by functions alone: no login of the application reads the table."""

    dependencies = [("coordination", "0020_typing"), ("access", "0021_limited_parts")]
    operations = [
        migrations.RunSQL(
            definer_all("coordination_typing") + "GRANT SELECT ON public.coordination_typing TO arasha_backup;"
        ),
        migrations.RunSQL(
            SQL
            + definer_function("coordination.typed(date)")
            + "".join(definer_function(name, "arasha_app") for name in OPEN)
        ),
    ]
