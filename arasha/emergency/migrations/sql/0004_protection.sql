-- Which conditions of services are lifted: said by who declares the emergency, read by the same readers.
GRANT SELECT, INSERT ON public.emergency_lifting TO arasha_app;
CREATE POLICY staff_reads ON public.emergency_lifting FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR (SELECT access.context() ->> 'post') IS NOT NULL);
CREATE POLICY coordination_inserts ON public.emergency_lifting FOR INSERT TO arasha_app
  WITH CHECK (said_by_id = (SELECT access.user_id())
              AND (SELECT emergency.declares(e.territory_id) FROM public.emergency_emergency e
                    WHERE e.id = emergency_id AND e.ended_at IS NULL));

-- What the directory asks (services 0012). A body works as the most open of its units there that said anything; of a
-- protected body nothing is ever given out.
CREATE OR REPLACE FUNCTION services.emergencies(p_day date) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH running AS (
    SELECT e.id, e.territory_id FROM public.emergency_emergency e
     WHERE e.ended_at IS NULL AND p_day BETWEEN e.first_on AND e.last_on
  ), last AS (
    SELECT DISTINCT ON (s.unit_id) s.unit_id, s.state, s.until, r.territory_id
      FROM public.emergency_standing s JOIN running r ON r.id = s.emergency_id
     ORDER BY s.unit_id, s.said_at DESC, s.id DESC
  ), body AS (
    SELECT u.body_id, l.territory_id,
        CASE WHEN bool_or(l.state = 'open') THEN 'open' WHEN bool_or(l.state = 'remote') THEN 'remote' ELSE 'closed' END AS state
      FROM last l
      JOIN public.access_unit u ON u.id = l.unit_id
      JOIN public.access_body b ON b.id = u.body_id AND NOT b.protected
     WHERE l.until >= p_day
     GROUP BY u.body_id, l.territory_id
  ), works AS (
    SELECT body.body_id, jsonb_object_agg(body.territory_id, body.state) AS states FROM body
     GROUP BY body.body_id
  ), said AS (
    SELECT DISTINCT ON (f.emergency_id) r.territory_id, f.conditions
      FROM public.emergency_lifting f JOIN running r ON r.id = f.emergency_id
     ORDER BY f.emergency_id, f.said_at DESC, f.id DESC
  ), lifted AS (
    SELECT said.territory_id, jsonb_agg(DISTINCT c.code) AS conditions
      FROM said CROSS JOIN unnest(said.conditions) AS c(code)
     GROUP BY said.territory_id
  )
  SELECT jsonb_build_object(
      'works', coalesce((SELECT jsonb_object_agg(works.body_id, works.states) FROM works), '{}'),
      'lifted', coalesce((SELECT jsonb_object_agg(lifted.territory_id, lifted.conditions) FROM lifted), '{}'))
   WHERE EXISTS (SELECT FROM running);
END;
