from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = (Path(__file__).parent / "sql" / "0004_board.sql").read_text(encoding="utf-8")
PURE = ("coordination.stem(text)", "coordination.place_at(text, text)")
OPEN = (
    "coordination.duties(text, text, boolean, timestamptz, integer[])",
    "coordination.children(text, text, timestamptz, integer[])",
    "coordination.signals(text, text, timestamptz, integer[])",
    "coordination.weeks(text, text, date)",
    "coordination.missing(text, timestamptz)",
    "coordination.late_now(timestamptz)",
)


def functions():
    sql = SQL
    sql += "".join(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC;" for name in PURE)
    sql += "".join(f"GRANT EXECUTE ON FUNCTION {name} TO arasha_definer;" for name in PURE)
    sql += definer_function("coordination.scope(text)")
    return sql + "".join(definer_function(name, "arasha_app") for name in OPEN)


class Migration(migrations.Migration):
    dependencies = [("coordination", "0003_counters")]
    operations = [migrations.RunSQL(functions())]
