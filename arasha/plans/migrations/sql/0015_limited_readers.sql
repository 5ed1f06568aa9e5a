-- A service that a child was referred to lies on the file with a limited part: it sees the referral and the place that were
-- asked of it. What else lies under the facet of plans is closed to it: where the child is safe, what was agreed with the
-- family, which other services help.
DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY[
        'plans_safetyplan', 'plans_safetyplanitem', 'plans_safetyplandraft', 'plans_eligibilitydecision',
        'plans_eligibilityfact', 'plans_childplan', 'plans_plangoal', 'plans_planaction', 'plans_planvoice',
        'plans_planmark']
    LOOP
        EXECUTE format(
            'CREATE POLICY whole_plan ON public.%I AS RESTRICTIVE TO arasha_app'
            ' USING (dossier_id <> ALL ((SELECT access.limited())::uuid[]))'
            ' WITH CHECK (dossier_id <> ALL ((SELECT access.limited())::uuid[]))', v_table);
    END LOOP;
END $$;

CREATE POLICY own_referral ON public.plans_referral AS RESTRICTIVE FOR SELECT TO arasha_app USING (
    dossier_id <> ALL ((SELECT access.limited())::uuid[]) OR to_unit_id = ANY ((SELECT access.units())::integer[]));
CREATE POLICY own_referral ON public.plans_referralstep AS RESTRICTIVE FOR SELECT TO arasha_app USING (
    dossier_id <> ALL ((SELECT access.limited())::uuid[])
    OR EXISTS (SELECT FROM public.plans_referral r WHERE r.id = referral_id));
-- The needs with which children were referred to who acts. When the help there begins, what the child had from a service
-- that ends is ended in the same act: so that one place is theirs to see, too.
CREATE FUNCTION plans.asked_roots() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN ARRAY(
    SELECT DISTINCT p.root_id FROM public.plans_referral r JOIN public.plans_serviceplace p ON p.id = r.place_id
     WHERE r.to_unit_id = ANY ((SELECT access.units())::integer[]));

CREATE POLICY own_place ON public.plans_serviceplace AS RESTRICTIVE FOR SELECT TO arasha_app USING (
    dossier_id <> ALL ((SELECT access.limited())::uuid[])
    OR EXISTS (SELECT FROM public.plans_referral r WHERE r.place_id = plans_serviceplace.id)
    OR hand_over_at IS NOT NULL AND root_id = ANY ((SELECT plans.asked_roots())::uuid[]));
CREATE POLICY own_place ON public.plans_serviceplacestep AS RESTRICTIVE FOR SELECT TO arasha_app USING (
    dossier_id <> ALL ((SELECT access.limited())::uuid[])
    OR EXISTS (SELECT FROM public.plans_referral r WHERE r.place_id = plans_serviceplacestep.place_id));
