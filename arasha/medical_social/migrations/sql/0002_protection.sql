-- Who knows that a child is on the register: who sent the notice while nobody has decided, who owes the decision, who
-- keeps it, and who reads the file's plan. Once it is over: who kept it, and who leads or oversees the file.
CREATE FUNCTION medical_social.knows(p_dossier uuid, p_id uuid, p_state text, p_unit integer, p_notifier integer)
RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.is_system())
    OR p_unit = ANY ((SELECT access.units())::integer[])
    OR p_state = 'notified' AND (
        p_notifier = ANY ((SELECT access.units())::integer[])
        OR EXISTS (SELECT FROM public.obligations_obligation o
                    WHERE o.about = p_id AND o.unit_id = ANY ((SELECT access.units())::integer[])
                      AND o.state IN ('open', 'overdue', 'suspended')))
    OR (p_state IN ('notified', 'kept') OR access.my_parts(p_dossier) && ARRAY['lead', 'overseeing'])
        AND access.reads_plan(p_dossier);

CREATE POLICY knows ON public.medical_social_enrolment AS RESTRICTIVE FOR SELECT TO arasha_app
    USING (medical_social.knows(dossier_id, id, state, unit_id, notified_by_id));
CREATE POLICY knows ON public.medical_social_enrolmentstep AS RESTRICTIVE FOR SELECT TO arasha_app
    USING ((SELECT access.is_system())
        OR EXISTS (SELECT FROM public.medical_social_enrolment e WHERE e.id = enrolment_id));
REVOKE UPDATE ON public.medical_social_enrolmentstep FROM arasha_app;
DROP POLICY team_updates ON public.medical_social_enrolmentstep;
-- What the notice said stays as it came.
REVOKE UPDATE ON public.medical_social_enrolment FROM arasha_app;
GRANT UPDATE (state, unit_id, kept_at, needs, measures_until, review_on, ended_at, reason)
    ON public.medical_social_enrolment TO arasha_app;
