-- Accounts of other systems: who makes them, what they enter with, the answers kept for them.

-- Whoever arranges a unit's systems: an administrator of the place, the unit's head or the head of the unit above it.
CREATE FUNCTION exchange.arranges(p_unit integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.user_id()) IS NOT NULL AND (
  access.administers(access.unit_territory(p_unit)) OR EXISTS (
    SELECT FROM public.access_post p JOIN public.access_unit u ON u.id = p_unit
     WHERE p.id = (SELECT access.post_id()) AND p.rank = 'head' AND p.unit_id IN (u.id, u.parent_id)));

-- What the scopes open of a file: the obligations' facet, nothing else, and never a sealed one.
CREATE FUNCTION exchange.masks(p_scopes text[], OUT reads bigint, OUT writes bigint)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (CASE WHEN p_scopes && ARRAY['obligations:read', 'obligations:meet'] THEN 128 ELSE 0 END::bigint,
        CASE WHEN p_scopes && ARRAY['obligations:meet'] THEN 128 ELSE 0 END::bigint);

-- Who of a body works there now or did in the last 24 months: behind its system may sit any of them.
CREATE FUNCTION exchange.staff(p_body integer) RETURNS SETOF integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT DISTINCT t.user_id FROM public.access_tenure t
   WHERE t.body_id = p_body AND (t.until IS NULL OR t.until > worktime.now() - interval '24 months');
END;
CREATE FUNCTION exchange.barred(p_body integer) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN coalesce((SELECT pg_catalog.array_agg(DISTINCT b.dossier_id) FROM public.access_bar b
  WHERE b.ended_at IS NULL AND (b.body_id = p_body OR b.user_id IN (SELECT exchange.staff(p_body)))), '{}');

-- The token's lock is shared by what runs with it; revoking takes it alone. So when revoking has answered, nothing that
-- came in with the token runs or will be committed.
CREATE FUNCTION exchange.token_lock(p_hash bytea) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pg_catalog.hashtextextended('exchange.token ' || pg_catalog.encode(p_hash, 'hex'), 0);

-- Lets a system act until the transaction ends. Unknown, expired, revoked, from elsewhere, not confirmed: one answer.
CREATE FUNCTION exchange.enter(p_hash bytea, p_address text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_moment timestamptz := worktime.now(); v_account record; v_functions text[]; v_reads bigint; v_writes bigint; v_mask record;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(exchange.token_lock(p_hash));
  SELECT a.id, a.unit_id AS unit, a.scopes, a.functions, u.body_id AS body, u.territory_id AS territory INTO v_account
    FROM public.exchange_token t JOIN public.exchange_account a ON a.id = t.account_id
    JOIN public.access_unit u ON u.id = a.unit_id
   WHERE t.hash = p_hash AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
     AND a.confirmed_at IS NOT NULL AND a.ended_at IS NULL
     AND (u.valid_to IS NULL OR u.valid_to > (v_moment AT TIME ZONE 'Asia/Almaty')::date)
     AND (a.networks = '{}' OR EXISTS (SELECT FROM unnest(a.networks) n WHERE p_address::inet <<= n::inet));
  IF NOT FOUND THEN
    RAISE EXCEPTION 'token not valid' USING ERRCODE = 'AR401';
  END IF;
  SELECT array_agg(DISTINCT f.code), bit_or(f.reads), bit_or(f.writes) INTO v_functions, v_reads, v_writes
    FROM public.access_unitfunction uf JOIN public.access_function f ON f.code = uf.function_id
   WHERE uf.unit_id = v_account.unit AND uf.since <= v_moment AND (uf.until IS NULL OR uf.until > v_moment)
     AND f.code = ANY (v_account.functions)
     AND f.code NOT IN ('administration', 'ombudsperson', 'coordination_nation');
  SELECT m.reads, m.writes INTO v_mask FROM exchange.masks(v_account.scopes) m;
  RETURN access.set_context(jsonb_build_object(
    'kind', 'account', 'account', v_account.id, 'purpose', 'account:' || v_account.id, 'moment', v_moment,
    'request', left(coalesce(current_setting('arasha.request', true), ''), 64),
    'unit', v_account.unit, 'units', ARRAY[v_account.unit]::text, 'body', v_account.body,
    'bodies', ARRAY[v_account.body]::text, 'users', '{}', 'territory', v_account.territory,
    'functions', coalesce(v_functions, '{}')::text, 'scopes', v_account.scopes::text, 'scope', '', 'glass', '{}',
    'reads', coalesce(v_reads, 0) & v_mask.reads, 'writes', coalesce(v_writes, 0) & v_mask.writes,
    'barred', exchange.barred(v_account.body)::text));
END $$;

-- The day on which a token was last used for anything but telling; on a connection of its own, so that no row of the
-- same transaction leads from it to what was done. Whoever knows the token's hash may say so.
CREATE FUNCTION exchange.note_use(p_hash bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  UPDATE public.exchange_token t SET used_on = (pg_catalog.clock_timestamp() AT TIME ZONE 'Asia/Almaty')::date
   WHERE t.hash = p_hash
     AND t.used_on IS DISTINCT FROM (pg_catalog.clock_timestamp() AT TIME ZONE 'Asia/Almaty')::date;
END;

-- An account that one arranges, locked; for everybody else it is not there.
CREATE FUNCTION exchange.arranged(p_account integer) RETURNS public.exchange_account
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account public.exchange_account;
BEGIN
  SELECT * INTO v_account FROM public.exchange_account a WHERE a.id = p_account FOR UPDATE;
  IF NOT FOUND OR NOT exchange.arranges(v_account.unit_id) THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  END IF;
  RETURN v_account;
END $$;

CREATE FUNCTION exchange.propose(p_unit integer, p_name text, p_scopes text[], p_functions text[], p_networks text[])
RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_id integer;
BEGIN
  IF NOT exchange.arranges(p_unit) THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  ELSIF p_scopes = '{}' OR p_functions = '{}' OR EXISTS (
    SELECT FROM unnest(p_functions) f WHERE f IN ('administration', 'ombudsperson', 'coordination_nation')
        OR NOT EXISTS (SELECT FROM public.access_unitfunction uf WHERE uf.unit_id = p_unit AND uf.function_id = f
                          AND uf.since <= access.moment() AND (uf.until IS NULL OR uf.until > access.moment()))) THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  END IF;
  PERFORM n::cidr FROM unnest(p_networks) n;
  INSERT INTO public.exchange_account (unit_id, name, scopes, functions, networks, proposed_by_id, proposed_at)
  VALUES (p_unit, p_name, p_scopes, p_functions, p_networks, access.user_id(), access.moment()) RETURNING id INTO v_id;
  RETURN v_id;
END $$;

-- By another person than who proposed it: the table holds that, too.
CREATE FUNCTION exchange.confirm(p_account integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account public.exchange_account := exchange.arranged(p_account);
BEGIN
  IF v_account.proposed_by_id = access.user_id() THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  ELSIF v_account.confirmed_at IS NOT NULL OR v_account.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'decided before' USING ERRCODE = 'AR409';
  END IF;
  UPDATE public.exchange_account a SET confirmed_by_id = access.user_id(), confirmed_at = access.moment()
   WHERE a.id = p_account;
END $$;

-- Waits for what runs with the token, then ends it.
CREATE FUNCTION exchange.end_token(p_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(exchange.token_lock(t.hash)) FROM public.exchange_token t WHERE t.id = p_id;
  UPDATE public.exchange_token t SET revoked_at = clock_timestamp() WHERE t.id = p_id AND t.revoked_at IS NULL;
END $$;

CREATE FUNCTION exchange.end_account(p_account integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account public.exchange_account := exchange.arranged(p_account);
BEGIN
  IF v_account.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'ended before' USING ERRCODE = 'AR409';
  END IF;
  UPDATE public.exchange_account a SET ended_at = access.moment() WHERE a.id = p_account;
  UPDATE public.exchange_subscription s SET ended_at = access.moment(), ended_why = 'ended'
   WHERE s.account_id = p_account AND s.ended_at IS NULL;
  PERFORM exchange.end_token(t.id) FROM public.exchange_token t WHERE t.account_id = p_account ORDER BY t.id;
END $$;

-- A new token; those before it end after the overlap at the latest. At most two are good at a time.
CREATE FUNCTION exchange.issue_token(p_account integer, p_id uuid, p_hash bytea, p_days integer, p_overlap interval)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account public.exchange_account := exchange.arranged(p_account); v_now timestamptz := clock_timestamp();
BEGIN
  IF v_account.confirmed_at IS NULL OR v_account.ended_at IS NOT NULL OR length(p_hash) <> 32
     OR p_days NOT BETWEEN 1 AND 365 OR p_overlap NOT BETWEEN interval '0' AND interval '30 days' THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  ELSIF (SELECT count(*) FROM public.exchange_token t
          WHERE t.account_id = p_account AND t.revoked_at IS NULL AND t.expires_at > v_now) >= 2 THEN
    RAISE EXCEPTION 'two are good' USING ERRCODE = 'AR409';
  END IF;
  UPDATE public.exchange_token t SET expires_at = least(t.expires_at, v_now + p_overlap)
   WHERE t.account_id = p_account AND t.revoked_at IS NULL AND t.expires_at > v_now;
  INSERT INTO public.exchange_token (id, account_id, hash, issued_by_id, issued_at, expires_at)
  VALUES (p_id, p_account, p_hash, access.user_id(), v_now, v_now + make_interval(days => p_days));
END $$;

CREATE FUNCTION exchange.revoke_token(p_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account integer;
BEGIN
  SELECT t.account_id INTO v_account FROM public.exchange_token t WHERE t.id = p_id AND t.revoked_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  END IF;
  PERFORM exchange.arranged(v_account);
  PERFORM exchange.end_token(p_id);
END $$;

-- Names of systems, for whoever may see that one looked or acted.
CREATE FUNCTION exchange.names(p_accounts integer[]) RETURNS TABLE (id integer, name text)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT a.id, a.name FROM public.exchange_account a
   WHERE a.id = ANY (p_accounts) AND (SELECT access.context()) IS NOT NULL;
END;

-- Today's budget of an account that one arranges: children read, and whether it was stopped.
CREATE FUNCTION exchange.budgets() RETURNS TABLE (account integer, dossiers integer, stopped boolean)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT b.account_id, b.dossiers, b.stopped_at IS NOT NULL
    FROM public.access_budget b JOIN public.exchange_account a ON a.id = b.account_id
   WHERE b.day = (pg_catalog.clock_timestamp() AT TIME ZONE 'Asia/Almaty')::date AND exchange.arranges(a.unit_id);
END;

-- The head of the unit, or of the unit above, lets a stopped system go on for as many again, once a day.
CREATE FUNCTION exchange.confirm_budget(p_account integer, p_limit integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account public.exchange_account := exchange.arranged(p_account);
BEGIN
  IF NOT EXISTS (SELECT FROM public.access_post p JOIN public.access_unit u ON u.id = v_account.unit_id
                  WHERE p.id = access.post_id() AND p.rank = 'head' AND p.unit_id IN (u.id, u.parent_id)) THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  END IF;
  UPDATE public.access_budget b SET confirmed_at = clock_timestamp(), confirmed_by_id = access.user_id(),
         extra = least(p_limit, 200), stopped_at = NULL
   WHERE b.account_id = p_account AND b.day = (clock_timestamp() AT TIME ZONE 'Asia/Almaty')::date
     AND b.stopped_at IS NOT NULL AND b.confirmed_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing to confirm' USING ERRCODE = 'AR409';
  END IF;
END $$;

-- Answers kept for who asks twice. By the key alone: nobody lists them. The lock is the request that is on its way.
CREATE FUNCTION exchange.kept_answer(p_key bytea, OUT free boolean, OUT request bytea, OUT answer bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM access.context();
  free := pg_try_advisory_xact_lock(hashtextextended('exchange.answer ' || encode(p_key, 'hex'), 0));
  IF free THEN
    SELECT k.request, k.answer INTO request, answer FROM public.exchange_keptanswer k
     WHERE k.key = p_key AND k.kept_until > clock_timestamp();
  END IF;
END $$;
CREATE FUNCTION exchange.keep_answer(p_key bytea, p_request bytea, p_answer bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM access.context();
  INSERT INTO public.exchange_keptanswer (key, request, answer, kept_until)
  VALUES (p_key, p_request, p_answer, date_trunc('hour', clock_timestamp()) + interval '25 hours')
  ON CONFLICT (key) DO UPDATE SET request = excluded.request, answer = excluded.answer, kept_until = excluded.kept_until
   WHERE public.exchange_keptanswer.kept_until <= clock_timestamp();
END $$;
CREATE FUNCTION exchange.forget_answers() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_count integer;
BEGIN
  DELETE FROM public.exchange_keptanswer k WHERE k.kept_until <= clock_timestamp();
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;

-- Who reads which rows.
GRANT SELECT ON public.exchange_account TO arasha_app;
CREATE POLICY arranges_reads ON public.exchange_account FOR SELECT TO arasha_app USING (
  exchange.arranges(unit_id) OR id = ((SELECT access.context()) ->> 'account')::integer OR (SELECT access.is_system()));
GRANT SELECT (id, account_id, issued_by_id, issued_at, expires_at, revoked_at, used_on) ON public.exchange_token TO arasha_app;
CREATE POLICY arranges_reads ON public.exchange_token FOR SELECT TO arasha_app USING (
  EXISTS (SELECT FROM public.exchange_account a WHERE a.id = account_id));
GRANT USAGE ON SEQUENCE public.exchange_account_id_seq TO arasha_definer;
