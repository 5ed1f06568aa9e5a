-- A child's own application is there for who has to do with it: who took it down, who leads the file or reads its plan,
-- and a unit that owes something by its procedure. A unit that only owes the file something else learns nothing of it.

CREATE SCHEMA adulthood;
REVOKE ALL ON SCHEMA adulthood FROM PUBLIC;
GRANT USAGE ON SCHEMA adulthood TO arasha_app;

CREATE FUNCTION adulthood.reads(p_dossier uuid, p_unit integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_unit = ANY ((SELECT access.units())::integer[])
  OR access.reads_plan(p_dossier)
  OR EXISTS (
    SELECT FROM public.access_dossier d
     WHERE d.id = p_dossier AND d.lead_unit_id = ANY ((SELECT access.units())::integer[]))
  OR EXISTS (
    SELECT FROM public.obligations_obligation o JOIN public.protocols_version p ON p.id = o.protocol_id
     WHERE o.dossier_id = p_dossier AND p.code = 'own_application'
       AND o.unit_id = ANY ((SELECT access.units())::integer[]));

-- Which application of a kind is under way, for who takes one down and may not read the other's: two who file the same
-- find one. Only who may write what the file owes is answered.
CREATE FUNCTION adulthood.standing(p_dossier uuid, p_kind text) RETURNS uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (
    SELECT a.id FROM public.adulthood_application a
     WHERE a.dossier_id = p_dossier AND a.kind = p_kind AND a.state = 'open'
       AND access.may_write(p_dossier, 7::smallint));

CREATE POLICY need_to_know ON public.adulthood_application AS RESTRICTIVE FOR SELECT TO arasha_app
    USING ((SELECT access.is_system()) OR adulthood.reads(dossier_id, unit_id));
-- A turn is read by whoever reads its application.
CREATE POLICY need_to_know ON public.adulthood_turn AS RESTRICTIVE FOR SELECT TO arasha_app
    USING (EXISTS (SELECT FROM public.adulthood_application a WHERE a.id = adulthood_turn.application_id));
