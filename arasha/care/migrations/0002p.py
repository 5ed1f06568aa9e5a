from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

OBLIGATIONS = int(Facet.OBLIGATIONS)
# What the models declared when this migration was written.
TABLES = {
    "care_visit": "id dossier_id urgency unit_id user_id asked_at sealed",
    "care_visitmade": "id visit_id dossier_id at door seen home unit_id user_id recorded_at sealed",
    "care_removal": "id dossier_id at unit_id user_id recorded_at ended_how ended_at ended_by_id",
    "care_removalpart": "id removal_id dossier_id number kind answer unit_id user_id at sealed",
}
# Whoever only owes the file something else reads nothing of it; whoever owes something about it does, and so do those
# of the team who go into homes: of two who remove one child at once, the second must find the first.
SQL = """
CREATE SCHEMA care;
REVOKE ALL ON SCHEMA care FROM PUBLIC;
GRANT USAGE ON SCHEMA care TO arasha_app;

CREATE FUNCTION care.reads(p_dossier uuid, p_about uuid, p_unit bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.is_system()) OR p_unit = ANY ((SELECT access.units())::integer[])
    OR access.reads_plan(p_dossier)
    OR EXISTS (SELECT FROM public.obligations_obligation o
                WHERE o.dossier_id = p_dossier AND o.about = p_about
                  AND o.unit_id = ANY ((SELECT access.units())::integer[]))
    OR EXISTS (SELECT FROM public.access_unitfunction f
                WHERE f.unit_id = ANY ((SELECT access.units())::integer[])
                  AND f.function_id IN ('juvenile_inspection', 'women_children_police', 'guardianship')
                  AND f.since <= access.moment() AND (f.until IS NULL OR f.until > access.moment()));
"""
# A removal of which a protected place is said shows where to who recorded it and to who leads the file alone.
WHERE = """
CREATE FUNCTION care.reads_place(p_dossier uuid, p_unit bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_unit = ANY ((SELECT access.units())::integer[]) OR EXISTS (
    SELECT FROM public.access_dossier d
     WHERE d.id = p_dossier AND d.lead_unit_id = ANY ((SELECT access.units())::integer[]));
"""
POLICIES = """
CREATE POLICY reads_visit ON public.care_visit AS RESTRICTIVE FOR SELECT TO arasha_app
    USING (care.reads(dossier_id, id, unit_id));
CREATE POLICY reads_visit ON public.care_visitmade AS RESTRICTIVE FOR SELECT TO arasha_app
    USING (care.reads(dossier_id, visit_id, unit_id));
CREATE POLICY reads_removal ON public.care_removal AS RESTRICTIVE FOR SELECT TO arasha_app
    USING (care.reads(dossier_id, id, unit_id));
CREATE POLICY reads_removal ON public.care_removalpart AS RESTRICTIVE FOR SELECT TO arasha_app
    USING (care.reads(dossier_id, removal_id, unit_id)
       AND (answer <> 'protected' OR care.reads_place(dossier_id, unit_id)));
REVOKE UPDATE ON public.care_visit, public.care_visitmade, public.care_removal, public.care_removalpart
    FROM arasha_app;
DROP POLICY team_updates ON public.care_visit;
DROP POLICY team_updates ON public.care_visitmade;
DROP POLICY team_updates ON public.care_removalpart;
GRANT UPDATE (ended_how, ended_at, ended_by_id) ON public.care_removal TO arasha_app;
"""


def protected(table):
    classes = {name: "sealed" if name == "sealed" else "code" for name in TABLES[table].split()}
    return row_security(table, facet=OBLIGATIONS) + row_journal(
        table, classes=classes, owner="dossier_id", facet=OBLIGATIONS
    )


class Migration(migrations.Migration):
    """Who reads a visit or a removal: who reads the file's plan, who recorded it, who owes something about it."""

    dependencies = [
        ("care", "0001_tables"),
        ("access", "0021_limited_parts"),
        ("journal", "0003_vault_files"),
        ("obligations", "0014_limited_parts"),
    ]
    operations = [
        *(migrations.RunSQL(protected(table)) for table in TABLES),
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("care.reads(uuid, uuid, bigint)", "arasha_app")),
        migrations.RunSQL(WHERE),
        migrations.RunSQL(definer_function("care.reads_place(uuid, bigint)", "arasha_app")),
        migrations.RunSQL(POLICIES),
    ]
