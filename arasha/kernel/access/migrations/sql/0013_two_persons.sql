-- Nobody administers their own rights. What gives sight of children's files (functions marked `sensitive`, the national
-- scope) needs two persons: an administrator alone can neither give such a function to a unit nor seat somebody in a
-- post that has one, and changes nothing in the unit in which they sit themselves.

-- Whether a function is given by two persons only. What nobody knows is sensitive.
CREATE FUNCTION access.is_sensitive(p_function text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN coalesce((SELECT f.sensitive FROM public.access_function f WHERE f.code = p_function), true);

-- Whether a post has, or will have, a sensitive function or the national scope. Without it a seat is one person's to give.
CREATE FUNCTION access.is_sensitive_post(p_post integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.access_post p WHERE p.id = p_post AND (p.scope <> '' OR EXISTS (
    SELECT FROM public.access_unitfunction uf JOIN public.access_function f ON f.code = uf.function_id
     WHERE uf.unit_id = p.unit_id AND (uf.until IS NULL OR uf.until > worktime.now()) AND f.sensitive
       AND (p.functions IS NULL OR f.code = ANY (p.functions)))));

-- Whether a unit is not the one in which who is acting sits.
CREATE FUNCTION access.is_elsewhere(p_unit integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.is_system()) OR p_unit IS DISTINCT FROM (SELECT access.unit_id());

ALTER POLICY administers_updates ON public.access_unit
    USING (access.administers(territory_id) AND access.is_elsewhere(id))
    WITH CHECK (access.administers(territory_id) AND access.is_elsewhere(id));
-- A unit's body and code are what others know it by: they never change.
REVOKE UPDATE ON public.access_unit, public.access_body FROM arasha_app;
GRANT UPDATE (name_kk, name_ru, name_en, territory_id, parent_id, around_the_clock, opens, closes, valid_from, valid_to)
    ON public.access_unit TO arasha_app;
GRANT UPDATE (name_kk, name_ru, name_en, sector, kind, territory_id, protected, valid_from, valid_to)
    ON public.access_body TO arasha_app;

ALTER POLICY administers_inserts ON public.access_unitfunction WITH CHECK (
    access.administers(territory_id) AND access.administers(access.unit_territory(unit_id))
    AND access.is_elsewhere(unit_id) AND ((SELECT access.is_system()) OR NOT access.is_sensitive(function_id)));
ALTER POLICY administers_updates ON public.access_unitfunction
    USING (access.administers(territory_id) AND access.administers(access.unit_territory(unit_id))
        AND access.is_elsewhere(unit_id))
    WITH CHECK (access.administers(territory_id) AND access.administers(access.unit_territory(unit_id))
        AND access.is_elsewhere(unit_id));
-- A function that was given is only ever ended: longer or other means given anew.
REVOKE UPDATE ON public.access_unitfunction FROM arasha_app;
GRANT UPDATE (until) ON public.access_unitfunction TO arasha_app;
CREATE FUNCTION access.guard_unit_function() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = 'arasha_app' AND NOT access.is_system()
       AND (NEW.until IS NULL OR NEW.until >= coalesce(OLD.until, 'infinity')) THEN
        RAISE EXCEPTION 'a function is ended, never prolonged' USING ERRCODE = 'AR403';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_unit_function BEFORE UPDATE ON public.access_unitfunction
    FOR EACH ROW EXECUTE FUNCTION access.guard_unit_function();

ALTER POLICY administers_inserts ON public.access_post WITH CHECK (
    access.administers(access.unit_territory(unit_id)) AND access.is_elsewhere(unit_id) AND holder_id IS NULL
    AND (scope = '' OR (SELECT access.is_system())));
ALTER POLICY administers_updates ON public.access_post
    USING (access.administers(access.unit_territory(unit_id)) AND access.is_elsewhere(unit_id))
    WITH CHECK (access.administers(access.unit_territory(unit_id)) AND access.is_elsewhere(unit_id)
        AND (scope = '' OR (SELECT access.is_system())));
REVOKE UPDATE (scope) ON public.access_post FROM arasha_app;
GRANT UPDATE (rank) ON public.access_post TO arasha_app;
-- The functions of a post in which somebody sits only ever become fewer; it ends, and begins anew with a new seat.
CREATE FUNCTION access.guard_post() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = 'arasha_app' AND NOT access.is_system() AND OLD.holder_id IS NOT NULL
       AND (NEW.functions IS DISTINCT FROM OLD.functions
                AND (NEW.functions IS NULL OR NOT NEW.functions <@ coalesce(OLD.functions, NEW.functions))
            OR coalesce(NEW.until, 'infinity') > coalesce(OLD.until, 'infinity')) THEN
        RAISE EXCEPTION 'a held post gains nothing' USING ERRCODE = 'AR403';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_post BEFORE UPDATE ON public.access_post
    FOR EACH ROW EXECUTE FUNCTION access.guard_post();

-- Whether an account is open and one that the administrator has to do with: one of access.accounts(), asked singly.
CREATE FUNCTION access.is_my_account(p_user integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.access_user u WHERE u.id = p_user AND u.is_active
    AND ((SELECT access.is_system()) OR 'administration' = ANY ((SELECT access.functions())::text[]))
    AND (NOT EXISTS (SELECT FROM public.access_tenure t WHERE t.user_id = u.id) OR EXISTS (
         SELECT FROM public.access_tenure t JOIN public.access_post p ON p.id = t.post_id
          WHERE t.user_id = u.id AND access.administers(access.unit_territory(p.unit_id)))));

-- The seat itself, without asking who may: for functions that have asked.
CREATE FUNCTION access.put_holder(p_post integer, p_user integer, p_until timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_before integer;
BEGIN
    SELECT p.holder_id INTO v_before FROM public.access_post p WHERE p.id = p_post FOR UPDATE;
    UPDATE public.access_post p SET holder_id = p_user, until = p_until WHERE p.id = p_post;
    IF v_before IS NOT NULL AND v_before IS DISTINCT FROM p_user AND NOT EXISTS (
        SELECT FROM public.access_post p WHERE p.holder_id = v_before
           AND (p.until IS NULL OR p.until > worktime.now())) THEN
        UPDATE public.access_session s SET ended_at = clock_timestamp()
         WHERE s.user_id = v_before AND s.ended_at IS NULL;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION access.seat(p_post integer, p_user integer, p_until timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_post record;
BEGIN
    SELECT p.holder_id, p.until, p.unit_id, u.territory_id INTO v_post
      FROM public.access_post p JOIN public.access_unit u ON u.id = p.unit_id WHERE p.id = p_post FOR UPDATE OF p;
    IF NOT FOUND OR NOT access.administers(v_post.territory_id) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    ELSIF access.is_system() OR p_user IS NULL AND v_post.holder_id IS DISTINCT FROM access.user_id() THEN
        PERFORM access.put_holder(p_post, p_user, p_until);
        RETURN;
    ELSIF p_user = access.user_id() OR v_post.holder_id = access.user_id() OR NOT access.is_elsewhere(v_post.unit_id)
          OR NOT access.is_my_account(p_user) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    ELSIF access.is_sensitive_post(p_post)
          AND (v_post.holder_id IS DISTINCT FROM p_user
               OR coalesce(p_until, 'infinity') > coalesce(v_post.until, 'infinity')) THEN
        -- One person's word is not enough; see administration.proposal.
        RAISE EXCEPTION 'two persons' USING ERRCODE = 'AR412';
    ELSIF v_post.holder_id IS NOT NULL AND v_post.holder_id <> p_user
          AND (v_post.until IS NULL OR v_post.until > access.moment()) THEN
        RAISE EXCEPTION 'taken' USING ERRCODE = 'AR409';
    END IF;
    PERFORM access.put_holder(p_post, p_user, p_until);
END $$;
