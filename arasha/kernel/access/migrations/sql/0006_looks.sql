-- The access log and the budget of distinct children a day.

-- Written on a connection of its own, outside the request's transaction, so it takes no context: the application's
-- key proves the row. Returns what the reader is told: {"outcome", "count", "limit"}.
CREATE FUNCTION access.record_look(p_entry text, p_proof bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_look jsonb := p_entry::jsonb; v_user integer := (v_look ->> 'user')::integer; v_dossier uuid := (v_look ->> 'dossier')::uuid;
    v_outcome text := v_look ->> 'outcome'; v_now timestamptz := clock_timestamp();
    v_limit integer := (v_look ->> 'limit')::integer; v_day date := (v_now AT TIME ZONE 'Asia/Almaty')::date;
    v_budget public.access_budget; v_usual numeric;
BEGIN
    IF NOT access.proven('record_look|' || p_entry, p_proof) THEN
        RAISE EXCEPTION 'no proof' USING ERRCODE = 'AR401';
    END IF;
    IF v_outcome = 'shown' AND v_dossier IS NOT NULL THEN
        INSERT INTO public.access_budget (user_id, day, dossiers, extra) VALUES (v_user, v_day, 0, 0)
        ON CONFLICT (user_id, day) DO NOTHING;
        SELECT * INTO v_budget FROM public.access_budget b WHERE b.user_id = v_user AND b.day = v_day FOR UPDATE;
        IF NOT EXISTS (SELECT FROM public.access_look l WHERE l.user_id = v_user AND l.dossier_id = v_dossier
                          AND l.outcome IN ('shown', 'alert')
                          AND (l.recorded_at AT TIME ZONE 'Asia/Almaty')::date = v_day) THEN
            IF v_budget.dossiers >= v_limit + v_budget.extra THEN
                v_outcome := 'stopped';
                UPDATE public.access_budget b SET stopped_at = coalesce(b.stopped_at, v_now) WHERE b.id = v_budget.id;
            ELSE
                UPDATE public.access_budget b SET dossiers = b.dossiers + 1 WHERE b.id = v_budget.id
                RETURNING * INTO v_budget;
                SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY b.dossiers) INTO v_usual
                  FROM public.access_budget b
                 WHERE b.user_id = v_user AND b.day < v_day AND b.day > v_day - 60 HAVING count(*) >= 5;
                IF v_budget.dossiers > greatest(3 * coalesce(v_usual, 0), 20) THEN
                    v_outcome := 'alert';
                    UPDATE public.access_budget b SET alerted_at = coalesce(b.alerted_at, v_now)
                     WHERE b.id = v_budget.id;
                END IF;
            END IF;
        END IF;
    END IF;
    INSERT INTO public.access_look (id, at, recorded_at, user_id, post_id, unit_id, dossier_id, kind, facet, request,
        outcome, hash)
    VALUES ((v_look ->> 'id')::uuid, (v_look ->> 'at')::timestamptz, v_now, v_user, (v_look ->> 'post')::integer,
        (v_look ->> 'unit')::integer, v_dossier, v_look ->> 'kind', (v_look ->> 'facet')::smallint,
        coalesce(v_look ->> 'request', ''), v_outcome, '');
    RETURN jsonb_build_object('outcome', v_outcome, 'count', v_budget.dossiers, 'limit', v_limit + v_budget.extra);
END $$;

-- A supervisor (the unit above the user's) lets a stopped user go on for as many again, once a day.
CREATE FUNCTION access.confirm_budget(p_user integer, p_limit integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_day date := (clock_timestamp() AT TIME ZONE 'Asia/Almaty')::date;
BEGIN
    IF p_user = access.user_id() OR NOT EXISTS (
        SELECT FROM public.access_post p JOIN public.access_unit u ON u.id = p.unit_id
         WHERE p.holder_id = p_user AND u.parent_id = access.unit_id() AND p.since <= access.moment()
           AND (p.until IS NULL OR p.until > access.moment())) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    UPDATE public.access_budget b SET confirmed_at = clock_timestamp(), confirmed_by_id = access.user_id(),
           extra = least(p_limit, 200), stopped_at = NULL
     WHERE b.user_id = p_user AND b.day = v_day AND b.stopped_at IS NOT NULL AND b.confirmed_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nothing to confirm' USING ERRCODE = 'AR409';
    END IF;
END $$;
-- The people of the units below mine whom the budget stopped or alerted about today.
CREATE FUNCTION access.budgets_below() RETURNS SETOF public.access_budget
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT b.* FROM public.access_budget b
     WHERE b.day = (pg_catalog.clock_timestamp() AT TIME ZONE 'Asia/Almaty')::date
       AND (b.alerted_at IS NOT NULL OR b.stopped_at IS NOT NULL)
       AND b.user_id IN (SELECT p.holder_id FROM public.access_post p JOIN public.access_unit u ON u.id = p.unit_id
                          WHERE u.parent_id = (SELECT access.unit_id()));
END;

-- Who looked at a file: for its lead and its overseers. Refused tries are there as well.
CREATE FUNCTION access.looks_at(p_dossier uuid, p_limit integer) RETURNS SETOF public.access_look
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT l.* FROM public.access_look l
     WHERE l.dossier_id = p_dossier AND access.my_parts(p_dossier) && ARRAY['lead', 'overseeing']
     ORDER BY l.at DESC LIMIT p_limit;
END;
