-- How many of a kind are listed in a file, and in the signals that grew into it, and how many wait to be decided on:
-- whoever owes that all are considered may not be able to read each of them.
CREATE FUNCTION cases.considered(p_dossier uuid, p_kind text, OUT listed integer, OUT undecided integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.may_write(p_dossier, 7::smallint) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    SELECT count(*), count(*) FILTER (WHERE c.reason = '') INTO listed, undecided
      FROM public.cases_considered c
     WHERE c.kind = p_kind AND (c.dossier_id = p_dossier OR c.dossier_id IN (
           SELECT o.signal_dossier_id FROM public.cases_caseorigin o
            WHERE o.dossier_id = p_dossier AND o.left_at IS NULL));
END $$;
