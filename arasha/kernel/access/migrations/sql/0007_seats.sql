-- Units, posts and accounts: what a post with the function `administration` may do in its territory. It opens no file.

CREATE FUNCTION access.administers(p_territory text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.is_system()) OR 'administration' = ANY ((SELECT access.functions())::text[]) AND EXISTS (
    SELECT FROM public.territory_territory t WHERE t.kato = p_territory
       AND (SELECT access.context() ->> 'territory') = ANY (pg_catalog.string_to_array(t.path, '.')));

CREATE FUNCTION access.unit_territory(p_unit integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT u.territory_id FROM public.access_unit u WHERE u.id = p_unit);

GRANT INSERT, UPDATE ON public.access_body, public.access_unit, public.access_unitfunction TO arasha_app;
GRANT INSERT ON public.access_post TO arasha_app;
-- The holder changes by access.seat() alone.
GRANT UPDATE (title_kk, title_ru, title_en, functions, scope, until) ON public.access_post TO arasha_app;
GRANT USAGE ON SEQUENCE public.access_body_id_seq, public.access_unit_id_seq, public.access_unitfunction_id_seq,
    public.access_post_id_seq TO arasha_app;
CREATE POLICY administers_inserts ON public.access_body FOR INSERT TO arasha_app
    WITH CHECK (access.administers(territory_id));
CREATE POLICY administers_updates ON public.access_body FOR UPDATE TO arasha_app
    USING (access.administers(territory_id)) WITH CHECK (access.administers(territory_id));
CREATE POLICY administers_inserts ON public.access_unit FOR INSERT TO arasha_app
    WITH CHECK (access.administers(territory_id));
CREATE POLICY administers_updates ON public.access_unit FOR UPDATE TO arasha_app
    USING (access.administers(territory_id)) WITH CHECK (access.administers(territory_id));
CREATE POLICY administers_inserts ON public.access_unitfunction FOR INSERT TO arasha_app
    WITH CHECK (access.administers(territory_id) AND access.administers(access.unit_territory(unit_id)));
CREATE POLICY administers_updates ON public.access_unitfunction FOR UPDATE TO arasha_app
    USING (access.administers(territory_id) AND access.administers(access.unit_territory(unit_id)))
    WITH CHECK (access.administers(territory_id) AND access.administers(access.unit_territory(unit_id)));
-- A national scope is given by the clock's system work (installation) only, a seat is empty when it is made.
CREATE POLICY administers_inserts ON public.access_post FOR INSERT TO arasha_app WITH CHECK (
    access.administers(access.unit_territory(unit_id)) AND holder_id IS NULL
    AND (scope = '' OR (SELECT access.is_system())));
CREATE POLICY administers_updates ON public.access_post FOR UPDATE TO arasha_app
    USING (access.administers(access.unit_territory(unit_id)))
    WITH CHECK (access.administers(access.unit_territory(unit_id)) AND (scope = '' OR (SELECT access.is_system())));

-- Seats a user in a post, or empties it (NULL). Nobody seats themselves. A user without a post left is signed out.
CREATE FUNCTION access.seat(p_post integer, p_user integer, p_until timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_before integer; v_territory text;
BEGIN
    SELECT p.holder_id, u.territory_id INTO v_before, v_territory
      FROM public.access_post p JOIN public.access_unit u ON u.id = p.unit_id WHERE p.id = p_post FOR UPDATE OF p;
    IF NOT FOUND OR NOT access.administers(v_territory) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    ELSIF p_user = access.user_id() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    UPDATE public.access_post p SET holder_id = p_user, until = p_until WHERE p.id = p_post;
    IF v_before IS NOT NULL AND v_before IS DISTINCT FROM p_user AND NOT EXISTS (
        SELECT FROM public.access_post p WHERE p.holder_id = v_before
           AND (p.until IS NULL OR p.until > access.moment())) THEN
        UPDATE public.access_session s SET ended_at = clock_timestamp()
         WHERE s.user_id = v_before AND s.ended_at IS NULL;
    END IF;
END $$;

CREATE FUNCTION access.create_user(p_login text, p_name text, p_email text, p_language text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_id integer;
BEGIN
    IF NOT (access.is_system() OR 'administration' = ANY (access.functions())) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    BEGIN
        INSERT INTO public.access_user (login, name, email, language, password, is_active)
        VALUES (p_login, p_name, p_email, p_language, '!', true) RETURNING id INTO v_id;
    EXCEPTION WHEN unique_violation THEN
        RAISE EXCEPTION 'login taken' USING ERRCODE = 'AR409';
    END;
    RETURN v_id;
END $$;

-- An account is closed or opened again by who administers the place of one of its posts, never by oneself.
CREATE FUNCTION access.set_active(p_user integer, p_active boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_user = access.user_id() OR NOT (access.is_system() OR EXISTS (
        SELECT FROM public.access_tenure t JOIN public.access_post p ON p.id = t.post_id
         WHERE t.user_id = p_user AND access.administers(access.unit_territory(p.unit_id)))) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    UPDATE public.access_user u SET is_active = p_active WHERE u.id = p_user;
    IF NOT p_active THEN
        UPDATE public.access_session s SET ended_at = clock_timestamp() WHERE s.user_id = p_user AND s.ended_at IS NULL;
    END IF;
END $$;
CREATE FUNCTION access.end_sessions(p_user integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT (access.is_system() OR p_user = access.user_id()) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    UPDATE public.access_session s SET ended_at = clock_timestamp() WHERE s.user_id = p_user AND s.ended_at IS NULL;
END $$;

-- The accounts that an administrator has to do with: of the posts in the territory, and those that never had a post.
CREATE FUNCTION access.accounts() RETURNS TABLE (id integer, login text, name text, email text, is_active boolean)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT u.id, u.login, u.name, u.email::text, u.is_active FROM public.access_user u
     WHERE ((SELECT access.is_system()) OR 'administration' = ANY ((SELECT access.functions())::text[]))
       AND (NOT EXISTS (SELECT FROM public.access_tenure t WHERE t.user_id = u.id) OR EXISTS (
            SELECT FROM public.access_tenure t JOIN public.access_post p ON p.id = t.post_id
             WHERE t.user_id = u.id AND access.administers(access.unit_territory(p.unit_id))))
     ORDER BY u.name, u.id;
END;
