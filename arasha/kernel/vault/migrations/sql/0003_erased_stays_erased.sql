-- An earlier value that arrives after its facet was erased (the row is emptied in the same act, or a late change)
-- is forgotten as it arrives: the order of an action's statements decides nothing.

CREATE FUNCTION vault.forget_at_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_act bigint;
BEGIN
  SELECT e.act_id INTO v_act FROM public.vault_erasure e
  WHERE e.scope_key = NEW.scope_key AND e.facet = NEW.facet AND e.scope_kind = NEW.scope_kind;
  IF FOUND AND NEW.erased_by_act IS NULL THEN
    NEW.salt := NULL;
    NEW.old_value := NULL;
    NEW.erased_by_act := v_act;
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION vault.forget_at_once() FROM PUBLIC;
CREATE TRIGGER forget_at_once BEFORE INSERT ON public.vault_history
  FOR EACH ROW EXECUTE FUNCTION vault.forget_at_once();
