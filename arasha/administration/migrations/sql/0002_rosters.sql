-- Rosters: names and numbers for work, read by whoever acts in a post, arranged by the unit's head, the head of the
-- unit above it, or an administrator of the place. Rows are ended or withdrawn, never changed or removed otherwise.

CREATE FUNCTION administration.arranges_roster(p_unit integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN access.administers(access.unit_territory(p_unit)) OR EXISTS (
  SELECT FROM public.access_post p JOIN public.access_unit u ON u.id = p_unit
   WHERE p.id = (SELECT access.post_id()) AND p.rank = 'head' AND p.unit_id IN (u.id, u.parent_id));

GRANT SELECT, INSERT ON public.administration_rosterline, public.administration_rosterchange TO arasha_app;
GRANT UPDATE (until) ON public.administration_rosterline TO arasha_app;
GRANT UPDATE (withdrawn_at) ON public.administration_rosterchange TO arasha_app;

CREATE POLICY acting_reads ON public.administration_rosterline FOR SELECT TO arasha_app
  USING ((SELECT access.post_id()) IS NOT NULL OR (SELECT access.is_system()));
CREATE POLICY arranges_inserts ON public.administration_rosterline FOR INSERT TO arasha_app
  WITH CHECK (administration.arranges_roster(unit_id));
CREATE POLICY arranges_updates ON public.administration_rosterline FOR UPDATE TO arasha_app
  USING (administration.arranges_roster(unit_id)) WITH CHECK (administration.arranges_roster(unit_id));

CREATE POLICY acting_reads ON public.administration_rosterchange FOR SELECT TO arasha_app
  USING ((SELECT access.post_id()) IS NOT NULL OR (SELECT access.is_system()));
CREATE POLICY arranges_inserts ON public.administration_rosterchange FOR INSERT TO arasha_app
  WITH CHECK (administration.arranges_roster(unit_id));
CREATE POLICY arranges_updates ON public.administration_rosterchange FOR UPDATE TO arasha_app
  USING (administration.arranges_roster(unit_id)) WITH CHECK (administration.arranges_roster(unit_id));
