-- Unmet need as a figure: what was asked for children and not given. Counted here; nothing below ten leaves, and the rest is
-- rounded to five, so that no two questions differ by one child. What is protected is told for whole regions alone.

CREATE SCHEMA IF NOT EXISTS plans;
REVOKE ALL ON SCHEMA plans FROM PUBLIC;
GRANT USAGE ON SCHEMA plans TO arasha_app, arasha_definer;

CREATE FUNCTION plans.told_count(p_count bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_count >= 10 THEN (p_count + 2) / 5 * 5 END;

-- Whole months of a place within the reader's own territory, for coordination. A need is a run of places (`root`): what was
-- refused and asked elsewhere is one. `what`: all, service, place, month (needs), or refusal (steps of refusing, by reason).
CREATE FUNCTION plans.unmet_need(p_since date, p_until date, p_place text)
RETURNS TABLE (what text, code text, asked bigint, begun bigint, waiting bigint, unmet bigint, missed bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_since timestamptz := p_since::timestamp AT TIME ZONE 'Asia/Almaty';
  v_until timestamptz := p_until::timestamp AT TIME ZONE 'Asia/Almaty';
  v_level smallint := (SELECT t.level FROM public.territory_territory t WHERE t.kato = p_place);
BEGIN
  IF NOT access.functions()::text[] && ARRAY['coordination_district', 'coordination_region', 'coordination_nation']
     OR date_trunc('month', p_since::timestamp) <> p_since OR date_trunc('month', p_until::timestamp) <> p_until
     OR NOT EXISTS (SELECT FROM public.territory_territory t WHERE t.kato = p_place
                     AND (access.context() ->> 'territory') = ANY (string_to_array(t.path, '.'))) THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  END IF;
  RETURN QUERY
  WITH needs AS (
    SELECT f.id, f.service, f.waits_since AS since,
           CASE WHEN v_level = 0 THEN territory.region(c.territory_id)
                WHEN o.protected THEN territory.region(c.territory_id)
                ELSE territory.district(c.territory_id) END AS at,
           o.protected
      FROM public.plans_serviceplace f
      JOIN public.services_offering o ON o.id = f.offering_id
      JOIN public.cases_case c ON c.dossier_id = f.dossier_id
      JOIN public.territory_territory t ON t.kato = c.territory_id
     WHERE f.root_id = f.id AND f.asked_at >= v_since AND f.asked_at < v_until
       AND p_place = ANY (string_to_array(t.path, '.')) AND (NOT o.protected OR v_level <= 1)),
  stand AS (
    SELECT n.*,
           EXISTS (SELECT FROM public.plans_serviceplace p JOIN public.plans_serviceplacestep s ON s.place_id = p.id
                    WHERE p.root_id = n.id AND s.step = 'begin') AS begun,
           EXISTS (SELECT FROM public.plans_serviceplace p
                    WHERE p.root_id = n.id AND p.state IN ('asked', 'waiting', 'booked', 'missed')) AS waiting,
           EXISTS (SELECT FROM public.plans_serviceplace p JOIN public.plans_serviceplacestep s ON s.place_id = p.id
                    WHERE p.root_id = n.id AND s.step = 'miss') AS missed
      FROM needs n),
  counted AS (
    SELECT CASE GROUPING(s.service, s.at, date_trunc('month', s.since, 'Asia/Almaty'))
             WHEN 7 THEN 'all' WHEN 3 THEN 'service' WHEN 5 THEN 'place' ELSE 'month' END AS kind,
           coalesce(s.service, s.at,
             to_char(date_trunc('month', s.since, 'Asia/Almaty') AT TIME ZONE 'Asia/Almaty', 'YYYY-MM'), '') AS named,
           count(*) AS n_asked,
           count(*) FILTER (WHERE s.begun) AS n_begun,
           count(*) FILTER (WHERE NOT s.begun AND s.waiting) AS n_waiting,
           count(*) FILTER (WHERE NOT s.begun AND NOT s.waiting) AS n_unmet,
           count(*) FILTER (WHERE s.missed) AS n_missed
      FROM stand s
     GROUP BY GROUPING SETS ((), (s.service), (s.at), (date_trunc('month', s.since, 'Asia/Almaty'))))
  SELECT c.kind, c.named, plans.told_count(c.n_asked), plans.told_count(c.n_begun), plans.told_count(c.n_waiting),
         plans.told_count(c.n_unmet), plans.told_count(c.n_missed)
    -- A line that is there though it holds no number would tell that somebody asked, or was refused for this.
    FROM counted c WHERE c.n_asked >= 10 OR c.kind = 'all' AND c.n_asked > 0
  UNION ALL
  SELECT 'refusal', s.reason, plans.told_count(count(*)), NULL, NULL, NULL, NULL
    FROM stand n JOIN public.plans_serviceplace p ON p.root_id = n.id
    JOIN public.plans_serviceplacestep s ON s.place_id = p.id AND s.step = 'refuse'
   GROUP BY s.reason HAVING count(*) >= 10;
END $$;
