-- The journal's doors. Tables are written by these definer functions only; triggers refuse every other change,
-- for whoever tries, and fire under session_replication_role = replica too.
CREATE SCHEMA journal;
REVOKE ALL ON SCHEMA journal FROM PUBLIC;
GRANT USAGE ON SCHEMA journal TO arasha_app, arasha_definer, arasha_backup;

REVOKE ALL ON public.journal_stream, public.journal_act, public.journal_link, public.journal_change,
  public.journal_seal, public.journal_export, public.journal_source FROM PUBLIC;
GRANT SELECT, INSERT ON public.journal_stream, public.journal_act, public.journal_link, public.journal_change,
  public.journal_seal, public.journal_export TO arasha_definer;
GRANT SELECT ON public.journal_source TO arasha_definer;
GRANT UPDATE (seq, head) ON public.journal_stream TO arasha_definer;
GRANT UPDATE (closed, xid, leaves, hash, sealed_in) ON public.journal_act TO arasha_definer;
-- What of it anybody reads is decided by the policies that access adds; without one nothing is seen.
GRANT SELECT ON public.journal_act, public.journal_link, public.journal_change TO arasha_app;
GRANT SELECT ON public.journal_stream, public.journal_act, public.journal_link, public.journal_change,
  public.journal_seal, public.journal_export, public.journal_source TO arasha_backup;

DO $$
DECLARE v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['stream', 'act', 'link', 'change', 'seal', 'export'] LOOP
    EXECUTE format('ALTER TABLE public.journal_%s ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('ALTER TABLE public.journal_%s FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format('CREATE POLICY definer_all ON public.journal_%s TO arasha_definer USING (true) WITH CHECK (true)',
                   v_table);
  END LOOP;
END $$;

-- Refuses whatever statement or row it is attached to.
CREATE FUNCTION journal.refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what is written down stays', TG_OP, TG_TABLE_NAME USING ERRCODE = 'AR411';
END $$;

-- An act changes twice: closed by the transaction that opened it, sealed once after that.
CREATE FUNCTION journal.guard_act() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.closed AND OLD.sealed_in IS NULL AND NEW.sealed_in IS NOT NULL THEN
    OLD.sealed_in := NEW.sealed_in;
  ELSIF NOT OLD.closed AND OLD.xid = pg_current_xact_id() AND NEW.closed AND NEW.xid IS NULL THEN
    OLD.closed := NEW.closed; OLD.xid := NEW.xid; OLD.leaves := NEW.leaves; OLD.hash := NEW.hash;
  END IF;
  IF OLD IS DISTINCT FROM NEW THEN
    RAISE EXCEPTION 'an act is closed once and sealed once, nothing else' USING ERRCODE = 'AR411';
  END IF;
  RETURN NEW;
END $$;

-- A stream grows by one act at a time.
CREATE FUNCTION journal.guard_stream() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.kind <> OLD.kind OR NEW.key <> OLD.key OR NEW.seq <> OLD.seq + 1 THEN
    RAISE EXCEPTION 'a stream grows by one act at a time' USING ERRCODE = 'AR411';
  END IF;
  RETURN NEW;
END $$;

-- A log row is sealed once, nothing else.
CREATE FUNCTION journal.guard_log() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.sealed_in IS NOT NULL OR NEW.sealed_in IS NULL
     OR to_jsonb(OLD) - 'sealed_in' IS DISTINCT FROM to_jsonb(NEW) - 'sealed_in' THEN
    RAISE EXCEPTION 'a row of % is sealed once, nothing else', TG_TABLE_NAME USING ERRCODE = 'AR411';
  END IF;
  RETURN NEW;
END $$;

-- Gives a log row its hash; a hash or seal that came with it is thrown away.
CREATE FUNCTION journal.hash_log() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
BEGIN
  NEW.sealed_in := NULL;
  NEW.hash := sha256(convert_to(jsonb_strip_nulls(to_jsonb(NEW) - 'hash' - 'sealed_in')::text, 'UTF8'));
  RETURN NEW;
END $$;

-- At commit: no act may be left open.
CREATE FUNCTION journal.demand_closed() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.journal_act a WHERE a.id = NEW.id AND NOT a.closed) THEN
    RAISE EXCEPTION 'act % was left open', NEW.id USING ERRCODE = 'AR411';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER guard BEFORE UPDATE ON public.journal_act FOR EACH ROW EXECUTE FUNCTION journal.guard_act();
CREATE TRIGGER guard BEFORE UPDATE ON public.journal_stream FOR EACH ROW EXECUTE FUNCTION journal.guard_stream();
CREATE CONSTRAINT TRIGGER closed AFTER INSERT ON public.journal_act DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION journal.demand_closed();
ALTER TABLE public.journal_act ENABLE ALWAYS TRIGGER guard, ENABLE ALWAYS TRIGGER closed;
ALTER TABLE public.journal_stream ENABLE ALWAYS TRIGGER guard;
DO $$
DECLARE v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['stream', 'act', 'link', 'change', 'seal', 'export'] LOOP
    EXECUTE format('CREATE TRIGGER keep BEFORE DELETE ON public.journal_%s FOR EACH ROW EXECUTE FUNCTION journal.refuse()',
                   v_table);
    EXECUTE format('CREATE TRIGGER keep_all BEFORE TRUNCATE ON public.journal_%s FOR EACH STATEMENT '
                   'EXECUTE FUNCTION journal.refuse()', v_table);
    EXECUTE format('ALTER TABLE public.journal_%s ENABLE ALWAYS TRIGGER keep, ENABLE ALWAYS TRIGGER keep_all', v_table);
  END LOOP;
  FOREACH v_table IN ARRAY ARRAY['link', 'change', 'seal', 'export'] LOOP
    EXECUTE format('CREATE TRIGGER unchanged BEFORE UPDATE ON public.journal_%s FOR EACH ROW '
                   'EXECUTE FUNCTION journal.refuse()', v_table);
    EXECUTE format('ALTER TABLE public.journal_%s ENABLE ALWAYS TRIGGER unchanged', v_table);
  END LOOP;
END $$;

-- The open act of this transaction, or AR410. The setting is only a hint: the row says whose act it is.
CREATE FUNCTION journal.current_act() RETURNS bigint LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_act bigint;
BEGIN
  SELECT a.id INTO v_act FROM public.journal_act a
  WHERE a.id = nullif(current_setting('arasha.act', true), '')::bigint AND a.xid = pg_current_xact_id_if_assigned();
  IF v_act IS NULL THEN
    RAISE EXCEPTION 'no act is open' USING ERRCODE = 'AR410';
  END IF;
  RETURN v_act;
END $$;

-- Locks a stream, making it when it is new, and returns its last place and hash.
CREATE FUNCTION journal.lock_stream(p_kind text, p_key text, OUT seq bigint, OUT head bytea) LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  SELECT s.seq, s.head INTO seq, head FROM public.journal_stream s WHERE s.kind = p_kind AND s.key = p_key FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO public.journal_stream VALUES (p_kind, p_key, 0, '') ON CONFLICT DO NOTHING;
    SELECT s.seq, s.head INTO STRICT seq, head
    FROM public.journal_stream s WHERE s.kind = p_kind AND s.key = p_key FOR UPDATE;
  END IF;
END $$;

-- Opens an act: takes the actor from access.context(), locks the streams in sorted order, joins their chains.
-- p_also: [{"kind": …, "key": …}, …]. A sealed act keeps nothing of the context, but a random reference.
CREATE FUNCTION journal.open_act(
  p_kind text, p_key text, p_verb text, p_codes jsonb, p_at timestamptz, p_also jsonb, p_sealed boolean
) RETURNS TABLE (act bigint, seq bigint, reference uuid) LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_context jsonb := access.context();
  v_open text := coalesce(current_setting('arasha.act', true), '');
  v_stream record;
  v_own record;
BEGIN
  IF v_open <> '' AND EXISTS (
    SELECT FROM public.journal_act a WHERE a.id = v_open::bigint AND a.xid = pg_current_xact_id()) THEN
    RAISE EXCEPTION 'an act is open already' USING ERRCODE = 'AR411';
  END IF;
  IF p_also <> '[]' THEN
    FOR v_stream IN
      SELECT s.kind, s.key FROM (SELECT p_kind AS kind, p_key AS key
        UNION SELECT j->>'kind', j->>'key' FROM jsonb_array_elements(p_also) AS j) AS s
      ORDER BY s.kind COLLATE "C", s.key COLLATE "C"
    LOOP
      PERFORM journal.lock_stream(v_stream.kind, v_stream.key);
    END LOOP;
  END IF;
  v_own := journal.lock_stream(p_kind, p_key);
  seq := v_own.seq + 1;
  IF p_sealed THEN
    v_context := '{}';
    reference := gen_random_uuid();
  END IF;
  INSERT INTO public.journal_act (
    stream_kind, stream_key, seq, verb, codes, actor_user, actor_post, actor_unit, purpose, request,
    sealed_reference, at, clock_offset, recorded_at, xid, closed, previous, leaves)
  VALUES (
    p_kind, p_key, open_act.seq, p_verb, p_codes, (v_context->>'user')::int, (v_context->>'post')::int,
    (v_context->>'unit')::int, coalesce(v_context->>'purpose', ''), coalesce(v_context->>'request', ''),
    reference, p_at, extract(epoch FROM worktime.now() - now()) * 1000000, clock_timestamp(),
    pg_current_xact_id(), false, v_own.head, '')
  RETURNING id INTO act;
  PERFORM set_config('arasha.act', act::text, true);
  IF p_also <> '[]' THEN
    -- The other streams' places are taken at closing; what they are is kept in the transaction only.
    PERFORM set_config('arasha.act_also', p_also::text, true);
  END IF;
  RETURN NEXT;
END $$;

-- Closes the open act: hashes its changes and itself, and moves its streams' heads.
-- What the hash covers stands once more in arasha.kernel.journal.queries, which verifies it.
CREATE FUNCTION journal.close_act(p_act bigint) RETURNS bytea LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_leaves bytea;
  v_closed record;
  v_also text := coalesce(current_setting('arasha.act_also', true), '');
BEGIN
  IF p_act::text <> coalesce(current_setting('arasha.act', true), '') THEN
    RAISE EXCEPTION 'this act is not the open one' USING ERRCODE = 'AR411';
  END IF;
  SELECT coalesce(string_agg(sha256(convert_to(jsonb_build_array(
      c.id, c.act_id, c.table_name, c.row_key, c.operation, c.scope, c.columns)::text, 'UTF8')), '' ORDER BY c.id), '')
    INTO v_leaves FROM public.journal_change c WHERE c.act_id = p_act;
  UPDATE public.journal_act a SET closed = true, xid = NULL, leaves = v_leaves,
    hash = sha256(convert_to(jsonb_build_array(1, a.id, a.stream_kind, a.stream_key, a.seq, a.verb, a.codes,
      a.actor_user, a.actor_post, a.actor_unit, a.purpose, a.request, a.sealed_reference,
      (extract(epoch FROM a.at) * 1000000)::bigint, a.clock_offset,
      (extract(epoch FROM a.recorded_at) * 1000000)::bigint, encode(a.previous, 'hex'),
      encode(sha256(v_leaves), 'hex'))::text, 'UTF8'))
  WHERE a.id = p_act AND a.xid = pg_current_xact_id()
  RETURNING a.stream_kind AS kind, a.stream_key AS key, a.seq, a.hash INTO v_closed;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no act is open' USING ERRCODE = 'AR410';
  END IF;
  UPDATE public.journal_stream s SET seq = v_closed.seq, head = v_closed.hash
  WHERE s.kind = v_closed.kind AND s.key = v_closed.key;
  IF v_also <> '' THEN
    PERFORM journal.link(p_act, v_closed.hash, v_closed.kind, v_closed.key, v_also::jsonb);
    PERFORM set_config('arasha.act_also', '', true);
  END IF;
  PERFORM set_config('arasha.act', '', true);
  RETURN v_closed.hash;
END $$;

-- Gives a closing act its places in the other streams' chains.
CREATE FUNCTION journal.link(p_act bigint, p_hash bytea, p_kind text, p_key text, p_also jsonb) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_stream record;
  v_last record;
  v_link bytea;
BEGIN
  FOR v_stream IN
    SELECT DISTINCT j->>'kind' AS kind, j->>'key' AS key FROM jsonb_array_elements(p_also) AS j ORDER BY 1, 2
  LOOP
    CONTINUE WHEN v_stream.kind = p_kind AND v_stream.key = p_key;
    v_last := journal.lock_stream(v_stream.kind, v_stream.key);
    v_link := sha256(convert_to(jsonb_build_array(1, v_stream.kind, v_stream.key, v_last.seq + 1, p_act,
      encode(p_hash, 'hex'), encode(v_last.head, 'hex'))::text, 'UTF8'));
    INSERT INTO public.journal_link (kind, key, seq, act_id, previous, hash)
    VALUES (v_stream.kind, v_stream.key, v_last.seq + 1, p_act, v_last.head, v_link);
    UPDATE public.journal_stream s SET seq = v_last.seq + 1, head = v_link
    WHERE s.kind = v_stream.kind AND s.key = v_stream.key;
  END LOOP;
END $$;

-- Vault asks: may this act erase?
CREATE OR REPLACE FUNCTION vault.erasing_act() RETURNS bigint LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_act bigint := journal.current_act();
BEGIN
  IF NOT EXISTS (SELECT FROM public.journal_act a WHERE a.id = v_act AND a.verb = 'erase') THEN
    RAISE EXCEPTION 'no act of erasing is open' USING ERRCODE = 'AR410';
  END IF;
  RETURN v_act;
END $$;

-- Sealing is work of the clock: a system context of this purpose, or somebody who may act as the definer anyway.
CREATE FUNCTION journal.demand_sealer() RETURNS void LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT pg_has_role(session_user, 'arasha_definer', 'MEMBER') AND NOT access.is_system() THEN
    RAISE EXCEPTION 'only the sealer seals' USING ERRCODE = 'AR403';
  END IF;
END $$;

-- Takes the next seal's number (one sealer at a time) and marks up to p_limit rows of acts and of each log table.
CREATE FUNCTION journal.claim_unsealed(p_limit int)
RETURNS TABLE (seal bigint, source text, row_key text, hash bytea) LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_seal bigint;
  v_source record;
BEGIN
  PERFORM journal.demand_sealer();
  PERFORM pg_advisory_xact_lock(6170613, 1);
  SELECT coalesce(max(number), 0) + 1 INTO v_seal FROM public.journal_seal;
  RETURN QUERY
    WITH batch AS (SELECT a.id FROM public.journal_act a WHERE a.sealed_in IS NULL ORDER BY a.id LIMIT p_limit)
    UPDATE public.journal_act a SET sealed_in = v_seal FROM batch WHERE a.id = batch.id AND a.closed
    RETURNING v_seal, 'journal_act'::text, a.id::text, a.hash;
  FOR v_source IN SELECT s.table_name, s.key FROM public.journal_source s ORDER BY 1 LOOP
    RETURN QUERY EXECUTE format(
      'WITH batch AS (SELECT %2$I AS id FROM public.%1$I WHERE sealed_in IS NULL LIMIT $2) '
      'UPDATE public.%1$I t SET sealed_in = $1 FROM batch WHERE t.%2$I = batch.id '
      'RETURNING $1, %1$L::text, t.%2$I::text, t.hash', v_source.table_name, v_source.key) USING v_seal, p_limit;
  END LOOP;
END $$;

-- Writes down the seal whose rows this transaction claimed.
CREATE FUNCTION journal.record_seal(
  p_number bigint, p_at timestamptz, p_leaves bigint, p_root bytea, p_key text, p_signature bytea, p_hash bytea
) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM journal.demand_sealer();
  INSERT INTO public.journal_seal (number, at, recorded_at, leaves, root, previous, key, signature, hash)
  SELECT p_number, p_at, clock_timestamp(), p_leaves, p_root, journal.last_seal(), p_key, p_signature, p_hash;
END $$;

-- The newest seal's hash; empty before the first.
CREATE FUNCTION journal.last_seal() RETURNS bytea LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce((SELECT s.hash FROM public.journal_seal s ORDER BY s.number DESC LIMIT 1), '')
$$;

-- Seals that this exporter has not sent out, oldest first.
CREATE FUNCTION journal.unexported(p_exporter text) RETURNS SETOF public.journal_seal LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM journal.demand_sealer();
  RETURN QUERY SELECT s.* FROM public.journal_seal s WHERE NOT EXISTS (
    SELECT FROM public.journal_export e WHERE e.exporter = p_exporter AND e.seal_id = s.number) ORDER BY s.number;
END $$;

-- What one seal covers: hashes and row numbers, nothing about anybody.
CREATE FUNCTION journal.sealed_rows(p_seal bigint) RETURNS TABLE (source text, row_key text, hash bytea)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_source record;
BEGIN
  PERFORM journal.demand_sealer();
  RETURN QUERY SELECT 'journal_act'::text, a.id::text, a.hash FROM public.journal_act a WHERE a.sealed_in = p_seal;
  FOR v_source IN SELECT s.table_name, s.key FROM public.journal_source s ORDER BY 1 LOOP
    RETURN QUERY EXECUTE format('SELECT %1$L::text, %2$I::text, hash FROM public.%1$I WHERE sealed_in = $1',
                                v_source.table_name, v_source.key) USING p_seal;
  END LOOP;
END $$;

-- Remembers that a seal went out.
CREATE FUNCTION journal.mark_exported(p_exporter text, p_seal bigint) RETURNS void LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM journal.demand_sealer();
  INSERT INTO public.journal_export (exporter, seal_id, recorded_at) VALUES (p_exporter, p_seal, clock_timestamp())
  ON CONFLICT DO NOTHING;
END $$;

-- For readiness: when the oldest act or log row that no seal covers was recorded; null when all are covered.
CREATE FUNCTION journal.oldest_unsealed() RETURNS timestamptz LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_oldest timestamptz;
  v_other timestamptz;
  v_source text;
BEGIN
  SELECT a.recorded_at INTO v_oldest FROM public.journal_act a WHERE a.sealed_in IS NULL ORDER BY a.id LIMIT 1;
  FOR v_source IN SELECT s.table_name FROM public.journal_source s LOOP
    EXECUTE format('SELECT min(recorded_at) FROM public.%I WHERE sealed_in IS NULL', v_source) INTO v_other;
    v_oldest := least(v_oldest, v_other);
  END LOOP;
  RETURN v_oldest;
END $$;

DO $$
DECLARE v_function regprocedure;
BEGIN
  GRANT CREATE ON SCHEMA journal TO arasha_definer;
  FOR v_function IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'journal'::regnamespace LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', v_function);
    EXECUTE format('ALTER FUNCTION %s OWNER TO arasha_definer', v_function);
  END LOOP;
  REVOKE CREATE ON SCHEMA journal FROM arasha_definer;
END $$;
GRANT EXECUTE ON FUNCTION journal.open_act(text, text, text, jsonb, timestamptz, jsonb, boolean),
  journal.close_act(bigint), journal.claim_unsealed(int), journal.unexported(text), journal.sealed_rows(bigint),
  journal.record_seal(bigint, timestamptz, bigint, bytea, text, bytea, bytea), journal.last_seal(),
  journal.mark_exported(text, bigint), journal.oldest_unsealed() TO arasha_app;
