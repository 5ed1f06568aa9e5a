-- What somebody wrote about an adult's own safety is theirs to read and to go on with, in the unit for which they
-- asked, without a grant; nobody else's is. See access.may_keep_own.
CREATE POLICY own_reads ON public.questionnaires_response FOR SELECT TO arasha_app USING (
  facet = 21 AND begun_by_id = (SELECT access.user_id()) AND unit_id = ANY ((SELECT access.units())::integer[])
  AND access.may_keep_own(dossier_id, facet));
CREATE POLICY own_inserts ON public.questionnaires_response FOR INSERT TO arasha_app WITH CHECK (
  facet = 21 AND begun_by_id = (SELECT access.user_id()) AND unit_id = ANY ((SELECT access.units())::integer[])
  AND access.may_keep_own(dossier_id, facet));
CREATE POLICY own_updates ON public.questionnaires_response FOR UPDATE TO arasha_app USING (
  facet = 21 AND begun_by_id = (SELECT access.user_id()) AND unit_id = ANY ((SELECT access.units())::integer[])
  AND access.may_keep_own(dossier_id, facet));

-- Drafts and answers belong to whoever began their response. The look into the response passes its own policies.
CREATE FUNCTION questionnaires.is_own(p_response uuid, p_dossier uuid, p_facet smallint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY INVOKER SET search_path = pg_catalog, pg_temp
RETURN p_facet = 21 AND access.may_keep_own(p_dossier, p_facet) AND EXISTS (
  SELECT FROM public.questionnaires_response r
   WHERE r.id = p_response AND r.dossier_id = p_dossier AND r.facet = p_facet
     AND r.begun_by_id = access.user_id() AND r.unit_id = ANY (access.units()));
REVOKE ALL ON FUNCTION questionnaires.is_own(uuid, uuid, smallint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION questionnaires.is_own(uuid, uuid, smallint) TO arasha_app;

CREATE POLICY own_reads ON public.questionnaires_responsedraft FOR SELECT TO arasha_app
  USING (facet = 21 AND questionnaires.is_own(response_id, dossier_id, facet));
CREATE POLICY own_inserts ON public.questionnaires_responsedraft FOR INSERT TO arasha_app
  WITH CHECK (facet = 21 AND questionnaires.is_own(response_id, dossier_id, facet));
CREATE POLICY own_updates ON public.questionnaires_responsedraft FOR UPDATE TO arasha_app
  USING (facet = 21 AND questionnaires.is_own(response_id, dossier_id, facet));
CREATE POLICY own_reads ON public.questionnaires_answer FOR SELECT TO arasha_app
  USING (facet = 21 AND questionnaires.is_own(response_id, dossier_id, facet));
CREATE POLICY own_inserts ON public.questionnaires_answer FOR INSERT TO arasha_app
  WITH CHECK (facet = 21 AND questionnaires.is_own(response_id, dossier_id, facet));
