-- Who answers for an institution: no child and no name is in it.

CREATE SCHEMA institutions;
REVOKE ALL ON SCHEMA institutions FROM PUBLIC;
GRANT USAGE ON SCHEMA institutions TO arasha_app;

-- Whether who acts says it of an institution: in its own unit, or as coordination whose territory holds it.
CREATE FUNCTION institutions.keeps(p_institution bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_institution = ANY ((SELECT access.units())::integer[])
    OR ((SELECT access.functions())::text[] && ARRAY['coordination_district', 'coordination_region', 'coordination_nation']
        AND EXISTS (
          SELECT FROM public.access_unit u JOIN public.territory_territory t ON t.kato = u.territory_id
           WHERE u.id = p_institution
             AND (SELECT access.context() ->> 'territory') = ANY (pg_catalog.string_to_array(t.path, '.'))));

-- Policies
GRANT SELECT, INSERT ON public.institutions_contact TO arasha_app;
CREATE POLICY staff_reads ON public.institutions_contact FOR SELECT TO arasha_app
  USING ((SELECT access.context() ->> 'post') IS NOT NULL);
CREATE POLICY keeper_inserts ON public.institutions_contact FOR INSERT TO arasha_app
  WITH CHECK (institutions.keeps(institution_id) AND user_id = (SELECT access.user_id())
    AND unit_id = ANY ((SELECT access.units())::integer[]));
