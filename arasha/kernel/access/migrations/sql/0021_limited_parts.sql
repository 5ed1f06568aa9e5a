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

-- The files that who acts knows by a referral alone: of the plan they are there for what was asked of them, and the rest
-- of it (the safety plan, the individual plan, places elsewhere) is not theirs, though it lies under the same facet.
CREATE FUNCTION access.limited() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN ARRAY(
    SELECT DISTINCT m.dossier_id FROM public.access_member m
     WHERE m.reason = 'referral' AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > access.moment())
       AND m.unit_id = ANY ((SELECT access.units())::integer[])
       AND NOT EXISTS (
         SELECT FROM public.access_member o
          WHERE o.dossier_id = m.dossier_id AND o.reason <> 'referral' AND o.ended_at IS NULL
            AND (o.until IS NULL OR o.until > access.moment()) AND o.reads & (1::bigint << 6) <> 0
            AND (o.unit_id = ANY ((SELECT access.units())::integer[]) OR o.user_id = (SELECT access.user_id()))));

-- Whether who acts reads a file's plan as a whole.
CREATE FUNCTION access.reads_plan(p_dossier uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN access.may_read(p_dossier, 6::smallint) AND p_dossier <> ALL (access.limited());
