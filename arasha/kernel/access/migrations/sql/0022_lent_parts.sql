-- As before (0021), and for the reason "sharing": a part of its own, never one with another that the unit has, so that
-- its end takes nothing that the unit needs for what it owes. It writes nothing, brings in nobody (who is informed may
-- not), and no barred body gets it.
CREATE OR REPLACE FUNCTION access.add_limited(p_dossier uuid, p_unit integer, p_facets bigint, p_until timestamptz,
    p_reason text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_reads bigint; v_writes bigint; v_id uuid;
BEGIN
    PERFORM access.require_part(p_dossier, access.parts_for('partner'));
    IF p_until IS NULL OR p_until <= access.moment() OR p_until > access.moment() + interval '400 days'
        OR p_reason NOT IN ('referral', 'sharing') THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    SELECT bit_or(CASE WHEN pf.reads THEN 1::bigint << pf.facet_id ELSE 0 END) & p_facets,
           bit_or(CASE WHEN pf.writes THEN 1::bigint << pf.facet_id ELSE 0 END) & p_facets INTO v_reads, v_writes
      FROM public.access_partfacet pf JOIN public.access_facet f ON f.bit = pf.facet_id
     WHERE pf.part = 'partner' AND NOT f.sealed;
    IF p_reason = 'referral' THEN
        RETURN access.put_member(p_dossier, p_unit, NULL, 'partner', v_reads, v_writes, p_until, p_reason);
    END IF;
    IF p_unit IS NULL OR coalesce(v_reads, 0) = 0 OR EXISTS (
        SELECT FROM public.access_bar b JOIN public.access_unit u ON u.body_id = b.body_id
         WHERE b.dossier_id = p_dossier AND b.ended_at IS NULL AND u.id = p_unit) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    INSERT INTO public.access_member (id, dossier_id, unit_id, user_id, part, reads, writes, since, until, reason)
    VALUES (gen_random_uuid(), p_dossier, p_unit, NULL, 'informed', v_reads, 0, access.moment(), p_until, p_reason)
    RETURNING id INTO v_id;
    RETURN v_id;
END $$;

-- As before (0021): what was lent is narrowed with a partner's part, too, and never widened.
CREATE OR REPLACE FUNCTION access.renew_masks() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_count bigint;
BEGIN
    WITH masks AS (
        SELECT pf.part, bit_or(CASE WHEN pf.reads THEN 1::bigint << pf.facet_id ELSE 0 END) AS reads,
               bit_or(CASE WHEN pf.writes THEN 1::bigint << pf.facet_id ELSE 0 END) AS writes
          FROM public.access_partfacet pf JOIN public.access_facet f ON f.bit = pf.facet_id
         WHERE NOT f.sealed AND pf.part <> 'granted' GROUP BY pf.part),
    wanted AS (
        SELECT m.id, CASE WHEN m.reason IN ('referral', 'sharing') THEN m.reads & k.reads ELSE k.reads END AS reads,
               CASE WHEN m.reason IN ('referral', 'sharing') THEN m.writes & k.writes ELSE k.writes END AS writes
          FROM public.access_member m
          JOIN masks k ON k.part = CASE WHEN m.reason = 'sharing' THEN 'partner' ELSE m.part END
         WHERE m.ended_at IS NULL)
    UPDATE public.access_member m SET reads = w.reads, writes = w.writes FROM wanted w
     WHERE m.id = w.id AND (m.reads, m.writes) IS DISTINCT FROM (w.reads, w.writes);
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;
