-- Who owes something in a file joins its team, whoever the procedure's event came from: a unit that meets one duty may
-- by that oblige another, though it may not choose whom to bring to the file. Only for duties that stand there as owed.
CREATE FUNCTION obligations.oblige(p_dossier uuid, p_units integer[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.may_insert(p_dossier, 7::smallint) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    PERFORM access.put_part(p_dossier, owing.unit_id, NULL, 'obliged', NULL, 'obligation')
       FROM (SELECT DISTINCT o.unit_id FROM public.obligations_obligation o
              WHERE o.dossier_id = p_dossier AND o.unit_id = ANY (p_units)
                AND o.state IN ('open', 'overdue', 'suspended')
              ORDER BY o.unit_id) owing;
END $$;
