-- After a restore, seals that went out later than the backup keep their numbers: what lies outside is never written
-- over, so the next seal is numbered past them. For the owner only; the sealer's own door stays as it was.
CREATE FUNCTION journal.claim_from(p_limit int, p_least bigint)
RETURNS TABLE (seal bigint, source text, row_key text, hash bytea) LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  v_seal bigint;
  v_source record;
BEGIN
  PERFORM journal.demand_sealer();
  PERFORM pg_advisory_xact_lock(6170613, 1);
  SELECT greatest(coalesce(max(number), 0) + 1, p_least) INTO v_seal FROM public.journal_seal;
  RETURN QUERY
    UPDATE public.journal_act a SET sealed_in = v_seal
    WHERE a.closed AND a.id = ANY (ARRAY(
      SELECT u.id FROM public.journal_act u WHERE u.sealed_in IS NULL ORDER BY u.id LIMIT p_limit))
    RETURNING v_seal, 'journal_act'::text, a.id::text, a.hash;
  FOR v_source IN SELECT s.table_name, s.key FROM public.journal_source s ORDER BY 1 LOOP
    RETURN QUERY EXECUTE format(
      'UPDATE public.%1$I t SET sealed_in = $1 WHERE t.%2$I = ANY (ARRAY('
      'SELECT u.%2$I FROM public.%1$I u WHERE u.sealed_in IS NULL LIMIT $2)) '
      'RETURNING $1, %1$L::text, t.%2$I::text, t.hash', v_source.table_name, v_source.key) USING v_seal, p_limit;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION journal.claim_from(int, bigint) FROM PUBLIC;
GRANT CREATE ON SCHEMA journal TO arasha_definer;
ALTER FUNCTION journal.claim_from(int, bigint) OWNER TO arasha_definer;
REVOKE CREATE ON SCHEMA journal FROM arasha_definer;

-- Takes the next seal's number (one sealer at a time) and marks up to p_limit rows of acts and of each log table.
CREATE OR REPLACE FUNCTION journal.claim_unsealed(p_limit int)
RETURNS TABLE (seal bigint, source text, row_key text, hash bytea) LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT c.seal, c.source, c.row_key, c.hash FROM journal.claim_from(p_limit, 0) AS c;
END $$;
