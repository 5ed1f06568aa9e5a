from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all, definer_function, row_security

SQL = Path(__file__).parent / "sql"
TABLES = ("tally", "delta", "week", "sight")
INNER = (
    "coordination.count_duty()",
    "coordination.count_child()",
    "coordination.sightings(uuid[])",
    "coordination.sight(uuid[])",
    "coordination.note_sighting()",
    "coordination.counted()",
    "coordination.fold()",
    "coordination.mend()",
    "coordination.require_system()",
)
OPEN = ("coordination.fold_counters()", "coordination.mend_counters()", "coordination.write_weeks(date[])")
PURE = ("coordination.day_of(timestamptz)", "coordination.place_of(text)", "coordination.kind_of(text)")
# A duty's cell changes with these alone; a sweep, which lets thousands fall due at once, changes none of them.
TRIGGERS = """
CREATE TRIGGER coordination_counted AFTER INSERT OR DELETE ON public.obligations_obligation
    FOR EACH ROW EXECUTE FUNCTION coordination.count_duty();
CREATE TRIGGER coordination_counted_anew AFTER UPDATE ON public.obligations_obligation
    FOR EACH ROW WHEN (
        (CASE WHEN OLD.state IN ('open', 'overdue') THEN 1 WHEN OLD.state = 'suspended' THEN 2 ELSE 0 END,
            OLD.unit_id, OLD.territory, OLD.function, OLD.due_now)
        IS DISTINCT FROM
        (CASE WHEN NEW.state IN ('open', 'overdue') THEN 1 WHEN NEW.state = 'suspended' THEN 2 ELSE 0 END,
            NEW.unit_id, NEW.territory, NEW.function, NEW.due_now))
    EXECUTE FUNCTION coordination.count_duty();
CREATE TRIGGER coordination_seen AFTER UPDATE ON public.obligations_obligation
    FOR EACH ROW WHEN (OLD.dossier_id <> NEW.dossier_id OR OLD.met_at IS DISTINCT FROM NEW.met_at)
    EXECUTE FUNCTION coordination.note_sighting();
CREATE TRIGGER coordination_file AFTER INSERT OR UPDATE OR DELETE ON public.cases_case
    FOR EACH ROW EXECUTE FUNCTION coordination.note_sighting();
CREATE TRIGGER coordination_file AFTER INSERT OR UPDATE OR DELETE ON public.cases_caseorigin
    FOR EACH ROW EXECUTE FUNCTION coordination.note_sighting();
CREATE TRIGGER coordination_file AFTER UPDATE ON public.signals_signal
    FOR EACH ROW WHEN (OLD.state <> NEW.state OR OLD.taken_by_unit_id IS DISTINCT FROM NEW.taken_by_unit_id)
    EXECUTE FUNCTION coordination.note_sighting();
CREATE TRIGGER coordination_counted AFTER INSERT OR UPDATE OR DELETE ON public.coordination_sighting
    FOR EACH ROW EXECUTE FUNCTION coordination.count_child();
CREATE INDEX coordination_due ON public.obligations_obligation (due_now) INCLUDE (territory, unit_id, function, dossier_id)
    WHERE state IN ('open', 'overdue');
"""


def protected():
    names = [f"coordination_{table}" for table in TABLES]
    return (
        "".join(definer_all(name) + f"GRANT SELECT ON public.{name} TO arasha_backup;" for name in names)
        + row_security("coordination_sighting", facet=int(Facet.OBLIGATIONS), nation=True, writes=False)
        + "GRANT SELECT ON public.coordination_sighting TO arasha_backup;"
    )


def functions():
    sql = (SQL / "0003_counters.sql").read_text(encoding="utf-8")
    sql += "".join(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC;" for name in PURE)
    sql += "".join(f"GRANT EXECUTE ON FUNCTION {name} TO arasha_definer;" for name in PURE)
    sql += "".join(definer_function(name) for name in INNER)
    return sql + "".join(definer_function(name, "arasha_app") for name in OPEN)


class Migration(migrations.Migration):
    """Keeps the board's counters beside what they count, and counts what is there already."""

    dependencies = [
        ("coordination", "0002_counter_tables"),
        ("access", "0012_system_first"),
        ("cases", "0004_numbers"),
        ("obligations", "0007_sweep"),
        ("signals", "0005_reports_protected"),
        ("protocols", "0001_protocols"),
    ]
    operations = [
        migrations.RunSQL(protected()),
        migrations.RunSQL(functions()),
        migrations.RunSQL(TRIGGERS),
        migrations.RunSQL("SELECT coordination.mend(); SELECT coordination.fold()"),
    ]
