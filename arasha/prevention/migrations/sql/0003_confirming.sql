-- Where nobody else of the organisation issues certificates, coordination of the territory is the second person: it reads
-- what somebody asked to withdraw there, and what it has decided itself, and nothing else.
CREATE FUNCTION prevention.confirms(p_certificate uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.functions())::text[] && ARRAY['coordination_district', 'coordination_region', 'coordination_nation']
   AND EXISTS (
     SELECT FROM public.prevention_certificate c
       JOIN public.access_unit u ON u.id = c.unit_id
       JOIN public.territory_territory t ON t.kato = u.territory_id
       JOIN public.prevention_withdrawal w ON w.certificate_id = c.id
      WHERE c.id = p_certificate
        AND (w.verdict = '' OR w.decided_by_id = (SELECT access.user_id()))
        AND (SELECT access.context() ->> 'territory') = ANY (pg_catalog.string_to_array(t.path, '.')));

CREATE POLICY coordination_reads ON public.prevention_certificate FOR SELECT TO arasha_app
  USING (prevention.confirms(id));
CREATE POLICY coordination_reads ON public.prevention_withdrawal FOR SELECT TO arasha_app
  USING (prevention.confirms(certificate_id));
-- Two persons all the same: whoever asked does not decide, in whatever post.
CREATE POLICY coordination_decides ON public.prevention_withdrawal FOR UPDATE TO arasha_app
  USING (prevention.confirms(certificate_id) AND verdict = '' AND asked_by_id <> (SELECT access.user_id()))
  WITH CHECK (prevention.confirms(certificate_id) AND decided_by_id = (SELECT access.user_id()) AND verdict <> '');
