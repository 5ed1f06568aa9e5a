-- Emergencies: read by whoever acts in a post, and by the clock; declared by coordination, each in its own territory.

CREATE SCHEMA emergency;
REVOKE ALL ON SCHEMA emergency FROM PUBLIC;
GRANT USAGE ON SCHEMA emergency TO arasha_app;

CREATE FUNCTION emergency.declares(p_place text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.functions())::text[] && ARRAY['coordination_district', 'coordination_region', 'coordination_nation']
   AND EXISTS (
     SELECT FROM public.territory_territory t WHERE t.kato = p_place
        AND (SELECT access.context() ->> 'territory') = ANY (pg_catalog.string_to_array(t.path, '.')));

CREATE FUNCTION emergency.says(p_unit integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_unit = (SELECT access.unit_id())
    OR (SELECT emergency.declares(u.territory_id) FROM public.access_unit u WHERE u.id = p_unit);

GRANT SELECT, INSERT ON public.emergency_emergency, public.emergency_standing TO arasha_app;
GRANT UPDATE (ended_at, ended_by_id) ON public.emergency_emergency TO arasha_app;

CREATE POLICY staff_reads ON public.emergency_emergency FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR (SELECT access.context() ->> 'post') IS NOT NULL);
CREATE POLICY staff_reads ON public.emergency_standing FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR (SELECT access.context() ->> 'post') IS NOT NULL);
CREATE POLICY coordination_inserts ON public.emergency_emergency FOR INSERT TO arasha_app
  WITH CHECK (emergency.declares(territory_id) AND declared_by_id = (SELECT access.user_id()) AND ended_at IS NULL);
CREATE POLICY coordination_ends ON public.emergency_emergency FOR UPDATE TO arasha_app
  USING (ended_at IS NULL AND ((SELECT access.is_system()) OR emergency.declares(territory_id)))
  WITH CHECK ((SELECT access.is_system()) AND ended_by_id IS NULL OR ended_by_id = (SELECT access.user_id()));
CREATE POLICY body_inserts ON public.emergency_standing FOR INSERT TO arasha_app
  WITH CHECK (emergency.says(unit_id) AND said_by_id = (SELECT access.user_id()));
