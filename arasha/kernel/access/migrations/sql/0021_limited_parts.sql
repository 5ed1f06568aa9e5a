-- A unit that a child is referred to becomes a partner for a time, with a few facets: those that it needs for its help.
-- Who may give it is who may bring in a partner; no facet is given that a partner does not have, and none that is sealed.
CREATE FUNCTION access.add_limited(p_dossier uuid, p_unit integer, p_facets bigint, p_until timestamptz, p_reason text)
RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_reads bigint; v_writes bigint;
BEGIN
    PERFORM access.require_part(p_dossier, access.parts_for('partner'));
    IF p_until IS NULL OR p_until <= access.moment() OR p_until > access.moment() + interval '400 days'
        OR p_reason NOT IN ('referral') THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    SELECT bit_or(CASE WHEN pf.reads THEN 1::bigint << pf.facet_id ELSE 0 END) & p_facets,
           bit_or(CASE WHEN pf.writes THEN 1::bigint << pf.facet_id ELSE 0 END) & p_facets INTO v_reads, v_writes
      FROM public.access_partfacet pf JOIN public.access_facet f ON f.bit = pf.facet_id
     WHERE pf.part = 'partner' AND NOT f.sealed;
    RETURN access.put_member(p_dossier, p_unit, NULL, 'partner', v_reads, v_writes, p_until, p_reason);
END $$;

-- As before (0003), but a limited part is never widened by a new table: it can only lose what its part loses.
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
        SELECT m.id, CASE WHEN m.reason = 'referral' THEN m.reads & k.reads ELSE k.reads END AS reads,
               CASE WHEN m.reason = 'referral' THEN m.writes & k.writes ELSE k.writes END AS writes
          FROM public.access_member m JOIN masks k ON k.part = m.part WHERE m.ended_at IS NULL)
    UPDATE public.access_member m SET reads = w.reads, writes = w.writes FROM wanted w
     WHERE m.id = w.id AND (m.reads, m.writes) IS DISTINCT FROM (w.reads, w.writes);
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;
