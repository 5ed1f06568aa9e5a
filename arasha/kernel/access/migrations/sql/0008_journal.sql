-- What the journal and the vault show to whom: they stand below access, so their policies stand here.

-- An act belongs to the facet that its codes name, else to the plan. An act of a
-- sealed facet is seen by who holds the grant alone.
CREATE FUNCTION access.act_facet(p_codes jsonb) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce((p_codes ->> 'facet')::smallint, 6::smallint);
CREATE FUNCTION access.may_read_stream(p_kind text, p_key text, p_facet smallint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_kind = 'dossier' THEN
        RETURN access.may_read(p_key::uuid, p_facet);
    ELSIF p_kind = 'user' THEN
        RETURN access.is_system() OR p_key = access.user_id()::text;
    ELSIF p_kind = 'body' THEN
        RETURN access.is_system() OR p_key = access.body_id()::text AND 'administration' = ANY (access.functions());
    END IF;
    RETURN access.is_system();
END $$;

CREATE POLICY barred ON public.journal_act AS RESTRICTIVE TO arasha_app
    USING (NOT (stream_kind = 'dossier' AND stream_key = ANY ((SELECT access.barred())::text[])));
CREATE POLICY stream_reads ON public.journal_act FOR SELECT TO arasha_app USING (
    access.may_read_stream(stream_kind, stream_key, access.act_facet(codes))
    OR EXISTS (SELECT FROM public.journal_link l WHERE l.act_id = journal_act.id
        AND access.may_read_stream(l.kind, l.key, access.act_facet(journal_act.codes))));
CREATE POLICY stream_reads ON public.journal_link FOR SELECT TO arasha_app USING (
    access.may_read_stream(kind, key, 6::smallint));
-- Changes hold columns of every facet: verifying and the mart read them, pages read acts.
CREATE POLICY system_reads ON public.journal_change FOR SELECT TO arasha_app USING ((SELECT access.is_system()));

CREATE POLICY barred ON public.vault_keptfile AS RESTRICTIVE TO arasha_app
    USING (dossier_id <> ALL ((SELECT access.barred())::uuid[]))
    WITH CHECK (dossier_id <> ALL ((SELECT access.barred())::uuid[]));
CREATE POLICY team_reads ON public.vault_keptfile FOR SELECT TO arasha_app USING (access.may_read(dossier_id, facet));
CREATE POLICY team_inserts ON public.vault_keptfile FOR INSERT TO arasha_app
    WITH CHECK (access.may_insert(dossier_id, facet));
-- Earlier values: who reads the facet reads what stood there before.
GRANT SELECT ON public.vault_history TO arasha_app;
CREATE POLICY team_reads ON public.vault_history FOR SELECT TO arasha_app USING (
    scope_kind = 'dossier' AND access.may_read(scope_key, facet));

-- The request's id stands in the context, so that acts carry it; it is a random code, worth nothing to a forger.
CREATE OR REPLACE FUNCTION access.enter(p_session bytea, p_post integer) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_user integer;
BEGIN
    SELECT s.user_id INTO v_user
      FROM public.access_session s JOIN public.access_user u ON u.id = s.user_id
     WHERE s.token_hash = p_session AND s.ended_at IS NULL AND s.expires_at > clock_timestamp() AND u.is_active;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'session not valid' USING ERRCODE = 'AR401';
    END IF;
    RETURN access.set_context(access.context_of(v_user, p_post)
        || jsonb_build_object('request', left(coalesce(current_setting('arasha.request', true), ''), 64)));
END $$;
