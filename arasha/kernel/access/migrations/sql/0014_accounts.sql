-- Accounts of other systems. Who they are stands in kernel.exchange, which sets their context; here stands what the
-- access log, the budget and the team make of somebody who acts and is no person.

CREATE FUNCTION access.is_account() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('arasha.context', true), '') = '' THEN
        RETURN false;  -- nobody acts: what is written then is the owner's, or proven in another way
    END IF;
    RETURN access.context() ->> 'kind' = 'account';
END $$;

-- The rows keep their hashes: a column that is NULL is not in what is hashed.
CREATE OR REPLACE FUNCTION access.record_look(p_entry text, p_proof bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_look jsonb := p_entry::jsonb; v_user integer := (v_look ->> 'user')::integer; v_dossier uuid := (v_look ->> 'dossier')::uuid;
    v_account integer := (v_look ->> 'account')::integer;
    v_outcome text := v_look ->> 'outcome'; v_now timestamptz := clock_timestamp();
    v_limit integer := (v_look ->> 'limit')::integer; v_day date := (v_now AT TIME ZONE 'Asia/Almaty')::date;
    v_budget public.access_budget; v_usual numeric;
BEGIN
    IF NOT access.proven('record_look|' || p_entry, p_proof) THEN
        RAISE EXCEPTION 'no proof' USING ERRCODE = 'AR401';
    END IF;
    IF v_outcome = 'shown' AND v_dossier IS NOT NULL THEN
        INSERT INTO public.access_budget (user_id, account_id, day, dossiers, extra)
        VALUES (v_user, v_account, v_day, 0, 0) ON CONFLICT DO NOTHING;
        SELECT * INTO v_budget FROM public.access_budget b
         WHERE b.day = v_day AND (b.user_id = v_user OR b.account_id = v_account) FOR UPDATE;
        IF NOT EXISTS (SELECT FROM public.access_look l WHERE (l.user_id = v_user OR l.account_id = v_account)
                          AND l.dossier_id = v_dossier AND l.outcome IN ('shown', 'alert')
                          AND (l.recorded_at AT TIME ZONE 'Asia/Almaty')::date = v_day) THEN
            IF v_budget.dossiers >= v_limit + v_budget.extra THEN
                v_outcome := 'stopped';
                UPDATE public.access_budget b SET stopped_at = coalesce(b.stopped_at, v_now) WHERE b.id = v_budget.id;
            ELSE
                UPDATE public.access_budget b SET dossiers = b.dossiers + 1 WHERE b.id = v_budget.id
                RETURNING * INTO v_budget;
                SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY b.dossiers) INTO v_usual
                  FROM public.access_budget b
                 WHERE (b.user_id = v_user OR b.account_id = v_account) AND b.day < v_day AND b.day > v_day - 60
                HAVING count(*) >= 5;
                IF v_budget.dossiers > greatest(3 * coalesce(v_usual, 0), 20) THEN
                    v_outcome := 'alert';
                    UPDATE public.access_budget b SET alerted_at = coalesce(b.alerted_at, v_now)
                     WHERE b.id = v_budget.id;
                END IF;
            END IF;
        END IF;
    END IF;
    INSERT INTO public.access_look (id, at, recorded_at, user_id, account_id, post_id, unit_id, dossier_id, kind, facet,
        request, outcome, hash)
    VALUES ((v_look ->> 'id')::uuid, (v_look ->> 'at')::timestamptz, v_now, v_user, v_account,
        (v_look ->> 'post')::integer, (v_look ->> 'unit')::integer, v_dossier, v_look ->> 'kind',
        (v_look ->> 'facet')::smallint, coalesce(v_look ->> 'request', ''), v_outcome, '');
    RETURN jsonb_build_object('outcome', v_outcome, 'count', v_budget.dossiers, 'limit', v_limit + v_budget.extra);
END $$;

-- Written anew, for they return whole rows: the tables have a column more. (Of a budget's supervisor: people only;
-- an account's is confirmed in kernel.exchange.)
CREATE OR REPLACE FUNCTION access.budgets_below() RETURNS SETOF public.access_budget
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT b.* FROM public.access_budget b
     WHERE b.day = (pg_catalog.clock_timestamp() AT TIME ZONE 'Asia/Almaty')::date
       AND (b.alerted_at IS NOT NULL OR b.stopped_at IS NOT NULL)
       AND b.user_id IN (SELECT p.holder_id FROM public.access_post p JOIN public.access_unit u ON u.id = p.unit_id
                          WHERE u.parent_id = (SELECT access.unit_id()));
END;
CREATE OR REPLACE FUNCTION access.looks_at(p_dossier uuid, p_limit integer) RETURNS SETOF public.access_look
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT l.* FROM public.access_look l
     WHERE l.dossier_id = p_dossier AND access.my_parts(p_dossier) && ARRAY['lead', 'overseeing']
     ORDER BY l.at DESC LIMIT p_limit;
END;

-- A machine opens nothing to anybody. Whatever a function of the team would let it do, the row refuses: it may bring
-- in whom a duty obliges, informs or reaches, as the procedures do; it gives no lead, partner or sealed facet, ends no
-- part, bars nobody, reviews nothing and confirms no budget. In the dossier that it has just opened it tells as
-- anybody tells.
CREATE FUNCTION access.refuse_account() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_row jsonb := to_jsonb(NEW);
BEGIN
    IF NOT access.is_account() OR (TG_TABLE_NAME = 'access_budget' AND v_row ->> 'confirmed_at' IS NULL)
       OR (TG_TABLE_NAME = 'access_member' AND v_row ->> 'part' IN ('obliged', 'informed', 'overseeing')
           AND v_row ->> 'ended_at' IS NULL)
       OR EXISTS (SELECT FROM public.access_dossier d
                   WHERE d.id = (v_row ->> 'dossier_id')::uuid AND d.opened_mark = access.opening_mark()) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
END $$;
CREATE TRIGGER refuse_account BEFORE INSERT OR UPDATE ON public.access_member
FOR EACH ROW EXECUTE FUNCTION access.refuse_account();
CREATE TRIGGER refuse_account BEFORE INSERT OR UPDATE ON public.access_bar
FOR EACH ROW EXECUTE FUNCTION access.refuse_account();
CREATE TRIGGER refuse_account BEFORE INSERT OR UPDATE ON public.access_glass
FOR EACH ROW EXECUTE FUNCTION access.refuse_account();
CREATE TRIGGER refuse_account BEFORE INSERT OR UPDATE ON public.access_budget
FOR EACH ROW EXECUTE FUNCTION access.refuse_account();

-- What an account's own looks were, for itself; who answers for the file sees them with all others (access.looks_at).
CREATE POLICY account_reads ON public.access_look FOR SELECT TO arasha_app USING (
    account_id = ((SELECT access.context()) ->> 'account')::integer);
