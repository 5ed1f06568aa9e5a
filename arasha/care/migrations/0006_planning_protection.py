from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

OBLIGATIONS = int(Facet.OBLIGATIONS)
# What the models declared when this migration was written.
TABLES = {
    "care_visitplan": "id visit_id dossier_id number state reason starts_at posts dangers unit_id user_id at sealed",
    "care_removalperson": "id removal_id dossier_id person_id number answer unit_id user_id at sealed",
}
SQL = """
CREATE POLICY reads_visit ON public.care_visitplan AS RESTRICTIVE FOR SELECT TO arasha_app
    USING (care.reads(dossier_id, visit_id, unit_id));
CREATE POLICY reads_removal ON public.care_removalperson AS RESTRICTIVE FOR SELECT TO arasha_app
    USING (care.reads(dossier_id, removal_id, unit_id)
       AND (answer <> 'sibling_protected' OR care.reads_place(dossier_id, unit_id)));
REVOKE UPDATE ON public.care_visitplan, public.care_removalperson FROM arasha_app;
DROP POLICY team_updates ON public.care_visitplan;
DROP POLICY team_updates ON public.care_removalperson;
"""
# A visit in which the child was seen is a sight, whoever owed it. The rest of the view stands as coordination made it.
SEEN = """
CREATE OR REPLACE VIEW coordination.file_seen WITH (security_invoker = true) AS
SELECT f.dossier, f.place, f.unit, f.since, f.open, greatest((
    SELECT max(o.met_at)
      FROM public.obligations_obligation o
      JOIN public.protocols_version v ON v.id = o.protocol_id
      JOIN public.coordination_sight g ON g.protocol = v.code AND g.step = o.step
     WHERE o.state IN ('met', 'met_late') AND o.dossier_id = ANY (grown.files)
       AND NOT EXISTS (SELECT FROM public.obligations_answer a
                        WHERE a.obligation_id = o.id AND a.withdrawn_at IS NULL AND a.outcome = 'not_seen')
    ), (
    SELECT max(coalesce(j.seen_at, j.judged_at))
      FROM public.cases_safetyjudgement j WHERE j.dossier_id = ANY (grown.files) AND j.seen <> 'not_seen'
    ), (
    SELECT max(m.at)
      FROM public.care_visitmade m WHERE m.dossier_id = ANY (grown.files) AND m.seen <> 'not_seen'
    )) AS seen_at
  FROM (
    SELECT c.dossier_id AS dossier, coordination.place_of(c.territory_id) AS place, c.lead_unit_id AS unit,
           c.opened_at AS since, c.state = 'open' AS open
      FROM public.cases_case c
    UNION ALL
    SELECT s.dossier_id, coordination.place_of(s.territory_id), coalesce(s.taken_by_unit_id, 0), s.received_at, true
      FROM public.signals_signal s WHERE s.state = 'taken'
  ) f
  CROSS JOIN LATERAL (SELECT ARRAY(
      SELECT r.signal_dossier_id FROM public.cases_caseorigin r WHERE r.dossier_id = f.dossier) || f.dossier AS files
  ) grown;
CREATE TRIGGER coordination_seen AFTER INSERT ON public.care_visitmade
    FOR EACH ROW EXECUTE FUNCTION coordination.note_sighting();
"""


def protected(table):
    classes = {name: "sealed" if name == "sealed" else "code" for name in TABLES[table].split()}
    return row_security(table, facet=OBLIGATIONS) + row_journal(
        table, classes=classes, owner="dossier_id", facet=OBLIGATIONS
    )


class Migration(migrations.Migration):
    """Shows a visit's plan to who reads the visit, and what kin said to who reads the removal; a visit is a sight."""

    dependencies = [("care", "0005_planning"), ("coordination", "0033_silence_kept_protected")]
    operations = [
        *(migrations.RunSQL(protected(table)) for table in TABLES),
        migrations.RunSQL(SQL),
        migrations.RunSQL(SEEN),
    ]
