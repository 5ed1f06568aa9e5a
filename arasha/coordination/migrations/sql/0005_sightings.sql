-- Which files' children somebody should see, and when somebody last did, a row a file: asked by the file, so that one
-- act reads what belongs to one file however many there are, and all of them are read in time that grows with them.
-- A signal that somebody took and that is no case yet counts; one that still waits stands among the signals.
CREATE VIEW coordination.file_seen WITH (security_invoker = true) AS
SELECT f.dossier, f.place, f.unit, f.since, f.open, (
    -- What was seen under a signal was seen for the case that it grew into.
    SELECT max(o.met_at)
      FROM public.obligations_obligation o
      JOIN public.protocols_version v ON v.id = o.protocol_id
      JOIN public.coordination_sight g ON g.protocol = v.code AND g.step = o.step
     WHERE o.state IN ('met', 'met_late')
       AND o.dossier_id = ANY (ARRAY(
           SELECT r.signal_dossier_id FROM public.cases_caseorigin r WHERE r.dossier_id = f.dossier) || f.dossier)
    ) AS seen_at
  FROM (
    SELECT c.dossier_id AS dossier, coordination.place_of(c.territory_id) AS place, c.lead_unit_id AS unit,
           c.opened_at AS since, c.state = 'open' AS open
      FROM public.cases_case c
    UNION ALL
    SELECT s.dossier_id, coordination.place_of(s.territory_id), coalesce(s.taken_by_unit_id, 0), s.received_at, true
      FROM public.signals_signal s WHERE s.state = 'taken'
  ) f;

-- Brings the rows of these files to what the view says; returns how many were wrong. NULL: of all files.
CREATE OR REPLACE FUNCTION coordination.sight(p_dossiers uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_files uuid[] := p_dossiers; v_gone integer; v_wrong integer;
BEGIN
    -- Named one by one, never "or all": a plan kept for both would read every duty of the country at each act.
    IF v_files IS NULL THEN
        v_files := ARRAY(
            SELECT dossier_id FROM public.cases_case UNION SELECT dossier_id FROM public.coordination_sighting
            UNION SELECT dossier_id FROM public.signals_signal WHERE state = 'taken');
    END IF;
    DELETE FROM public.coordination_sighting s
     WHERE s.dossier_id = ANY (v_files)
       AND NOT EXISTS (SELECT FROM public.cases_case c WHERE c.dossier_id = s.dossier_id)
       AND NOT EXISTS (SELECT FROM public.signals_signal g WHERE g.dossier_id = s.dossier_id AND g.state = 'taken');
    GET DIAGNOSTICS v_gone = ROW_COUNT;
    INSERT INTO public.coordination_sighting AS s (dossier_id, place, unit, since, seen_at, open)
    SELECT f.dossier, f.place, f.unit, f.since, f.seen_at, f.open
      FROM coordination.file_seen f WHERE f.dossier = ANY (v_files)
    ON CONFLICT (dossier_id) DO UPDATE
       SET place = excluded.place, unit = excluded.unit, since = excluded.since, seen_at = excluded.seen_at, open = excluded.open
     WHERE (s.place, s.unit, s.since, s.seen_at, s.open)
        IS DISTINCT FROM (excluded.place, excluded.unit, excluded.since, excluded.seen_at, excluded.open);
    GET DIAGNOSTICS v_wrong = ROW_COUNT;
    RETURN v_gone + v_wrong;
END $$;

DROP FUNCTION coordination.sightings(uuid[]);
