-- Erasing returns the ledger's row that stands, and a restored database can be made to forget again.

REVOKE ALL ON FUNCTION vault.erase_history(uuid, text, uuid, smallint, timestamptz, date, text) FROM arasha_app;

CREATE FUNCTION vault.erase(
  p_id uuid, p_kind text, p_key uuid, p_facet smallint, p_at timestamptz, p_final_on date, p_basis text
) RETURNS SETOF public.vault_erasure LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM vault.erase_history(p_id, p_kind, p_key, p_facet, p_at, p_final_on, p_basis);
  RETURN QUERY SELECT e.* FROM public.vault_erasure e
    WHERE e.scope_kind = p_kind AND e.scope_key = p_key AND e.facet = p_facet;
END $$;

-- For the owner, after a restore: the ledger's file knows of an erasure that this database is too old to know.
-- No act is asked for: the act that erased is not in a database older than itself, its number is kept.
CREATE FUNCTION vault.replay_erasure(
  p_id uuid, p_kind text, p_key uuid, p_facet smallint, p_at timestamptz, p_final_on date, p_basis text, p_act bigint
) RETURNS bigint LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_count bigint;
BEGIN
  INSERT INTO public.vault_erasure (id, scope_kind, scope_key, facet, at, final_on, legal_basis, act_id)
  VALUES (p_id, p_kind, p_key, p_facet, p_at, p_final_on, p_basis, p_act)
  ON CONFLICT (scope_key, facet, scope_kind) DO NOTHING;
  UPDATE public.vault_history SET salt = NULL, old_value = NULL, erased_by_act = p_act
  WHERE scope_key = p_key AND scope_kind = p_kind AND facet = p_facet AND erased_by_act IS NULL;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;

DROP FUNCTION vault.erasures();
CREATE FUNCTION vault.erasures() RETURNS SETOF public.vault_erasure
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT e.* FROM public.vault_erasure e ORDER BY e.at, e.id
$$;

REVOKE ALL ON FUNCTION vault.erasures(),
  vault.erase(uuid, text, uuid, smallint, timestamptz, date, text),
  vault.replay_erasure(uuid, text, uuid, smallint, timestamptz, date, text, bigint) FROM PUBLIC;
GRANT CREATE ON SCHEMA vault TO arasha_definer;
ALTER FUNCTION vault.erasures() OWNER TO arasha_definer;
ALTER FUNCTION vault.erase(uuid, text, uuid, smallint, timestamptz, date, text) OWNER TO arasha_definer;
ALTER FUNCTION vault.replay_erasure(uuid, text, uuid, smallint, timestamptz, date, text, bigint)
  OWNER TO arasha_definer;
REVOKE CREATE ON SCHEMA vault FROM arasha_definer;
GRANT EXECUTE ON FUNCTION vault.erase(uuid, text, uuid, smallint, timestamptz, date, text) TO arasha_app;
