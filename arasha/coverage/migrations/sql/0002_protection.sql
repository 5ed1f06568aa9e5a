-- Infrastructure: read by whoever acts in a post; entered by coordination, each in its own territory. Nothing changes.

CREATE SCHEMA coverage;
REVOKE ALL ON SCHEMA coverage FROM PUBLIC;
GRANT USAGE ON SCHEMA coverage TO arasha_app;

CREATE FUNCTION coverage.keeps(p_place text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.functions())::text[] && ARRAY['coordination_district', 'coordination_region', 'coordination_nation']
   AND EXISTS (
     SELECT FROM public.territory_territory t WHERE t.kato = p_place
        AND (SELECT access.context() ->> 'territory') = ANY (pg_catalog.string_to_array(t.path, '.')));

CREATE FUNCTION coverage.keeps_commitment(p_commitment uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT coverage.keeps(c.territory_id) FROM public.coverage_commitment c WHERE c.id = p_commitment);

-- Whether a step is one of this commitment that can be corrected: a correction is none.
CREATE FUNCTION coverage.step_of(p_step uuid, p_commitment uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.coverage_step s
                WHERE s.id = p_step AND s.commitment_id = p_commitment AND s.kind <> 'corrected');

GRANT SELECT, INSERT ON public.coverage_commitment, public.coverage_step, public.coverage_need TO arasha_app;

CREATE POLICY staff_reads ON public.coverage_commitment FOR SELECT TO arasha_app
  USING ((SELECT access.context() ->> 'post') IS NOT NULL);
CREATE POLICY staff_reads ON public.coverage_step FOR SELECT TO arasha_app
  USING ((SELECT access.context() ->> 'post') IS NOT NULL);
CREATE POLICY staff_reads ON public.coverage_need FOR SELECT TO arasha_app
  USING ((SELECT access.context() ->> 'post') IS NOT NULL);
CREATE POLICY keeper_inserts ON public.coverage_commitment FOR INSERT TO arasha_app
  WITH CHECK (coverage.keeps(territory_id) AND entered_by_id = (SELECT access.user_id()));
CREATE POLICY keeper_inserts ON public.coverage_step FOR INSERT TO arasha_app
  WITH CHECK (coverage.keeps_commitment(commitment_id) AND entered_by_id = (SELECT access.user_id())
    AND (corrects_id IS NULL OR coverage.step_of(corrects_id, commitment_id)));
CREATE POLICY keeper_inserts ON public.coverage_need FOR INSERT TO arasha_app
  WITH CHECK (coverage.keeps(territory_id) AND entered_by_id = (SELECT access.user_id()));
