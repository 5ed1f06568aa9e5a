-- What is recorded towards adulthood is read by who recorded it, who leads the file or reads its plan, and a unit that
-- owes something of the aftercare.
CREATE FUNCTION adulthood.helps(p_dossier uuid, p_unit integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_unit = ANY ((SELECT access.units())::integer[])
  OR access.reads_plan(p_dossier)
  OR EXISTS (
    SELECT FROM public.access_dossier d
     WHERE d.id = p_dossier AND d.lead_unit_id = ANY ((SELECT access.units())::integer[]))
  OR EXISTS (
    SELECT FROM public.obligations_obligation o JOIN public.protocols_version p ON p.id = o.protocol_id
     WHERE o.dossier_id = p_dossier AND p.code = 'aftercare'
       AND o.unit_id = ANY ((SELECT access.units())::integer[]));

CREATE POLICY need_to_know ON public.adulthood_entry AS RESTRICTIVE FOR SELECT TO arasha_app
    USING ((SELECT access.is_system()) OR adulthood.helps(dossier_id, unit_id));

-- An entry never changes: a later one of the same point counts.
REVOKE UPDATE ON public.adulthood_entry FROM arasha_app;
DROP POLICY team_updates ON public.adulthood_entry;
