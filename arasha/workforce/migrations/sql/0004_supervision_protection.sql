-- That two people meet, and whether they did, is their unit's matter. What they wrote of it is theirs alone: no head, no
-- administrator, no file's team and not the clock reads it, and nobody changes it.

GRANT SELECT, INSERT ON public.workforce_supervision TO arasha_app;
GRANT UPDATE (state, reminded_at) ON public.workforce_supervision TO arasha_app;
CREATE POLICY unit_reads ON public.workforce_supervision FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR unit_id = ANY ((SELECT access.units())::integer[])
    OR (SELECT access.user_id()) IN (worker_id, supervisor_id));
CREATE POLICY two_insert ON public.workforce_supervision FOR INSERT TO arasha_app
  WITH CHECK (made_by_id = (SELECT access.user_id()) AND made_by_id IN (worker_id, supervisor_id));
CREATE POLICY two_update ON public.workforce_supervision FOR UPDATE TO arasha_app
  USING ((SELECT access.is_system()) OR (SELECT access.user_id()) IN (worker_id, supervisor_id))
  WITH CHECK ((SELECT access.is_system()) OR (SELECT access.user_id()) IN (worker_id, supervisor_id));

GRANT SELECT, INSERT ON public.workforce_reflection TO arasha_app;
CREATE POLICY two_read ON public.workforce_reflection FOR SELECT TO arasha_app
  USING (EXISTS (SELECT FROM public.workforce_supervision s WHERE s.id = session_id
    AND (SELECT access.user_id()) IN (s.worker_id, s.supervisor_id)));
CREATE POLICY two_insert ON public.workforce_reflection FOR INSERT TO arasha_app
  WITH CHECK (writer_id = (SELECT access.user_id())
    AND EXISTS (SELECT FROM public.workforce_supervision s WHERE s.id = session_id
      AND (SELECT access.user_id()) IN (s.worker_id, s.supervisor_id)));
