from django.db import migrations

SQL = """
-- Whether a user is barred from a dossier: as a person, or for a body in which they sit, sat or have a tie.
CREATE OR REPLACE FUNCTION message.is_barred(p_user integer, p_dossier uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_dossier IS NOT NULL AND EXISTS (
  SELECT FROM public.access_bar b
   WHERE b.dossier_id = p_dossier AND b.ended_at IS NULL
     AND (b.user_id = p_user OR b.body_id = ANY (access.bodies_of(p_user, worktime.now()))));
"""


class Migration(migrations.Migration):
    """Tells nobody who has a tie to the body for which a file is closed."""

    dependencies = [("message", "0004_many"), ("access", "0018_ties_protected")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
