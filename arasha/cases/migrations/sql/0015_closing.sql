-- A case is closed, and opened again, by who leads or oversees its file; overseeing reads a case's row and writes none of it,
-- so the change goes through this function, which turns the state and nothing else.
CREATE FUNCTION cases.turn(p_dossier uuid, p_closes boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_state text;
BEGIN
    PERFORM access.require_part(p_dossier, ARRAY['lead', 'overseeing']);
    SELECT c.state INTO v_state FROM public.cases_case c WHERE c.dossier_id = p_dossier FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    ELSIF v_state <> (CASE WHEN p_closes THEN 'open' ELSE 'closed' END) THEN
        RAISE EXCEPTION 'it is so already' USING ERRCODE = 'AR409';
    END IF;
    UPDATE public.cases_case c SET state = CASE WHEN p_closes THEN 'closed' ELSE 'open' END
     WHERE c.dossier_id = p_dossier;
    PERFORM access.close_dossier(p_dossier, CASE WHEN p_closes THEN access.moment() END);
END $$;
