-- Who sits in units, as far as each of these files may know; pairs of a file and a unit, in parallel.
CREATE OR REPLACE FUNCTION obligations.seats_of(p_dossiers uuid[], p_units integer[], p_at timestamptz)
RETURNS TABLE (dossier uuid, unit integer, held boolean, barred boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() AND EXISTS (
            SELECT FROM unnest(p_dossiers) AS d (id) WHERE NOT access.may_insert(d.id, 7::smallint)) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN QUERY
    WITH bars AS MATERIALIZED (
        SELECT b.dossier_id, b.user_id, b.body_id FROM public.access_bar b
         WHERE b.dossier_id = ANY (p_dossiers) AND b.ended_at IS NULL
    ), seated AS MATERIALIZED (
        SELECT p.unit_id, array_agg(p.holder_id) AS holders FROM public.access_post p
         WHERE p.unit_id = ANY (p_units) AND p.holder_id IS NOT NULL
           AND p.since <= p_at AND (p.until IS NULL OR p.until > p_at)
         GROUP BY p.unit_id
    )
    SELECT asked.dossier, u.id::integer, s.holders IS NOT NULL,
           EXISTS (SELECT FROM bars b WHERE b.dossier_id = asked.dossier AND b.body_id = u.body_id)
           -- Somebody sits there, and each of them is barred: as a person, or for where they sit, sat or have a tie.
           OR s.holders IS NOT NULL AND EXISTS (SELECT FROM bars b WHERE b.dossier_id = asked.dossier) AND NOT EXISTS (
               SELECT FROM unnest(s.holders) AS h (id) WHERE NOT EXISTS (
                   SELECT FROM bars b
                    WHERE b.dossier_id = asked.dossier
                      AND (b.user_id = h.id OR b.body_id = ANY (access.bodies_of(h.id, p_at)))))
      FROM (SELECT DISTINCT p.d, p.u FROM unnest(p_dossiers, p_units) AS p (d, u)) AS asked (dossier, unit)
      JOIN public.access_unit u ON u.id = asked.unit
      LEFT JOIN seated s ON s.unit_id = u.id;
END $$;
