-- The dossier's team: who has which part until when, and the few writes that change it.

-- The arrays on the dossier follow the team. The dossier's row is locked first: without that, two concurrent
-- changes each aggregate without the other's row, and the later one wins.
CREATE FUNCTION access.settle_team(p_dossier uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_moment timestamptz := worktime.now();
BEGIN
    PERFORM FROM public.access_dossier d WHERE d.id = p_dossier FOR NO KEY UPDATE;
    UPDATE public.access_dossier d
       SET access_units = coalesce(team.units, '{}'), access_users = coalesce(team.users, '{}'),
           access_until = team.until, lead_unit_id = team.lead
      FROM (SELECT array_agg(DISTINCT m.unit_id) FILTER (WHERE m.unit_id IS NOT NULL) AS units,
                   array_agg(DISTINCT m.user_id) FILTER (WHERE m.user_id IS NOT NULL) AS users,
                   min(m.until) AS until, min(m.unit_id) FILTER (WHERE m.part = 'lead') AS lead
              FROM public.access_member m
             WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > v_moment)) team
     WHERE d.id = p_dossier
       AND (d.access_units, d.access_users, d.access_until, d.lead_unit_id)
           IS DISTINCT FROM (coalesce(team.units, '{}'), coalesce(team.users, '{}'), team.until, team.lead);
END $$;

CREATE FUNCTION access.keep_team() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM access.settle_team(OLD.dossier_id);
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.dossier_id <> OLD.dossier_id) THEN
        PERFORM access.settle_team(NEW.dossier_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_team AFTER INSERT OR UPDATE OR DELETE ON public.access_member
FOR EACH ROW EXECUTE FUNCTION access.keep_team();

-- A post's holders are remembered: bars on a body reach whoever sat there in the last 24 months.
CREATE FUNCTION access.keep_tenures() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_moment timestamptz := worktime.now();
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.holder_id IS NOT NULL THEN
        UPDATE public.access_tenure t
           SET until = CASE WHEN NEW.holder_id IS NOT DISTINCT FROM OLD.holder_id THEN NEW.until
                            ELSE greatest(v_moment, t.since) END
         WHERE t.post_id = OLD.id AND t.user_id = OLD.holder_id AND (t.until IS NULL OR t.until > v_moment);
    END IF;
    IF NEW.holder_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.holder_id IS DISTINCT FROM OLD.holder_id) THEN
        INSERT INTO public.access_tenure (post_id, user_id, body_id, since, until)
        SELECT NEW.id, NEW.holder_id, u.body_id, CASE TG_OP WHEN 'INSERT' THEN NEW.since ELSE v_moment END, NEW.until
          FROM public.access_unit u WHERE u.id = NEW.unit_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_tenures AFTER INSERT OR UPDATE ON public.access_post
FOR EACH ROW EXECUTE FUNCTION access.keep_tenures();

CREATE FUNCTION access.opening_mark() RETURNS text LANGUAGE sql VOLATILE PARALLEL UNSAFE
RETURN access.transaction_mark() || ':' || pg_catalog.pg_current_xact_id()::text;

-- The parts that who is acting has in a dossier now; none when barred.
CREATE FUNCTION access.my_parts(p_dossier uuid) RETURNS text[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN coalesce((SELECT pg_catalog.array_agg(DISTINCT m.part) FROM public.access_member m
    WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > (SELECT access.moment()))
      AND (m.unit_id = ANY ((SELECT access.units())::integer[]) OR m.user_id = (SELECT access.user_id()))
      AND m.dossier_id <> ALL ((SELECT access.barred())::uuid[])), '{}');

CREATE FUNCTION access.may_open(p_dossier uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN access.my_parts(p_dossier) <> '{}';

CREATE FUNCTION access.may_read(p_dossier uuid, p_facet smallint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_dossier <> ALL ((SELECT access.barred())::uuid[]) AND (
    EXISTS (SELECT FROM public.access_member m
        WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > (SELECT access.moment()))
          AND (m.unit_id = ANY ((SELECT access.units())::integer[]) OR m.user_id = (SELECT access.user_id()))
          AND (m.reads & (SELECT access.reads()) & (1::bigint << p_facet)) <> 0)
    OR p_facet < 16 AND ((SELECT access.is_system())
        OR p_dossier = ANY ((SELECT access.glass())::uuid[]) AND ((SELECT access.reads()) & (1::bigint << p_facet)) <> 0));

CREATE FUNCTION access.may_write(p_dossier uuid, p_facet smallint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_dossier <> ALL ((SELECT access.barred())::uuid[]) AND (
    EXISTS (SELECT FROM public.access_member m
        WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > (SELECT access.moment()))
          AND (m.unit_id = ANY ((SELECT access.units())::integer[]) OR m.user_id = (SELECT access.user_id()))
          AND (m.writes & (SELECT access.writes()) & (1::bigint << p_facet)) <> 0)
    OR p_facet < 16 AND (SELECT access.is_system()));

-- Inserting is open to the transaction that opened the dossier as well: who tells may not read afterwards.
-- The mark binds process, moment and transaction id, so that a restored id counter opens nothing.
CREATE FUNCTION access.may_insert(p_dossier uuid, p_facet smallint) RETURNS boolean
LANGUAGE sql VOLATILE PARALLEL UNSAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN access.may_write(p_dossier, p_facet) OR EXISTS (
    SELECT FROM public.access_dossier d WHERE d.id = p_dossier AND d.opened_mark = access.opening_mark());

-- Refuses unless one of the parts is held: what is not there for the caller is 404, what is there but not for
-- this is 403.
CREATE FUNCTION access.require_part(p_dossier uuid, p_parts text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_mine text[] := access.my_parts(p_dossier);
BEGIN
    IF access.is_system() OR v_mine && p_parts OR EXISTS (
        SELECT FROM public.access_dossier d WHERE d.id = p_dossier AND d.opened_mark = access.opening_mark()) THEN
        RETURN;
    ELSIF v_mine = '{}' THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
END $$;

-- Which parts who is acting may give: the lead and the overseeing coordinator all but the lead, a partner may
-- bring in who owes or must know.
CREATE FUNCTION access.parts_for(p_part text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_part = 'lead' THEN ARRAY['overseeing'] WHEN p_part IN ('obliged', 'informed')
    THEN ARRAY['lead', 'overseeing', 'partner'] ELSE ARRAY['lead', 'overseeing'] END;

CREATE FUNCTION access.put_member(p_dossier uuid, p_unit integer, p_user integer, p_part text, p_reads bigint,
    p_writes bigint, p_until timestamptz, p_reason text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_id uuid;
BEGIN
    UPDATE public.access_member m SET until = CASE WHEN p_until IS NULL THEN NULL ELSE greatest(m.until, p_until) END
     WHERE m.dossier_id = p_dossier AND m.unit_id IS NOT DISTINCT FROM p_unit AND m.user_id IS NOT DISTINCT FROM p_user
       AND m.part = p_part AND m.reads = p_reads AND m.writes = p_writes AND m.ended_at IS NULL
       AND (m.until IS NULL OR m.until > access.moment())
    RETURNING m.id INTO v_id;
    IF FOUND THEN
        RETURN v_id;
    END IF;
    INSERT INTO public.access_member (id, dossier_id, unit_id, user_id, part, reads, writes, since, until, reason)
    VALUES (gen_random_uuid(), p_dossier, p_unit, p_user, p_part, p_reads, p_writes, access.moment(), p_until, p_reason)
    RETURNING id INTO v_id;
    RETURN v_id;
END $$;

CREATE FUNCTION access.put_part(p_dossier uuid, p_unit integer, p_user integer, p_part text, p_until timestamptz,
    p_reason text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_reads bigint; v_writes bigint;
BEGIN
    SELECT bit_or(CASE WHEN pf.reads THEN 1::bigint << pf.facet_id ELSE 0 END),
           bit_or(CASE WHEN pf.writes THEN 1::bigint << pf.facet_id ELSE 0 END) INTO v_reads, v_writes
      FROM public.access_partfacet pf JOIN public.access_facet f ON f.bit = pf.facet_id
     WHERE pf.part = p_part AND NOT f.sealed;
    IF v_reads IS NULL OR p_part = 'granted' THEN
        RAISE EXCEPTION 'no such part' USING ERRCODE = 'AR403';
    END IF;
    RETURN access.put_member(p_dossier, p_unit, p_user, p_part, v_reads, v_writes, p_until, p_reason);
END $$;

-- After the reviewed table part × facet changed: the teams' masks follow.
CREATE FUNCTION access.renew_masks() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_count bigint;
BEGIN
    WITH masks AS (
        SELECT pf.part, bit_or(CASE WHEN pf.reads THEN 1::bigint << pf.facet_id ELSE 0 END) AS reads,
               bit_or(CASE WHEN pf.writes THEN 1::bigint << pf.facet_id ELSE 0 END) AS writes
          FROM public.access_partfacet pf JOIN public.access_facet f ON f.bit = pf.facet_id
         WHERE NOT f.sealed AND pf.part <> 'granted' GROUP BY pf.part)
    UPDATE public.access_member m SET reads = k.reads, writes = k.writes FROM masks k
     WHERE m.part = k.part AND m.ended_at IS NULL AND (m.reads, m.writes) IS DISTINCT FROM (k.reads, k.writes);
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;

-- Anybody acting may open a dossier: what is told is never refused. `p_members`: [{unit|user, part, until, reason}].
CREATE FUNCTION access.open_dossier(p_dossier uuid, p_kind text, p_territory text, p_members jsonb, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_member jsonb;
BEGIN
    PERFORM access.context();
    BEGIN
        INSERT INTO public.access_dossier (id, kind, territory_id, opened_at, access_units, access_users, opened_mark)
        VALUES (p_dossier, p_kind, p_territory, p_now, '{}', '{}', access.opening_mark());
    EXCEPTION WHEN unique_violation THEN
        -- Not the constraint's own words: they would say that the file exists.
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END;
    FOR v_member IN SELECT value FROM jsonb_array_elements(p_members) LOOP
        PERFORM access.put_part(p_dossier, (v_member ->> 'unit')::integer, (v_member ->> 'user')::integer,
            v_member ->> 'part', (v_member ->> 'until')::timestamptz, coalesce(v_member ->> 'reason', ''));
    END LOOP;
END $$;

CREATE FUNCTION access.add_member(p_dossier uuid, p_unit integer, p_user integer, p_part text, p_until timestamptz,
    p_reason text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.require_part(p_dossier, access.parts_for(p_part));
    RETURN access.put_part(p_dossier, p_unit, p_user, p_part, p_until, p_reason);
END $$;

-- Policies.
ALTER TABLE public.access_dossier ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE public.access_member ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE public.access_bar ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE public.access_glass ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE public.access_tenure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE public.access_look ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE public.access_budget ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY definer_all ON public.access_dossier TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.access_member TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.access_bar TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.access_glass TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.access_tenure TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.access_look TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.access_budget TO arasha_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.access_dossier, public.access_member, public.access_bar,
    public.access_glass, public.access_tenure, public.access_look, public.access_budget TO arasha_definer;
GRANT USAGE ON SEQUENCE public.access_tenure_id_seq, public.access_budget_id_seq TO arasha_definer;
GRANT SELECT ON public.access_dossier, public.access_member, public.access_glass, public.access_look,
    public.access_budget TO arasha_app;

CREATE POLICY barred ON public.access_dossier AS RESTRICTIVE TO arasha_app
    USING (id <> ALL ((SELECT access.barred())::uuid[]));
CREATE POLICY team_reads ON public.access_dossier FOR SELECT TO arasha_app USING (
    (access_units && (SELECT access.units()) OR access_users && (SELECT access.users()))
        AND (access_until IS NULL OR access_until > (SELECT access.moment()) OR access.may_open(id))
    OR id = ANY ((SELECT access.glass())::uuid[]) OR (SELECT access.is_system()) OR (SELECT access.scope()) = 'nation');

-- One's own rows; the rest of a team comes from access.team().
CREATE POLICY barred ON public.access_member AS RESTRICTIVE TO arasha_app
    USING (dossier_id <> ALL ((SELECT access.barred())::uuid[]));
CREATE POLICY own_reads ON public.access_member FOR SELECT TO arasha_app USING (
    unit_id = ANY ((SELECT access.units())::integer[]) OR user_id = (SELECT access.user_id()) OR (SELECT access.is_system()));

-- Who is on these dossiers, for who is on them too. Rows that grant a sealed facet are the lead's and their own:
-- the unit named there can be what is sealed (a refuge).
CREATE FUNCTION access.team(p_dossiers uuid[]) RETURNS SETOF public.access_member
LANGUAGE sql STABLE PARALLEL RESTRICTED ROWS 5 SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT m.* FROM public.access_member m
     WHERE m.dossier_id = ANY (p_dossiers) AND m.ended_at IS NULL
       AND (m.until IS NULL OR m.until > (SELECT access.moment()))
       AND m.dossier_id <> ALL ((SELECT access.barred())::uuid[])
       AND ((SELECT access.is_system()) OR m.unit_id = ANY ((SELECT access.units())::integer[])
            OR m.user_id = (SELECT access.user_id()) OR access.my_parts(m.dossier_id) @> ARRAY['lead']
            OR m.part <> 'granted' AND (access.may_open(m.dossier_id) OR m.dossier_id = ANY ((SELECT access.glass())::uuid[])));
END;
