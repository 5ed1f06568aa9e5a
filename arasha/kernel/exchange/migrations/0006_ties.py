from django.db import migrations

SQL = """
-- A body's system stands for everybody behind it: a file that is closed to one of them is not there for it.
CREATE OR REPLACE FUNCTION exchange.barred(p_body integer) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN coalesce((SELECT pg_catalog.array_agg(DISTINCT b.dossier_id) FROM public.access_bar b
  WHERE b.ended_at IS NULL AND (b.body_id = p_body OR b.user_id IN (SELECT exchange.staff(p_body))
     OR b.body_id IN (SELECT pg_catalog.unnest(access.bodies_of(s.id, worktime.now()))
                        FROM exchange.staff(p_body) AS s (id)))), '{}');
"""


class Migration(migrations.Migration):
    """Closes a file to a body's system also for where else the people behind it sit, or have a tie."""

    dependencies = [("exchange", "0005_registers"), ("access", "0018_ties_protected")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
