-- Who is acting, in a form that the application's role can't forge.
-- The context is a setting of the transaction: hex HMAC-SHA-256 over (transaction's mark, JSON), then the JSON.

CREATE SCHEMA access;
REVOKE ALL ON SCHEMA access FROM PUBLIC;
GRANT USAGE ON SCHEMA access TO arasha_app, arasha_public, arasha_reader, arasha_definer;
GRANT CREATE ON SCHEMA access TO arasha_definer;

-- Secrets and sessions are for definer functions alone.
ALTER TABLE public.access_secret ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE public.access_session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY definer_all ON public.access_secret TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.access_session TO arasha_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.access_secret, public.access_session TO arasha_definer;
GRANT USAGE ON SEQUENCE public.access_secret_id_seq TO arasha_definer;

-- What binds a context or a proof to this transaction of this backend, so that neither is of use in another.
CREATE FUNCTION access.transaction_mark() RETURNS text
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN pg_catalog.pg_backend_pid()::text || ':' || (extract(epoch FROM pg_catalog.now()) * 1000000)::bigint::text;

-- HMAC-SHA-256 with a key given as its two padded forms; sha256() is built in, pgcrypto is not needed.
CREATE FUNCTION access.hmac(p_inner bytea, p_outer bytea, p_message text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.encode(pg_catalog.sha256(
    p_outer || pg_catalog.sha256(p_inner || pg_catalog.convert_to(p_message, 'UTF8'))), 'hex');

CREATE FUNCTION access.renew_context_key() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_inner bytea := ''; v_outer bytea := ''; v_random bytea;
BEGIN
    -- gen_random_uuid() draws from the strong random source; four of them hold 488 random bits.
    v_random := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
             || sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    v_inner := v_random; v_outer := v_random;
    FOR i IN 0..63 LOOP
        v_inner := set_byte(v_inner, i, get_byte(v_random, i) # 54);
        v_outer := set_byte(v_outer, i, get_byte(v_random, i) # 92);
    END LOOP;
    UPDATE public.access_secret SET valid_until = clock_timestamp() + interval '1 hour'
     WHERE purpose = 'context' AND valid_until IS NULL;
    INSERT INTO public.access_secret (purpose, "inner", "outer", valid_from)
    VALUES ('context', v_inner, v_outer, clock_timestamp());
END $$;

CREATE FUNCTION access.install_secret(p_inner bytea, p_outer bytea, p_overlap interval DEFAULT '1 hour') RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF length(p_inner) <> 64 OR length(p_outer) <> 64 THEN
        RAISE EXCEPTION 'a padded key has 64 bytes' USING ERRCODE = 'AR403';
    END IF;
    IF EXISTS (SELECT FROM public.access_secret s
                WHERE s.purpose = 'application' AND s."inner" = p_inner AND s.valid_until IS NULL) THEN
        RETURN false;
    END IF;
    UPDATE public.access_secret SET valid_until = clock_timestamp() + p_overlap
     WHERE purpose = 'application' AND valid_until IS NULL;
    INSERT INTO public.access_secret (purpose, "inner", "outer", valid_from)
    VALUES ('application', p_inner, p_outer, clock_timestamp());
    RETURN true;
END $$;

-- Whether the application's key signed this message.
CREATE FUNCTION access.proven(p_message text, p_proof bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (
    SELECT FROM public.access_secret s
     WHERE s.purpose = 'application' AND (s.valid_until IS NULL OR s.valid_until > pg_catalog.clock_timestamp())
       AND access.hmac(s."inner", s."outer", p_message) = pg_catalog.encode(p_proof, 'hex'));

CREATE FUNCTION access.set_context(p_context jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_body text := p_context::text; v_sign text;
BEGIN
    SELECT access.hmac(s."inner", s."outer", access.transaction_mark() || '|' || v_body) INTO STRICT v_sign
      FROM public.access_secret s WHERE s.purpose = 'context' AND s.valid_until IS NULL;
    PERFORM set_config('arasha.context', v_sign || v_body, true);
    RETURN p_context;
END $$;

CREATE FUNCTION access.context() RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_raw text := current_setting('arasha.context', true); v_body text := substr(v_raw, 65);
BEGIN
    IF v_body <> '' AND EXISTS (
        SELECT FROM public.access_secret s
         WHERE s.purpose = 'context' AND (s.valid_until IS NULL OR s.valid_until > now())
           AND access.hmac(s."inner", s."outer", access.transaction_mark() || '|' || v_body) = left(v_raw, 64)) THEN
        RETURN v_body::jsonb;
    END IF;
    RAISE EXCEPTION 'no context' USING ERRCODE = 'AR400';
END $$;

-- Readers. Policies write them as (SELECT access.units()): verified once a query, then fixed.
CREATE FUNCTION access.user_id() RETURNS integer LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'user')::integer;
CREATE FUNCTION access.post_id() RETURNS integer LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'post')::integer;
CREATE FUNCTION access.unit_id() RETURNS integer LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'unit')::integer;
CREATE FUNCTION access.body_id() RETURNS integer LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'body')::integer;
CREATE FUNCTION access.units() RETURNS integer[] LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'units')::integer[];
CREATE FUNCTION access.users() RETURNS integer[] LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'users')::integer[];
CREATE FUNCTION access.bodies() RETURNS integer[] LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'bodies')::integer[];
CREATE FUNCTION access.barred() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'barred')::uuid[];
CREATE FUNCTION access.glass() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'glass')::uuid[];
CREATE FUNCTION access.functions() RETURNS text[] LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'functions')::text[];
CREATE FUNCTION access.reads() RETURNS bigint LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'reads')::bigint;
CREATE FUNCTION access.writes() RETURNS bigint LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'writes')::bigint;
CREATE FUNCTION access.scope() RETURNS text LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN access.context() ->> 'scope';
CREATE FUNCTION access.purpose() RETURNS text LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN access.context() ->> 'purpose';
CREATE FUNCTION access.is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'kind') = 'system';
CREATE FUNCTION access.moment() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN (access.context() ->> 'moment')::timestamptz;

-- What a user's post opens. NULL as post: signed in, acting nowhere.
CREATE FUNCTION access.context_of(p_user integer, p_post integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_moment timestamptz := worktime.now(); v_post record; v_functions text[]; v_reads bigint; v_writes bigint;
    v_bodies integer[]; v_context jsonb;
BEGIN
    SELECT array_agg(DISTINCT t.body_id) INTO v_bodies FROM public.access_tenure t
     WHERE t.user_id = p_user AND (t.until IS NULL OR t.until > v_moment - interval '24 months');
    v_context := jsonb_build_object(
        'kind', 'user', 'user', p_user, 'users', ARRAY[p_user]::text, 'moment', v_moment, 'purpose', '',
        'bodies', coalesce(v_bodies, '{}')::text,
        'barred', coalesce((SELECT array_agg(DISTINCT b.dossier_id) FROM public.access_bar b
            WHERE b.ended_at IS NULL AND (b.user_id = p_user OR b.body_id = ANY (v_bodies))), '{}')::text,
        'units', '{}', 'glass', '{}', 'functions', '{}', 'reads', 0, 'writes', 0, 'scope', '', 'territory', '');
    IF p_post IS NULL THEN
        RETURN v_context;
    END IF;
    SELECT p.id, p.functions AS narrowed, p.scope, u.id AS unit, u.body_id, u.territory_id INTO v_post
      FROM public.access_post p JOIN public.access_unit u ON u.id = p.unit_id
     WHERE p.id = p_post AND p.holder_id = p_user AND p.since <= v_moment AND (p.until IS NULL OR p.until > v_moment)
       AND (u.valid_to IS NULL OR u.valid_to > (v_moment AT TIME ZONE 'Asia/Almaty')::date);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'post not held' USING ERRCODE = 'AR401';
    END IF;
    SELECT array_agg(DISTINCT f.code), bit_or(f.reads), bit_or(f.writes) INTO v_functions, v_reads, v_writes
      FROM public.access_unitfunction uf JOIN public.access_function f ON f.code = uf.function_id
     WHERE uf.unit_id = v_post.unit AND uf.since <= v_moment AND (uf.until IS NULL OR uf.until > v_moment)
       AND (v_post.narrowed IS NULL OR f.code = ANY (v_post.narrowed));
    RETURN v_context || jsonb_build_object(
        'post', p_post, 'unit', v_post.unit, 'body', v_post.body_id, 'units', ARRAY[v_post.unit]::text,
        'territory', v_post.territory_id, 'functions', coalesce(v_functions, '{}')::text,
        'reads', coalesce(v_reads, 0), 'writes', coalesce(v_writes, 0), 'scope', v_post.scope,
        'glass', coalesce((SELECT array_agg(g.dossier_id) FROM public.access_glass g
            WHERE g.user_id = p_user AND g.post_id = p_post AND g.until > v_moment), '{}')::text);
END $$;

CREATE FUNCTION access.enter(p_session bytea, p_post integer) RETURNS jsonb
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
    RETURN access.set_context(access.context_of(v_user, p_post));
END $$;

-- Clock-driven work and the sign-in pages. It reads and writes every facet that is not sealed.
CREATE FUNCTION access.enter_system(p_purpose text, p_proof bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_purpose = '' OR NOT access.proven('enter_system|' || p_purpose || '|' || access.transaction_mark(), p_proof) THEN
        RAISE EXCEPTION 'no proof' USING ERRCODE = 'AR401';
    END IF;
    RETURN access.set_context(jsonb_build_object(
        'kind', 'system', 'purpose', p_purpose, 'moment', worktime.now(), 'units', '{}', 'users', '{}', 'bodies', '{}',
        'barred', '{}', 'glass', '{}', 'functions', '{}', 'reads', 65535, 'writes', 65535, 'scope', '', 'territory', ''));
END $$;

-- A session begins after both factors were shown to the application, which proves so by its key.
CREATE FUNCTION access.begin_session(p_user integer, p_hash bytea, p_expires timestamptz, p_proof bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.proven('begin_session|' || p_user || '|' || encode(p_hash, 'hex') || '|'
            || (extract(epoch FROM p_expires) * 1000000)::bigint || '|' || access.transaction_mark(), p_proof) THEN
        RAISE EXCEPTION 'no proof' USING ERRCODE = 'AR401';
    END IF;
    INSERT INTO public.access_session (token_hash, user_id, started_at, expires_at)
    VALUES (p_hash, p_user, clock_timestamp(), p_expires)
    ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at
     WHERE public.access_session.user_id = excluded.user_id AND public.access_session.ended_at IS NULL;
END $$;

-- Whoever knows the token may end the session: signing out needs no more.
CREATE FUNCTION access.end_session(p_hash bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    UPDATE public.access_session SET ended_at = pg_catalog.clock_timestamp()
     WHERE token_hash = p_hash AND ended_at IS NULL;
END;

ALTER FUNCTION access.renew_context_key() OWNER TO arasha_definer;
ALTER FUNCTION access.install_secret(bytea, bytea, interval) OWNER TO arasha_definer;
ALTER FUNCTION access.proven(text, bytea) OWNER TO arasha_definer;
ALTER FUNCTION access.set_context(jsonb) OWNER TO arasha_definer;
ALTER FUNCTION access.context() OWNER TO arasha_definer;
ALTER FUNCTION access.context_of(integer, integer) OWNER TO arasha_definer;
ALTER FUNCTION access.enter(bytea, integer) OWNER TO arasha_definer;
ALTER FUNCTION access.enter_system(text, bytea) OWNER TO arasha_definer;
ALTER FUNCTION access.begin_session(integer, bytea, timestamptz, bytea) OWNER TO arasha_definer;
ALTER FUNCTION access.end_session(bytea) OWNER TO arasha_definer;
