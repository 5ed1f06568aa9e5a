-- Ties of people to bodies, and the bodies for which a file may be closed to somebody.

-- Where somebody holds a post, held one in the last 24 months, or has declared a tie that stood in them.
CREATE FUNCTION access.bodies_of(p_user integer, p_at timestamptz) RETURNS integer[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT pg_catalog.array_agg(DISTINCT b.body_id) FROM (
    SELECT t.body_id FROM public.access_tenure t
     WHERE t.user_id = p_user AND (t.until IS NULL OR t.until > p_at - interval '24 months')
    UNION ALL
    SELECT t.body_id FROM public.access_tie t
     WHERE t.user_id = p_user AND t.struck_at IS NULL AND t.since <= (p_at AT TIME ZONE 'Asia/Almaty')::date
       AND (t.until IS NULL OR t.until > (p_at AT TIME ZONE 'Asia/Almaty')::date - interval '24 months')) b);

-- What a user's post opens. NULL as post: signed in, acting nowhere.
CREATE OR REPLACE FUNCTION access.context_of(p_user integer, p_post integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_moment timestamptz := worktime.now(); v_post record; v_functions text[]; v_reads bigint; v_writes bigint;
    v_bodies integer[] := access.bodies_of(p_user, v_moment); v_context jsonb;
BEGIN
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

-- Whether who acts answers for a worker: the head of a unit in which the worker sits or of the unit above it, or who
-- administers the place of one of the worker's posts. Nobody answers for themselves.
CREATE FUNCTION access.heads(p_user integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.user_id()) IS DISTINCT FROM p_user AND EXISTS (
    SELECT FROM public.access_post p JOIN public.access_unit u ON u.id = p.unit_id
     WHERE p.holder_id = p_user AND p.since <= (SELECT access.moment())
       AND (p.until IS NULL OR p.until > (SELECT access.moment()))
       AND (access.administers(u.territory_id) OR EXISTS (
            SELECT FROM public.access_post h WHERE h.id = (SELECT access.post_id()) AND h.rank = 'head'
               AND h.holder_id = (SELECT access.user_id()) AND h.unit_id IN (u.id, u.parent_id))));

-- A tie is seen by whoever declared it and by whoever answers for them; by nobody else.
GRANT SELECT ON public.access_tie TO arasha_app;
CREATE POLICY few_read ON public.access_tie FOR SELECT TO arasha_app USING (
    user_id = (SELECT access.user_id()) OR access.heads(user_id));

-- One's own tie, to a body that one can name; the same twice is one.
CREATE FUNCTION access.declare_tie(p_id uuid, p_body integer, p_kind text, p_since date, p_until date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF access.user_id() IS NULL THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    ELSIF NOT EXISTS (SELECT FROM public.access_body b WHERE b.id = p_body) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    ELSIF EXISTS (SELECT FROM public.access_tie t WHERE t.user_id = access.user_id() AND t.body_id = p_body
                     AND t.kind = p_kind AND t.until IS NULL AND t.struck_at IS NULL) THEN
        RAISE EXCEPTION 'already so' USING ERRCODE = 'AR409';
    END IF;
    INSERT INTO public.access_tie (id, user_id, body_id, kind, since, until, declared_at)
    VALUES (p_id, access.user_id(), p_body, p_kind, p_since, p_until, access.moment());
END $$;

-- Ends one's own tie with today, never earlier: a day of one's own choosing would open a file on the spot.
CREATE FUNCTION access.end_tie(p_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.access_tie t SET until = greatest((access.moment() AT TIME ZONE 'Asia/Almaty')::date, t.since) + 1
     WHERE t.id = p_id AND t.user_id = access.user_id() AND t.until IS NULL AND t.struck_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
END $$;

-- Said by mistake: not by oneself, for it opens what the tie had closed.
CREATE FUNCTION access.strike_tie(p_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.access_tie t SET struck_at = access.moment(), struck_by_id = access.user_id()
     WHERE t.id = p_id AND t.struck_at IS NULL AND access.user_id() IS NOT NULL AND access.heads(t.user_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
END $$;

-- What is told in one file goes on in another: whoever must not know of the one must not know of the other. Who does
-- this works on both and learns nothing by it.
CREATE FUNCTION access.carry_bars(p_from uuid, p_to uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT (access.may_write(p_from, 7::smallint) AND access.may_insert(p_to, 7::smallint)) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    INSERT INTO public.access_bar (id, dossier_id, user_id, body_id, since, reason)
    SELECT DISTINCT ON (b.user_id, b.body_id) gen_random_uuid(), p_to, b.user_id, b.body_id, access.moment(), b.reason
      FROM public.access_bar b
     WHERE b.dossier_id = p_from AND b.ended_at IS NULL AND NOT EXISTS (
           SELECT FROM public.access_bar o WHERE o.dossier_id = p_to AND o.ended_at IS NULL
              AND o.user_id IS NOT DISTINCT FROM b.user_id AND o.body_id IS NOT DISTINCT FROM b.body_id);
END $$;
