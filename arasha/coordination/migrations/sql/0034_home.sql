-- Children who are away from home: their file went to another district, or they stay in another. Of each the district
-- they come from, and whether nobody there may learn where they are. Protected addresses lie under a sealed facet that
-- no system reads: this says for the clock that there is one, never which.

CREATE FUNCTION coordination.away_from_home(p_close text[], p_day date)
RETURNS TABLE (dossier uuid, about uuid, home text, place text, lead integer, hidden boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN QUERY
    WITH went AS (
        SELECT DISTINCT ON (o.dossier_id) o.dossier_id, o.id, u.territory_id::text AS home,
               bool_or(o.reason = ANY (p_close)) OVER (PARTITION BY o.dossier_id) AS closed
          FROM public.cases_leadoffer o JOIN public.access_unit u ON u.id = o.from_unit_id
         WHERE o.state = 'accepted' AND o.territory_id IS NOT NULL
         ORDER BY o.dossier_id, o.offered_at, o.id
    ), stays AS (
        SELECT DISTINCT ON (a.dossier_id) a.dossier_id, a.id, a.territory::text AS place
          FROM public.people_address a JOIN public.people_person p ON p.id = a.person_id
         WHERE a.kind = 'stays' AND a.territory > '' AND a.ended_at IS NULL AND p.role = 'child' AND p.ended_at IS NULL
           AND coalesce(a.since, p_day) <= p_day AND coalesce(a.until, p_day) >= p_day
         ORDER BY a.dossier_id, a.recorded_at DESC, a.id
    )
    SELECT c.dossier_id, coalesce(w.id, s.id), coalesce(w.home, c.territory_id::text),
           coalesce(s.place, c.territory_id::text), c.lead_unit_id,
           coalesce(w.closed, false) OR b.protected OR EXISTS (
             SELECT FROM public.people_address a JOIN public.people_person p ON p.id = a.person_id
              WHERE a.dossier_id = c.dossier_id AND a.kind = 'refuge' AND a.ended_at IS NULL AND p.role = 'child'
                AND p.ended_at IS NULL AND coalesce(a.until, p_day) >= p_day)
      FROM public.cases_case c
      JOIN public.access_unit l ON l.id = c.lead_unit_id JOIN public.access_body b ON b.id = l.body_id
      LEFT JOIN went w ON w.dossier_id = c.dossier_id
      LEFT JOIN stays s ON s.dossier_id = c.dossier_id
     WHERE c.state = 'open' AND (w.id IS NOT NULL OR s.id IS NOT NULL);
END $$;
