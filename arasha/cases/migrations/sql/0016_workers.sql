-- Who may be given a case: somebody who sits in the unit that leads its file now, and whom no bar keeps from it. Asked by
-- the clock and by who leads the file; whoever leads it may know of its bars already.
CREATE FUNCTION cases.may_be_given(p_dossier uuid, p_user integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() AND NOT coalesce(access.my_parts(p_dossier) && ARRAY['lead'], false) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN EXISTS (
        SELECT FROM public.access_dossier d JOIN public.access_post p ON p.unit_id = d.lead_unit_id
         WHERE d.id = p_dossier AND p.holder_id = p_user AND p.since <= access.moment()
           AND (p.until IS NULL OR p.until > access.moment()))
      AND NOT EXISTS (
        SELECT FROM public.access_bar b
         WHERE b.dossier_id = p_dossier AND b.ended_at IS NULL
           AND (b.user_id = p_user OR b.body_id = ANY (access.bodies_of(p_user, access.moment()))));
END $$;
