-- What a rule noticed is read by one unit: the lead of the file, whom a sealed facet was granted to, or, of a register,
-- who coordinates the place. It is not the team's, no glass opens it, and who is barred from a file that took part in
-- what was counted does not see it either.

ALTER TABLE public.signals_noticed ADD CONSTRAINT noticed_of_person_in_file
    FOREIGN KEY (person_id, dossier_id) REFERENCES public.people_person (id, dossier_id);

CREATE FUNCTION signals.reads_noticed(p_noticed uuid, p_dossier uuid, p_unit integer, p_facet smallint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_dossier <> ALL ((SELECT access.barred())::uuid[])
    AND ((SELECT access.reads()) & (1::bigint << p_facet)) <> 0
    AND (p_facet < 16 AND p_unit = ANY ((SELECT access.units())::integer[])
         OR EXISTS (
            SELECT FROM public.access_member m
             WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL
               AND (m.until IS NULL OR m.until > (SELECT access.moment()))
               AND (m.unit_id = ANY ((SELECT access.units())::integer[]) OR m.user_id = (SELECT access.user_id()))
               AND (m.reads & (1::bigint << p_facet)) <> 0
               AND (p_facet >= 16 OR m.part = 'lead' AND p_unit IS NULL)))
    AND NOT EXISTS (
        SELECT FROM public.signals_noticedfact f
         WHERE f.noticed_id = p_noticed AND f.dossier_id = ANY ((SELECT access.barred())::uuid[]));

GRANT SELECT ON public.signals_noticed TO arasha_app;
CREATE POLICY barred ON public.signals_noticed AS RESTRICTIVE TO arasha_app
    USING (dossier_id <> ALL ((SELECT access.barred())::uuid[]));
CREATE POLICY reader_reads ON public.signals_noticed FOR SELECT TO arasha_app
    USING (signals.reads_noticed(id, dossier_id, unit_id, facet));

-- Reports that tell of injuries, of whom there are at least so many and one came since that moment. A report that
-- proved mistaken, or told of what another had told, does not count. Nothing of the injuries is read.
CREATE FUNCTION signals.hurt(p_since timestamptz, p_least integer)
RETURNS TABLE (identity uuid, dossier uuid, signal uuid, received_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.demand_noticing();
    RETURN QUERY
    WITH hurt AS (
        SELECT i.identity, s.dossier_id, s.id, s.received_at
          FROM public.signals_signal s
          JOIN public.people_person p ON p.dossier_id = s.dossier_id AND p.role = 'child' AND p.ended_at IS NULL
          JOIN public.people_personidentity i ON i.person_id = p.id
         WHERE s.closing NOT IN ('mistaken', 'duplicate')
           AND EXISTS (SELECT FROM public.signals_signalinjury n WHERE n.dossier_id = s.dossier_id)),
    often AS (
        SELECT h.identity FROM hurt h GROUP BY h.identity
        HAVING count(*) >= p_least AND max(h.received_at) >= p_since)
    SELECT h.identity, h.dossier_id, h.id, h.received_at FROM often o JOIN hurt h ON h.identity = o.identity
     ORDER BY h.identity, h.received_at, h.id;
END $$;

-- What was noticed of these human beings before, by rule.
CREATE FUNCTION signals.seen(p_identities uuid[]) RETURNS TABLE (identity uuid, rule text, key uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.demand_noticing();
    RETURN QUERY
    SELECT i.identity, n.rule::text, f.key
      FROM public.people_personidentity i
      JOIN public.signals_noticed n ON n.person_id = i.person_id
      JOIN public.signals_noticedfact f ON f.noticed_id = n.id AND f.key IS NOT NULL
     WHERE i.identity = ANY (p_identities);
END $$;

-- To whom a sealed facet of a file was granted by name, as units and users whose functions have it.
CREATE FUNCTION signals.sealed_readers(p_dossier uuid, p_facet smallint) RETURNS TABLE ("unit" integer, "user" integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_moment timestamptz := access.moment();
BEGIN
    PERFORM people.demand_noticing();
    RETURN QUERY
    SELECT DISTINCT m.unit_id, m.user_id FROM public.access_member m
     WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > v_moment)
       AND m.reads & (1::bigint << p_facet) <> 0
       AND EXISTS (
        SELECT FROM public.access_unitfunction f JOIN public.access_function n ON n.code = f.function_id
         WHERE n.reads & (1::bigint << p_facet) <> 0 AND f.since <= v_moment AND (f.until IS NULL OR f.until > v_moment)
           AND (f.unit_id = m.unit_id OR f.unit_id IN (
                SELECT p.unit_id FROM public.access_post p
                 WHERE p.holder_id = m.user_id AND p.since <= v_moment AND (p.until IS NULL OR p.until > v_moment))))
     ORDER BY m.unit_id, m.user_id;
END $$;

CREATE FUNCTION signals.put_noticed(p_id uuid, p_dossier uuid, p_person uuid, p_facet smallint, p_rule text,
    p_version integer, p_count integer, p_first date, p_last date, p_unit integer, p_at timestamptz, p_keys uuid[],
    p_dossiers uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.demand_noticing();
    INSERT INTO public.signals_noticed
           (id, dossier_id, person_id, facet, rule, version, count, first_day, last_day, at, unit_id, state, reason)
    VALUES (p_id, p_dossier, p_person, p_facet, p_rule, p_version, p_count, p_first, p_last, p_at, p_unit, 'unread', '');
    INSERT INTO public.signals_noticedfact (id, noticed_id, key, dossier_id)
    SELECT gen_random_uuid(), p_id, k, NULL FROM unnest(p_keys) AS k
    UNION ALL SELECT gen_random_uuid(), p_id, NULL, d FROM unnest(p_dossiers) AS d;
END $$;

-- A reader decides, once. Of the child of a signal that this transaction opened it is known who it is: the same human
-- being, unless an adoption or a protection keeps them apart.
CREATE FUNCTION signals.decide_noticed(p_id uuid, p_state text, p_reason text, p_at timestamptz, p_signal uuid)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_row public.signals_noticed;
    v_mine public.people_personidentity;
BEGIN
    SELECT * INTO v_row FROM public.signals_noticed n WHERE n.id = p_id FOR UPDATE;
    IF NOT FOUND OR access.is_system()
       OR NOT signals.reads_noticed(v_row.id, v_row.dossier_id, v_row.unit_id, v_row.facet) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    ELSIF v_row.state <> 'unread' THEN
        RAISE EXCEPTION 'conflict' USING ERRCODE = 'AR409';
    END IF;
    UPDATE public.signals_noticed n
       SET state = p_state, reason = p_reason, decided_at = p_at, by_unit_id = access.unit_id() WHERE n.id = p_id;
    SELECT * INTO STRICT v_mine FROM public.people_personidentity i WHERE i.person_id = v_row.person_id;
    IF p_signal IS NOT NULL AND NOT v_mine.sealed THEN
        UPDATE public.people_personidentity i SET identity = v_mine.identity
          FROM public.people_person p
          JOIN public.access_dossier d ON d.id = p.dossier_id AND d.opened_mark = access.opening_mark()
         WHERE p.dossier_id = p_signal AND p.role = 'child' AND i.person_id = p.id AND NOT i.sealed;
    END IF;
END $$;
