-- Events for other systems: noted by the act itself, in its transaction, and sent by the worker afterwards.

-- An act that other systems are told of, seen when it is closed: whoever writes acts knows nothing of webhooks.
-- Who is barred is not told: neither is a system behind which a barred person may sit.
CREATE FUNCTION exchange.note_act() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_event record; v_units integer[]; v_codes jsonb := NEW.codes;
BEGIN
  FOR v_event IN SELECT e.event, e.told FROM public.exchange_event e WHERE e.verb = NEW.verb LOOP
    v_units := CASE v_event.told
      WHEN 'unit' THEN ARRAY[(v_codes ->> 'unit')::integer]
      WHEN 'rungs' THEN ARRAY(SELECT (r ->> 'unit')::integer FROM jsonb_array_elements(v_codes -> 'rungs') r
                               WHERE r ->> 'outcome' = 'told')
      ELSE ARRAY(SELECT d.lead_unit_id FROM public.access_dossier d WHERE d.id = NEW.stream_key::uuid) END;
    INSERT INTO public.exchange_delivery (id, subscription_id, event, subject, dossier, at, next_try_at, tries, outcome,
        fault)
    SELECT gen_random_uuid(), s.id, v_event.event, coalesce((v_codes ->> 'obligation')::uuid, NEW.stream_key::uuid),
           NEW.stream_key::uuid, NEW.at, clock_timestamp(), 0, '', ''
      FROM public.exchange_subscription s JOIN public.exchange_account a ON a.id = s.account_id
      JOIN public.access_unit u ON u.id = a.unit_id
     WHERE s.ended_at IS NULL AND v_event.event = ANY (s.events) AND a.unit_id = ANY (v_units)
       AND 'webhooks' = ANY (a.scopes) AND NEW.stream_key::uuid <> ALL (exchange.barred(u.body_id));
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER note_act AFTER UPDATE OF closed ON public.journal_act FOR EACH ROW
WHEN (NEW.closed AND NOT OLD.closed AND NEW.stream_kind = 'dossier') EXECUTE FUNCTION exchange.note_act();

CREATE FUNCTION exchange.subscribe(p_id uuid, p_account integer, p_address text, p_events text[], p_sealed bytea)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account public.exchange_account := exchange.arranged(p_account);
BEGIN
  IF v_account.ended_at IS NOT NULL OR v_account.confirmed_at IS NULL OR 'webhooks' <> ALL (v_account.scopes)
     OR p_events = '{}'
     OR EXISTS (SELECT unnest(p_events) EXCEPT SELECT e.event FROM public.exchange_event e)
     OR (SELECT count(*) FROM public.exchange_subscription s WHERE s.account_id = p_account AND s.ended_at IS NULL) >= 5
  THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  END IF;
  INSERT INTO public.exchange_subscription (id, account_id, address, events, made_at, ended_why)
  VALUES (p_id, p_account, p_address, p_events, access.moment(), '');
  INSERT INTO public.exchange_signingkey (subscription_id, sealed) VALUES (p_id, p_sealed);
END $$;

CREATE FUNCTION exchange.end_subscription(p_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account integer;
BEGIN
  SELECT s.account_id INTO v_account FROM public.exchange_subscription s WHERE s.id = p_id AND s.ended_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  END IF;
  PERFORM exchange.arranged(v_account);
  UPDATE public.exchange_subscription s SET ended_at = access.moment(), ended_why = 'ended' WHERE s.id = p_id;
END $$;

-- Sending is the worker's work.
CREATE FUNCTION exchange.demand_system() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT access.is_system() THEN
    RAISE EXCEPTION 'only the system sends' USING ERRCODE = 'AR403';
  END IF;
END $$;

-- Takes what is due to one subscription, the next try put into the future before anything is sent: whoever falls while
-- sending has lost nothing, and nobody else sends the same meanwhile. 1, 2, 4 … minutes, at most four hours.
-- What is no longer for this account is dropped.
CREATE FUNCTION exchange.claim(p_limit integer) RETURNS TABLE (
  id uuid, event text, subject uuid, at timestamptz, tries integer, subscription uuid, address text, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE v_now timestamptz := clock_timestamp(); v_subscription uuid; v_gone boolean; v_body integer;
BEGIN
  PERFORM exchange.demand_system();
  SELECT d.subscription_id INTO v_subscription FROM public.exchange_delivery d
    JOIN public.exchange_signingkey k ON k.subscription_id = d.subscription_id
   WHERE d.ended_at IS NULL AND d.next_try_at <= v_now ORDER BY d.next_try_at LIMIT 1 FOR UPDATE OF k SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT s.ended_at IS NOT NULL OR a.ended_at IS NOT NULL, u.body_id INTO v_gone, v_body
    FROM public.exchange_subscription s JOIN public.exchange_account a ON a.id = s.account_id
    JOIN public.access_unit u ON u.id = a.unit_id WHERE s.id = v_subscription;
  UPDATE public.exchange_delivery d SET ended_at = v_now, outcome = 'dropped'
   WHERE d.subscription_id = v_subscription AND d.ended_at IS NULL
     AND (v_gone OR d.dossier = ANY (exchange.barred(v_body)));
  RETURN QUERY
    WITH due AS (
      SELECT d.id FROM public.exchange_delivery d
       WHERE d.subscription_id = v_subscription AND d.ended_at IS NULL AND d.next_try_at <= v_now
       ORDER BY d.next_try_at LIMIT p_limit FOR UPDATE SKIP LOCKED)
    UPDATE public.exchange_delivery d
       SET tries = d.tries + 1,
           next_try_at = v_now + least(interval '1 minute' * power(2, least(d.tries, 10)), interval '4 hours')
      FROM due, public.exchange_subscription s, public.exchange_signingkey k
     WHERE d.id = due.id AND s.id = v_subscription AND k.subscription_id = v_subscription
    RETURNING d.id, d.event, d.subject, d.at, d.tries, s.id, s.address, k.sealed;
  IF NOT FOUND THEN  -- all of it was dropped: say so, the caller goes on with the next subscription
    RETURN QUERY SELECT NULL::uuid, NULL::text, NULL::uuid, NULL::timestamptz, NULL::integer, v_subscription, NULL::text,
      NULL::bytea;
  END IF;
END $$;

-- Notes what came of a try. A message is dead after the last; what follows it is tried on.
CREATE FUNCTION exchange.end_try(p_id uuid, p_status integer, p_fault text, p_last integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_now timestamptz := clock_timestamp();
BEGIN
  PERFORM exchange.demand_system();
  UPDATE public.exchange_delivery d SET status = p_status, fault = p_fault,
         outcome = CASE WHEN p_fault = '' THEN 'delivered' WHEN d.tries >= p_last THEN 'dead' ELSE '' END,
         ended_at = CASE WHEN p_fault = '' OR d.tries >= p_last THEN v_now END
   WHERE d.id = p_id AND d.ended_at IS NULL;
  UPDATE public.exchange_signingkey k
     SET failing_since = CASE WHEN p_fault = '' THEN NULL ELSE coalesce(k.failing_since, v_now) END
    FROM public.exchange_delivery d
   WHERE d.id = p_id AND k.subscription_id = d.subscription_id
     AND (k.failing_since IS NULL) IS DISTINCT FROM (p_fault = '');
END $$;

-- Subscriptions that have failed for so long; ended one by one, each in its act (exchange.give_up).
CREATE FUNCTION exchange.failing(p_for interval) RETURNS TABLE (subscription uuid, account integer, unit integer, body integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM exchange.demand_system();
  RETURN QUERY SELECT s.id, a.id, a.unit_id, u.body_id
    FROM public.exchange_subscription s JOIN public.exchange_signingkey k ON k.subscription_id = s.id
    JOIN public.exchange_account a ON a.id = s.account_id JOIN public.access_unit u ON u.id = a.unit_id
   WHERE s.ended_at IS NULL AND k.failing_since < clock_timestamp() - p_for ORDER BY s.id;
END $$;
CREATE FUNCTION exchange.give_up(p_subscription uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM exchange.demand_system();
  UPDATE public.exchange_subscription s SET ended_at = access.moment(), ended_why = 'failing'
   WHERE s.id = p_subscription AND s.ended_at IS NULL;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE public.exchange_delivery d SET ended_at = clock_timestamp(), outcome = 'dead'
   WHERE d.subscription_id = p_subscription AND d.ended_at IS NULL;
  RETURN true;
END $$;

-- A dead message once more, from its first try on, while its subscription stands.
CREATE FUNCTION exchange.resend(p_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account integer; v_ended timestamptz;
BEGIN
  SELECT s.account_id, s.ended_at INTO v_account, v_ended FROM public.exchange_delivery d
    JOIN public.exchange_subscription s ON s.id = d.subscription_id
   WHERE d.id = p_id AND d.outcome = 'dead' FOR UPDATE OF d;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  END IF;
  PERFORM exchange.arranged(v_account);
  IF v_ended IS NOT NULL THEN
    RAISE EXCEPTION 'ended' USING ERRCODE = 'AR409';
  END IF;
  UPDATE public.exchange_delivery d SET ended_at = NULL, outcome = '', fault = '', status = NULL, tries = 0,
         next_try_at = clock_timestamp() WHERE d.id = p_id;
END $$;

GRANT SELECT ON public.exchange_subscription TO arasha_app;
CREATE POLICY arranges_reads ON public.exchange_subscription FOR SELECT TO arasha_app USING (
  EXISTS (SELECT FROM public.exchange_account a WHERE a.id = account_id));
GRANT SELECT (subscription_id, failing_since) ON public.exchange_signingkey TO arasha_app;
CREATE POLICY arranges_reads ON public.exchange_signingkey FOR SELECT TO arasha_app USING (
  EXISTS (SELECT FROM public.exchange_subscription s WHERE s.id = subscription_id));
-- Whoever arranges systems learns that a message failed and why, not of which file it was.
GRANT SELECT (id, subscription_id, event, at, next_try_at, tries, ended_at, outcome, status, fault)
  ON public.exchange_delivery TO arasha_app;
CREATE POLICY arranges_reads ON public.exchange_delivery FOR SELECT TO arasha_app USING (
  EXISTS (SELECT FROM public.exchange_subscription s WHERE s.id = subscription_id));
