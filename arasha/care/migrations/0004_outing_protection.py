from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

# What the model declared when this migration was written.
OUTING = (
    "id user_id unit_id place started_at expected_at longer told_unit_at district_id told_district_at told_police_at"
    " ended_at ended_how ended_by_id"
)
# Who answers for a worker who is out: who holds the head's post of the unit; where no other than the worker holds one,
# everybody in it. Coordination comes in when silence has reached it.
SQL = """
CREATE FUNCTION care.answers_for(p_user integer, p_unit bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_unit = ANY ((SELECT access.units())::integer[]) AND NOT EXISTS (
    SELECT FROM public.access_post h
     WHERE h.unit_id = p_unit AND h.rank = 'head' AND h.holder_id <> p_user
       AND h.since <= (SELECT access.moment()) AND (h.until IS NULL OR h.until > (SELECT access.moment())))
    OR EXISTS (
    SELECT FROM public.access_post h
     WHERE h.id = (SELECT access.post_id()) AND h.unit_id = p_unit AND h.rank = 'head'
       AND h.holder_id = (SELECT access.user_id()));
"""
READS = """((SELECT access.is_system()) OR user_id = (SELECT access.user_id())
    OR district_id = ANY ((SELECT access.units())::integer[]) OR care.answers_for(user_id, unit_id))"""
POLICIES = f"""
GRANT SELECT, INSERT ON public.care_outing TO arasha_app;
GRANT UPDATE (expected_at, longer, told_unit_at, district_id, told_district_at, told_police_at, ended_at, ended_how,
    ended_by_id) ON public.care_outing TO arasha_app;
GRANT SELECT ON public.care_outing TO arasha_backup;
CREATE POLICY few_read ON public.care_outing FOR SELECT TO arasha_app USING {READS};
CREATE POLICY worker_inserts ON public.care_outing FOR INSERT TO arasha_app
    WITH CHECK (user_id = (SELECT access.user_id()) AND unit_id = ANY ((SELECT access.units())::integer[]));
CREATE POLICY few_update ON public.care_outing FOR UPDATE TO arasha_app USING {READS} WITH CHECK {READS};
"""


class Migration(migrations.Migration):
    """Shows who is out alone to themselves, to who answers for them, and to whom their silence reached."""

    dependencies = [("care", "0003_outing")]
    operations = [
        migrations.RunSQL(definer_all("care_outing") + row_journal("care_outing", classes=dict.fromkeys(OUTING.split(), "code"))),
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("care.answers_for(integer, bigint)", "arasha_app")),
        migrations.RunSQL(POLICIES),
    ]
