-- How much the workers of a unit have to do on average, as one of three words, for whoever may offer it a lead: they see
-- none of its files. A unit of a protected body is in no answer. And how often the lead in a unit's files changed hands
-- because somebody left, for its own people and for coordination of the place.

CREATE FUNCTION workforce.load_bands(p_units integer[], p_at timestamptz, p_weights jsonb, p_limits jsonb)
RETURNS TABLE (unit integer, band text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF access.user_id() IS NULL OR cardinality(access.units()) = 0 THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN QUERY
    WITH asked AS (
        SELECT u.id, u.territory_id::text AS place,
               (SELECT count(DISTINCT p.holder_id) FROM public.access_post p
                 WHERE p.unit_id = u.id AND p.since <= p_at AND (p.until IS NULL OR p.until > p_at)) AS workers
          FROM public.access_unit u JOIN public.access_body b ON b.id = u.body_id
         WHERE u.id = ANY (p_units) AND NOT b.protected
    ), weighed AS (
        SELECT a.id, sum(
            (p_weights->>'base')::numeric + coalesce((p_weights->>('risk_' || r.level))::numeric, 0)
            + CASE WHEN s.state = 'unsafe' THEN (p_weights->>'unsafe')::numeric ELSE 0 END
            + CASE WHEN c.child_age < (p_weights->>'young_below')::numeric THEN (p_weights->>'young')::numeric ELSE 0 END
            + CASE WHEN p_at - c.opened_at < make_interval(days => (p_weights->>'new_days')::integer)
                   THEN (p_weights->>'new')::numeric ELSE 0 END
            + CASE WHEN a.place = ANY (ARRAY[c.territory_id::text, '000000000']
                   || ARRAY(SELECT rpad(left(c.territory_id::text, n), 9, '0') FROM unnest(ARRAY[2, 4, 6, 7]) n))
                   THEN 0 ELSE (p_weights->>'far')::numeric END) AS load
          FROM asked a JOIN public.cases_case c ON c.lead_unit_id = a.id AND c.state = 'open'
          LEFT JOIN LATERAL (SELECT j.level FROM public.cases_riskjudgement j WHERE j.dossier_id = c.dossier_id
                              ORDER BY j.judged_at DESC, j.id DESC LIMIT 1) r ON true
          LEFT JOIN LATERAL (SELECT j.state FROM public.cases_safetyjudgement j WHERE j.dossier_id = c.dossier_id
                              ORDER BY j.judged_at DESC, j.id DESC LIMIT 1) s ON true
         GROUP BY a.id
    ), limited AS (
        SELECT DISTINCT ON (a.id) a.id, (p_limits->f.function_id->>0)::numeric AS warn,
               (p_limits->f.function_id->>1)::numeric AS most
          FROM asked a JOIN public.access_unitfunction f ON f.unit_id = a.id AND p_limits ? f.function_id
           AND f.since <= p_at AND (f.until IS NULL OR f.until > p_at)
         ORDER BY a.id, most
    )
    SELECT a.id, CASE WHEN coalesce(w.load, 0) >= l.most * a.workers THEN 'over'
                      WHEN coalesce(w.load, 0) >= l.warn * a.workers THEN 'near' ELSE 'room' END
      FROM asked a JOIN limited l ON l.id = a.id LEFT JOIN weighed w ON w.id = a.id
     WHERE a.workers > 0;
END $$;

CREATE FUNCTION workforce.leads_moved(p_unit integer, p_since timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF access.user_id() IS NULL OR NOT (p_unit = ANY (access.units()) OR EXISTS (
            SELECT FROM public.access_unitfunction f JOIN public.access_unit m ON m.id = f.unit_id
              JOIN public.access_unit u ON u.id = p_unit
             WHERE m.id = ANY (access.units()) AND f.until IS NULL
               AND f.function_id IN ('coordination_district', 'coordination_region')
               AND m.territory_id::text = ANY (ARRAY[u.territory_id::text] || ARRAY(
                   SELECT rpad(left(u.territory_id::text, n), 9, '0') FROM unnest(ARRAY[2, 4, 6, 7]) n)))) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN (SELECT count(DISTINCT moved.dossier) FROM (
        SELECT o.dossier_id::text AS dossier FROM public.cases_leadoffer o
         WHERE o.from_unit_id = p_unit AND o.state = 'accepted' AND o.reason = 'end_of_post' AND o.answered_at >= p_since
        UNION ALL
        SELECT a.stream_key FROM public.cases_case c
          JOIN public.journal_act a ON a.stream_kind = 'dossier' AND a.stream_key = c.dossier_id::text
         WHERE c.lead_unit_id = p_unit AND a.verb IN ('stand_in_lead', 'leave_lead') AND a.at >= p_since
           AND (a.codes->>'unit')::integer = p_unit) moved);
END $$;
