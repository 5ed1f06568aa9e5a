-- Leave and load are a unit's own matter: its people and the clock read them, nobody else. The notes with which a case is
-- handed over lie in its file, among its narratives: only who reads those reads them, whoever's leave it is.

GRANT SELECT, INSERT, UPDATE ON public.workforce_leave TO arasha_app;
CREATE POLICY unit_reads ON public.workforce_leave FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR unit_id = ANY ((SELECT access.units())::integer[])
    OR worker_id = (SELECT access.user_id()));
CREATE POLICY unit_inserts ON public.workforce_leave FOR INSERT TO arasha_app
  WITH CHECK (unit_id = ANY ((SELECT access.units())::integer[]) AND made_by_id = (SELECT access.user_id()));
CREATE POLICY unit_updates ON public.workforce_leave FOR UPDATE TO arasha_app
  USING ((SELECT access.is_system()) OR unit_id = ANY ((SELECT access.units())::integer[]))
  WITH CHECK ((SELECT access.is_system()) OR unit_id = ANY ((SELECT access.units())::integer[]));
REVOKE UPDATE ON public.workforce_leave FROM arasha_app;
GRANT UPDATE (state, last_on) ON public.workforce_leave TO arasha_app;

GRANT SELECT, INSERT, UPDATE ON public.workforce_overload TO arasha_app;
CREATE POLICY unit_reads ON public.workforce_overload FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR unit_id = ANY ((SELECT access.units())::integer[]));
CREATE POLICY clock_inserts ON public.workforce_overload FOR INSERT TO arasha_app
  WITH CHECK ((SELECT access.is_system()));
CREATE POLICY clock_updates ON public.workforce_overload FOR UPDATE TO arasha_app
  USING ((SELECT access.is_system())) WITH CHECK ((SELECT access.is_system()));
