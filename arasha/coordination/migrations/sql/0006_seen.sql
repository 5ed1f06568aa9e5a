-- A child is seen when a step that can't be done without seeing the child is answered, unless the answer says that the
-- child could not be seen; and when whoever judges the child's safety says that the child was seen.
CREATE OR REPLACE VIEW coordination.file_seen WITH (security_invoker = true) AS
SELECT f.dossier, f.place, f.unit, f.since, f.open, greatest((
    -- What was seen under a signal was seen for the case that it grew into.
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

CREATE TRIGGER coordination_seen AFTER INSERT OR UPDATE ON public.cases_safetyjudgement
    FOR EACH ROW EXECUTE FUNCTION coordination.note_sighting();
CREATE TRIGGER coordination_seen AFTER UPDATE ON public.obligations_answer
    FOR EACH ROW WHEN (OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at)
    EXECUTE FUNCTION coordination.note_sighting();
