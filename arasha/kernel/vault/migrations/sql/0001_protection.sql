-- The vault's tables: who may touch them, and what nobody may change.
-- `access` (a higher part) adds the policies that let arasha_app read kept files and history by facet.

CREATE SCHEMA vault;
REVOKE ALL ON SCHEMA vault FROM PUBLIC;
GRANT USAGE ON SCHEMA vault TO arasha_app, arasha_definer;

REVOKE ALL ON public.vault_history, public.vault_erasure, public.vault_keptfile FROM PUBLIC;
GRANT SELECT, INSERT ON public.vault_history, public.vault_erasure, public.vault_keptfile TO arasha_definer;
GRANT UPDATE (salt, old_value, erased_by_act) ON public.vault_history TO arasha_definer;
GRANT SELECT, INSERT ON public.vault_keptfile TO arasha_app;
GRANT SELECT ON public.vault_history, public.vault_erasure, public.vault_keptfile TO arasha_backup;

ALTER TABLE public.vault_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.vault_history FORCE ROW LEVEL SECURITY;
ALTER TABLE public.vault_erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.vault_erasure FORCE ROW LEVEL SECURITY;
ALTER TABLE public.vault_keptfile ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.vault_keptfile FORCE ROW LEVEL SECURITY;
CREATE POLICY definer_all ON public.vault_history TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.vault_erasure TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.vault_keptfile TO arasha_definer USING (true) WITH CHECK (true);

-- A row of history changes once: it is emptied by a lawful erasure. A ledger row never changes.
CREATE FUNCTION vault.keep_history() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.erased_by_act IS NULL AND NEW.erased_by_act IS NOT NULL
     AND NEW.salt IS NULL AND NEW.old_value IS NULL
     AND (NEW.id, NEW.change_id, NEW.column_name, NEW.scope_kind, NEW.scope_key, NEW.facet)
         IS NOT DISTINCT FROM
         (OLD.id, OLD.change_id, OLD.column_name, OLD.scope_kind, OLD.scope_key, OLD.facet) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'vault_history changes by erasing only' USING ERRCODE = 'AR411';
END $$;
CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON public.vault_history
  FOR EACH ROW EXECUTE FUNCTION vault.keep_history();
CREATE FUNCTION vault.append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'AR411';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON public.vault_erasure
  FOR EACH ROW EXECUTE FUNCTION vault.append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.vault_erasure
  FOR EACH STATEMENT EXECUTE FUNCTION vault.append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.vault_history
  FOR EACH STATEMENT EXECUTE FUNCTION vault.append_only();

-- The journal, a higher part, replaces this body: it returns the id of the open act when that act erases.
CREATE FUNCTION vault.erasing_act() RETURNS bigint LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'no act of erasing is open' USING ERRCODE = 'AR410';
END $$;

-- Writes the ledger's row and empties the history of one facet; returns how many rows were emptied.
-- A scope that was erased before keeps its first ledger row.
CREATE FUNCTION vault.erase_history(
  p_id uuid, p_kind text, p_key uuid, p_facet smallint, p_at timestamptz, p_final_on date, p_basis text
) RETURNS bigint LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_act bigint := vault.erasing_act();
  v_count bigint;
BEGIN
  IF v_act IS NULL THEN
    RAISE EXCEPTION 'no act of erasing is open' USING ERRCODE = 'AR410';
  END IF;
  INSERT INTO public.vault_erasure (id, scope_kind, scope_key, facet, at, final_on, legal_basis, act_id)
  VALUES (p_id, p_kind, p_key, p_facet, p_at, p_final_on, p_basis, v_act)
  ON CONFLICT (scope_key, facet, scope_kind) DO NOTHING;
  UPDATE public.vault_history SET salt = NULL, old_value = NULL, erased_by_act = v_act
  WHERE scope_key = p_key AND scope_kind = p_kind AND facet = p_facet AND erased_by_act IS NULL;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;

-- Of the given ids of stored files, those that nothing may need any more: no row, or their facet was erased.
CREATE FUNCTION vault.orphans(p_ids uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT given.id FROM pg_catalog.unnest(p_ids) AS given (id)
  WHERE NOT EXISTS (
    SELECT FROM public.vault_keptfile f
    WHERE f.id OPERATOR(pg_catalog.=) given.id AND NOT EXISTS (
      SELECT FROM public.vault_erasure e
      WHERE e.scope_kind OPERATOR(pg_catalog.=) 'dossier' AND e.scope_key OPERATOR(pg_catalog.=) f.dossier_id
        AND e.facet OPERATOR(pg_catalog.=) f.facet))
$$;

-- The ledger's rows, for replaying after a restore: scopes and dates, nothing about anybody.
CREATE FUNCTION vault.erasures() RETURNS TABLE (
  id uuid, scope_kind text, scope_key uuid, facet smallint, at timestamptz, final_on date, legal_basis text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT e.id, e.scope_kind, e.scope_key, e.facet, e.at, e.final_on, e.legal_basis
  FROM public.vault_erasure e ORDER BY e.at, e.id
$$;

REVOKE ALL ON FUNCTION vault.keep_history(), vault.append_only(), vault.erasing_act(), vault.orphans(uuid[]),
  vault.erasures(), vault.erase_history(uuid, text, uuid, smallint, timestamptz, date, text) FROM PUBLIC;
GRANT CREATE ON SCHEMA vault TO arasha_definer;
ALTER FUNCTION vault.erasing_act() OWNER TO arasha_definer;
ALTER FUNCTION vault.orphans(uuid[]) OWNER TO arasha_definer;
ALTER FUNCTION vault.erasures() OWNER TO arasha_definer;
ALTER FUNCTION vault.erase_history(uuid, text, uuid, smallint, timestamptz, date, text) OWNER TO arasha_definer;
REVOKE CREATE ON SCHEMA vault FROM arasha_definer;
GRANT EXECUTE ON FUNCTION vault.orphans(uuid[]),
  vault.erase_history(uuid, text, uuid, smallint, timestamptz, date, text) TO arasha_app;
