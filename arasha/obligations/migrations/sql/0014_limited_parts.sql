-- As before (0009), but a unit that works on the file already by a referral does not become obliged besides: it reads
-- what the referral opened to it, and no more.
CREATE OR REPLACE FUNCTION obligations.oblige(p_dossier uuid, p_units integer[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.may_insert(p_dossier, 7::smallint) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    PERFORM access.put_part(p_dossier, owing.unit_id, NULL, 'obliged', NULL, 'obligation')
       FROM (SELECT DISTINCT o.unit_id FROM public.obligations_obligation o
               JOIN public.protocols_version v ON v.id = o.protocol_id
              WHERE o.dossier_id = p_dossier AND o.unit_id = ANY (p_units)
                AND o.state IN ('open', 'overdue', 'suspended')
                AND NOT (v.code = 'referral' AND EXISTS (
                    SELECT FROM public.access_member m
                     WHERE m.dossier_id = p_dossier AND m.unit_id = o.unit_id AND m.ended_at IS NULL
                       AND (m.until IS NULL OR m.until > access.moment()) AND m.writes & (1::bigint << 7) <> 0))
              ORDER BY o.unit_id) owing;
END $$;
