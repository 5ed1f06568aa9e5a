-- Certificates: read and issued by the people of one body whose unit issues them; withdrawn by two of them. Everybody
-- may ask one thing of a number, and nobody can list any: numbers are kept as keyed hashes, holders not at all.

CREATE SCHEMA prevention;
REVOKE ALL ON SCHEMA prevention FROM PUBLIC;
GRANT USAGE ON SCHEMA prevention TO arasha_app, arasha_public;

-- Whether who acts issues certificates in the name of this body.
CREATE FUNCTION prevention.issues(p_body integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_body = (SELECT access.body_id())
   AND (SELECT access.functions())::text[] && ARRAY['family_support', 'guardianship'];

CREATE FUNCTION prevention.issued_here(p_certificate uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.prevention_certificate c
                WHERE c.id = p_certificate AND prevention.issues(c.body_id));

-- The one question of the public: true, or false for whatever reason. It writes nothing.
CREATE FUNCTION prevention.valid(p_fingerprint bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM public.prevention_certificate c
     WHERE c.fingerprint = p_fingerprint
       AND (c.valid_until IS NULL OR c.valid_until >= (worktime.now() AT TIME ZONE 'Asia/Almaty')::date)
       AND NOT EXISTS (SELECT FROM public.prevention_withdrawal w
                        WHERE w.certificate_id = c.id AND w.verdict = 'withdrawn'));
END;

GRANT SELECT, INSERT ON public.prevention_certificate, public.prevention_withdrawal TO arasha_app;
GRANT UPDATE (verdict, decided_by_id, decided_at) ON public.prevention_withdrawal TO arasha_app;

CREATE POLICY issuer_reads ON public.prevention_certificate FOR SELECT TO arasha_app
  USING (prevention.issues(body_id));
CREATE POLICY issuer_inserts ON public.prevention_certificate FOR INSERT TO arasha_app
  WITH CHECK (prevention.issues(body_id) AND unit_id = (SELECT access.unit_id()));
CREATE POLICY issuer_reads ON public.prevention_withdrawal FOR SELECT TO arasha_app
  USING (prevention.issued_here(certificate_id));
CREATE POLICY issuer_asks ON public.prevention_withdrawal FOR INSERT TO arasha_app
  WITH CHECK (prevention.issued_here(certificate_id) AND asked_by_id = (SELECT access.user_id()) AND verdict = '');
-- Whoever asked does not decide, and what was decided stays.
CREATE POLICY second_decides ON public.prevention_withdrawal FOR UPDATE TO arasha_app
  USING (prevention.issued_here(certificate_id) AND verdict = '' AND asked_by_id <> (SELECT access.user_id()))
  WITH CHECK (prevention.issued_here(certificate_id) AND decided_by_id = (SELECT access.user_id()) AND verdict <> '');
