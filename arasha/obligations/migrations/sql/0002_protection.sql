-- Who sits in units, as far as one file may know: whether anybody does, and whether all of them are barred from it.
-- Bars are not to be read by those who raise; therefore a definer function, and only for who may write the file.
CREATE SCHEMA obligations;
REVOKE ALL ON SCHEMA obligations FROM PUBLIC;
GRANT USAGE ON SCHEMA obligations TO arasha_app;

CREATE FUNCTION obligations.seats(p_dossier uuid, p_units integer[], p_at timestamptz)
RETURNS TABLE (unit integer, held boolean, barred boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.may_insert(p_dossier, 7::smallint) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN QUERY
    WITH bars AS (
        SELECT b.user_id, b.body_id FROM public.access_bar b WHERE b.dossier_id = p_dossier AND b.ended_at IS NULL
    ), seated AS (
        SELECT p.unit_id, p.id,
               EXISTS (SELECT FROM bars b WHERE b.user_id = p.holder_id OR b.body_id IN (
                   SELECT t.body_id FROM public.access_tenure t
                    WHERE t.user_id = p.holder_id AND (t.until IS NULL OR t.until > p_at - interval '24 months'))
               ) AS shut
          FROM public.access_post p
         WHERE p.unit_id = ANY (p_units) AND p.holder_id IS NOT NULL
           AND p.since <= p_at AND (p.until IS NULL OR p.until > p_at)
    )
    SELECT u.id::integer, count(s.id) > 0,
           EXISTS (SELECT FROM bars b WHERE b.body_id = u.body_id) OR coalesce(bool_and(s.shut), false)
      FROM public.access_unit u LEFT JOIN seated s ON s.unit_id = u.id
     WHERE u.id = ANY (p_units)
     GROUP BY u.id, u.body_id;
END $$;
