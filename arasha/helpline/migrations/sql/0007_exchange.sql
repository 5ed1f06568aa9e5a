-- What an exchange tells: written by its account and led on by system work; read by nobody else as it is.

-- The account of an exchange: of this unit, with the right to tell of calls.
CREATE FUNCTION helpline.tells_calls(p_unit integer, p_account integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN p_unit = (access.context() ->> 'unit')::integer
   AND p_account = (access.context() ->> 'account')::integer
   AND 'helpline:calls' = ANY ((access.context() ->> 'scopes')::text[])
   AND 'helpline' = ANY (access.functions());
REVOKE ALL ON FUNCTION helpline.tells_calls(integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline.tells_calls(integer, integer) TO arasha_app;

GRANT SELECT, INSERT, UPDATE ON public.helpline_call TO arasha_app;
GRANT SELECT, INSERT ON public.helpline_callevent TO arasha_app;
GRANT SELECT, INSERT ON public.helpline_callnumber TO arasha_app;
GRANT USAGE ON SEQUENCE public.helpline_callevent_id_seq TO arasha_app;
CREATE POLICY exchange_tells ON public.helpline_call TO arasha_app
    USING ((SELECT access.is_system()) OR helpline.tells_calls(unit_id, account_id))
    WITH CHECK ((SELECT access.is_system()) OR helpline.tells_calls(unit_id, account_id));
CREATE POLICY exchange_tells ON public.helpline_callevent TO arasha_app
    USING ((SELECT access.is_system()) OR EXISTS (SELECT FROM public.helpline_call c WHERE c.id = call_id))
    WITH CHECK ((SELECT access.is_system()) OR EXISTS (SELECT FROM public.helpline_call c WHERE c.id = call_id));
-- A number is put down by the exchange, sealed with a key that no row holds, and taken by system work.
CREATE POLICY exchange_tells ON public.helpline_callnumber FOR INSERT TO arasha_app
    WITH CHECK (EXISTS (SELECT FROM public.helpline_call c WHERE c.id = call_id));
CREATE POLICY system_reads ON public.helpline_callnumber FOR SELECT TO arasha_app
    USING ((SELECT access.is_system()) OR EXISTS (SELECT FROM public.helpline_call c WHERE c.id = call_id));

-- What a day's marks are made with: made once, by whoever needs it first; nobody has it after the day.
CREATE FUNCTION helpline.day_salt(p_new bytea) RETURNS bytea
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_day date := (access.moment() AT TIME ZONE 'Asia/Almaty')::date; v_salt bytea;
BEGIN
    IF NOT (access.is_system() OR 'helpline:calls' = ANY ((access.context() ->> 'scopes')::text[]))
       OR length(p_new) <> 32 THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    INSERT INTO public.helpline_daysalt (day, salt) VALUES (v_day, p_new) ON CONFLICT DO NOTHING;
    SELECT s.salt INTO v_salt FROM public.helpline_daysalt s WHERE s.day = v_day;
    RETURN v_salt;
END $$;

-- Takes away a number whose call-back was made.
CREATE FUNCTION helpline.forget_number(p_call uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    DELETE FROM public.helpline_callnumber n WHERE n.call_id = p_call;
END $$;

-- Takes away what was kept for a while: yesterday's salt and marks, numbers that nothing came of within an hour, events
-- of calls that have long been over, and what the exchange calls them.
CREATE FUNCTION helpline.forget_calls(p_now timestamptz, p_events interval) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_today date := (p_now AT TIME ZONE 'Asia/Almaty')::date; v_count integer; v_all integer := 0;
BEGIN
    IF NOT access.is_system() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    DELETE FROM public.helpline_daysalt s WHERE s.day < v_today;
    GET DIAGNOSTICS v_count = ROW_COUNT; v_all := v_all + v_count;
    UPDATE public.helpline_call c SET mark = NULL
     WHERE c.mark IS NOT NULL AND c.began_at < v_today::timestamp AT TIME ZONE 'Asia/Almaty';
    GET DIAGNOSTICS v_count = ROW_COUNT; v_all := v_all + v_count;
    DELETE FROM public.helpline_callnumber n USING public.helpline_call c
     WHERE c.id = n.call_id AND c.heard_at < p_now - interval '1 hour';
    GET DIAGNOSTICS v_count = ROW_COUNT; v_all := v_all + v_count;
    DELETE FROM public.helpline_callevent e USING public.helpline_call c
     WHERE c.id = e.call_id AND c.state = 'over' AND NOT c.due AND c.heard_at < p_now - p_events;
    GET DIAGNOSTICS v_count = ROW_COUNT; v_all := v_all + v_count;
    -- The exchange's own number of a call leads, in the exchange's log, to the caller.
    UPDATE public.helpline_call c SET external = c.id::text
     WHERE c.external <> c.id::text AND c.state = 'over' AND NOT c.due AND c.heard_at < p_now - p_events;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_all + v_count;
END $$;

-- Whom the actor watches over: its own helpline as the head, and helplines below it, as `policy.supervised_units` says.
CREATE FUNCTION helpline.supervised() RETURNS integer[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coalesce(pg_catalog.array_agg(DISTINCT u.id), '{}') FROM public.access_unit u
     WHERE (SELECT access.post_id()) IS NOT NULL AND 'helpline' = ANY ((SELECT access.functions())::text[])
       AND (u.parent_id = (SELECT access.unit_id()) AND EXISTS (
                SELECT FROM public.access_unitfunction f WHERE f.unit_id = u.id AND f.function_id = 'helpline')
            OR u.id = (SELECT access.unit_id()) AND (
                EXISTS (SELECT FROM public.access_post p WHERE p.id = (SELECT access.post_id()) AND p.rank = 'head')
                OR EXISTS (SELECT FROM public.access_unit b WHERE b.parent_id = u.id)));
END;

-- National roles who may see figures of helplines that are not theirs.
CREATE FUNCTION helpline.sees_figures() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN access.functions() && ARRAY['coordination_nation', 'ombudsperson'];
REVOKE ALL ON FUNCTION helpline.sees_figures() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline.sees_figures() TO arasha_app, arasha_definer;

-- Lines: read by the helpline whose they are and those who watch over it; arranged by the latter.
GRANT SELECT, INSERT, UPDATE ON public.helpline_extension TO arasha_app;
CREATE POLICY helpline_reads ON public.helpline_extension FOR SELECT TO arasha_app USING (
    (SELECT access.is_system()) OR unit_id = ANY ((SELECT helpline.supervised())::integer[])
    OR unit_id = (SELECT access.unit_id()) AND 'helpline' = ANY ((SELECT access.functions())::text[]));
CREATE POLICY supervisor_inserts ON public.helpline_extension FOR INSERT TO arasha_app WITH CHECK (
    unit_id = ANY ((SELECT helpline.supervised())::integer[])
    AND EXISTS (SELECT FROM public.access_post p WHERE p.id = post_id AND p.unit_id = helpline_extension.unit_id));
CREATE POLICY supervisor_updates ON public.helpline_extension FOR UPDATE TO arasha_app
    USING (unit_id = ANY ((SELECT helpline.supervised())::integer[]))
    WITH CHECK (unit_id = ANY ((SELECT helpline.supervised())::integer[]));

-- Editions of past figures: seen by who sees figures, handed in by who watches over the helpline. Their rows leave
-- through `helpline.past_figures` alone, which holds small numbers back.
GRANT SELECT, INSERT, UPDATE ON public.helpline_pastedition TO arasha_app;
GRANT INSERT ON public.helpline_pastfigure TO arasha_app;
CREATE POLICY figures_read ON public.helpline_pastedition FOR SELECT TO arasha_app USING (
    (SELECT access.is_system()) OR unit_id = ANY ((SELECT helpline.supervised())::integer[])
    OR (SELECT helpline.sees_figures()));
CREATE POLICY supervisor_inserts ON public.helpline_pastedition FOR INSERT TO arasha_app WITH CHECK (
    (SELECT access.is_system()) OR unit_id = ANY ((SELECT helpline.supervised())::integer[]));
CREATE POLICY supervisor_updates ON public.helpline_pastedition FOR UPDATE TO arasha_app
    USING ((SELECT access.is_system()) OR unit_id = ANY ((SELECT helpline.supervised())::integer[]))
    WITH CHECK ((SELECT access.is_system()) OR unit_id = ANY ((SELECT helpline.supervised())::integer[]));
-- Only into an edition of this very transaction: what was imported never grows afterwards.
CREATE POLICY supervisor_inserts ON public.helpline_pastfigure FOR INSERT TO arasha_app WITH CHECK (
    EXISTS (SELECT FROM public.helpline_pastedition e WHERE e.id = edition_id AND e.imported_at = (SELECT access.moment())
               AND ((SELECT access.is_system()) OR e.unit_id = ANY ((SELECT helpline.supervised())::integer[]))));

-- Lines at which calls were answered and at which nobody sits: how many calls, and when the last.
CREATE FUNCTION helpline.strange_lines(p_since timestamptz)
RETURNS TABLE (unit integer, number text, calls bigint, last_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT c.unit_id, c.extension::text, count(*), max(c.began_at)
      FROM public.helpline_call c
     WHERE c.unit_id = ANY ((SELECT helpline.supervised())::integer[]) AND c.began_at >= p_since
       AND c.outcome = 'answered' AND c.contact_id IS NULL AND NOT c.due
       AND NOT EXISTS (SELECT FROM public.helpline_extension e
                        WHERE e.unit_id = c.unit_id AND e.number = c.extension AND e.until IS NULL)
     GROUP BY c.unit_id, c.extension ORDER BY 3 DESC, 2 LIMIT 50;
END;
