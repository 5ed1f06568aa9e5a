-- Asks once whether this is system work before it looks for the parts of who is acting.
CREATE OR REPLACE FUNCTION access.require_part(p_dossier uuid, p_parts text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_mine text[];
BEGIN
    IF access.is_system() THEN
        RETURN;
    END IF;
    v_mine := access.my_parts(p_dossier);
    IF v_mine && p_parts OR EXISTS (
        SELECT FROM public.access_dossier d WHERE d.id = p_dossier AND d.opened_mark = access.opening_mark()) THEN
        RETURN;
    ELSIF v_mine = '{}' THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
END $$;
