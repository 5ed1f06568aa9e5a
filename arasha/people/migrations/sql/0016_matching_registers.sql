-- Matching people of a loaded register with everybody else. It is the clock's work alone: whoever loads a register
-- never learns, by any answer or count, whether one of its people stands in a file of somebody else.

-- Rows of the load's register whose people nobody has compared yet.
CREATE FUNCTION people.unmatched(p_load uuid, p_limit integer) RETURNS TABLE (id bigint, person uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.system_only();
    RETURN QUERY
    SELECT r.id, r.person_id FROM public.people_registerrow r
     WHERE r.source_id = (SELECT l.source_id FROM public.people_load l WHERE l.id = p_load) AND r.unmatched
     ORDER BY r.id LIMIT p_limit FOR UPDATE SKIP LOCKED;
END $$;

-- Who may be the same as one of these: by number, by telephone and one more thing, by two names and a birth near by, by
-- one name and the day. Who was sealed apart is nobody's match.
CREATE FUNCTION people.likely(p_persons uuid[]) RETURNS TABLE (person uuid, other uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    PERFORM people.system_only();
    RETURN QUERY
    SELECT DISTINCT m.person_id, found.person_id
      FROM unnest(p_persons) AS p (id) JOIN public.people_entry m ON m.person_id = p.id
     CROSS JOIN LATERAL (
        (SELECT o.person_id FROM public.people_entry o
          WHERE o.surname_key = m.surname_key AND o.given_key = m.given_key AND m.surname_key <> ''
            AND m.given_key <> '' AND o.person_id <> m.person_id AND NOT o.hidden
            AND (m.birth_first IS NULL OR o.birth_first IS NULL
                 OR o.birth_first <= m.birth_last + 366 AND o.birth_last >= m.birth_first - 366)
          ORDER BY o.birth_first IS DISTINCT FROM m.birth_first, o.father_key <> m.father_key LIMIT 12)
        UNION
        (SELECT o.person_id FROM public.people_entry o
          WHERE o.given_key = m.given_key AND m.given_key <> '' AND o.birth_first = m.birth_first
            AND m.birth_first = m.birth_last AND o.person_id <> m.person_id AND NOT o.hidden
          ORDER BY o.father_key <> m.father_key, o.surname_key <> m.surname_key LIMIT 6)
        UNION
        (SELECT o.person_id FROM public.people_entry o
          WHERE o.surname_key = m.surname_key AND m.surname_key <> '' AND o.birth_first = m.birth_first
            AND m.birth_first = m.birth_last AND o.person_id <> m.person_id AND NOT o.hidden
          ORDER BY o.father_key <> m.father_key LIMIT 6)
        UNION
        (SELECT o.person_id FROM public.people_paper mine
           JOIN public.people_paper o ON o.fingerprint = mine.fingerprint AND o.person_id <> mine.person_id
           JOIN public.people_personidentity i ON i.person_id = o.person_id AND NOT i.sealed
          WHERE mine.person_id = m.person_id AND mine.fingerprint IS NOT NULL AND mine.ended_at IS NULL
            AND o.ended_at IS NULL LIMIT 6)
        UNION
        (SELECT o.person_id FROM public.people_contact mine
           JOIN public.people_contact o ON o.fingerprint = mine.fingerprint AND o.person_id <> mine.person_id
           JOIN public.people_entry e ON e.person_id = o.person_id AND NOT e.hidden
          WHERE mine.person_id = m.person_id AND mine.fingerprint IS NOT NULL AND mine.ended_at IS NULL
            AND o.ended_at IS NULL AND (e.given_key = m.given_key OR e.birth_first = m.birth_first) LIMIT 6)
     ) AS found;
END $$;

-- What is known of people when two are compared.
CREATE FUNCTION people.described(p_persons uuid[])
RETURNS TABLE (person uuid, dossier uuid, identity uuid, sealed boolean, surnames text[], givens text[],
    patronymics text[], birth_first date, birth_last date, sex text, iin text, phones text[], district text,
    institutions text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
BEGIN
    PERFORM people.system_only();
    RETURN QUERY
    SELECT p.id, p.dossier_id, i.identity, i.sealed, n.surnames, n.givens, n.patronymics, p.birth_first, p.birth_last,
           p.sex::text, coalesce(iin.value, ''), coalesce(phone.found, '{}'), coalesce(lives.district, ''),
           coalesce(goes.found, '{}')
      FROM unnest(p_persons) AS asked (id)
      JOIN public.people_person p ON p.id = asked.id AND p.ended_at IS NULL
      JOIN public.people_personidentity i ON i.person_id = p.id
     CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(s.surname::text) FILTER (WHERE s.surname <> ''), '{}') AS surnames,
               coalesce(array_agg(s.given::text) FILTER (WHERE s.given <> ''), '{}') AS givens,
               coalesce(array_agg(s.patronymic::text) FILTER (WHERE s.patronymic <> ''), '{}') AS patronymics
          FROM public.people_personname s WHERE s.person_id = p.id AND s.ended_at IS NULL) AS n
      LEFT JOIN LATERAL (
        SELECT encode(a.fingerprint, 'hex') AS value FROM public.people_paper a
         WHERE a.person_id = p.id AND a.ended_at IS NULL AND a.kind = 'iin' ORDER BY a.recorded_at DESC LIMIT 1
        ) AS iin ON true
      LEFT JOIN LATERAL (
        SELECT array_agg(encode(c.fingerprint, 'hex')) AS found FROM public.people_contact c
         WHERE c.person_id = p.id AND c.ended_at IS NULL AND c.fingerprint IS NOT NULL) AS phone ON true
      LEFT JOIN LATERAL (
        SELECT a.territory::text AS district FROM public.people_address a
         WHERE a.person_id = p.id AND a.ended_at IS NULL AND a.facet < 16 AND a.territory <> ''
         ORDER BY a.recorded_at DESC LIMIT 1) AS lives ON true
      LEFT JOIN LATERAL (
        SELECT array_agg(lower(t.called)) AS found FROM public.people_attendance t
         WHERE t.person_id = p.id AND t.ended_at IS NULL AND t.called <> '') AS goes ON true;
END $$;

-- People of the register become one with others, inside an open act. Only who is still alone is joined, never with
-- somebody whom the same register holds already, and never across a seal. Who was not joined is given back.
CREATE FUNCTION people.join_loaded(p_load uuid, p_persons uuid[], p_others uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_register uuid;
    v_pair record;
    v_other public.people_personidentity;
BEGIN
    PERFORM people.system_only();
    SELECT s.register_id INTO STRICT v_register FROM public.people_load l
      JOIN public.people_registersource s ON s.id = l.source_id WHERE l.id = p_load;
    FOR v_pair IN SELECT * FROM unnest(p_persons, p_others) AS u (person, other) ORDER BY 1 LOOP
        SELECT i.* INTO v_other FROM public.people_personidentity i WHERE i.person_id = v_pair.other;
        UPDATE public.people_personidentity i SET identity = v_other.identity
          FROM public.people_person p
         WHERE i.person_id = v_pair.person AND p.id = i.person_id AND p.dossier_id = v_register
           AND NOT i.sealed AND NOT v_other.sealed
           AND NOT EXISTS (SELECT FROM public.people_personidentity alone
                            WHERE alone.identity = i.identity AND alone.person_id <> i.person_id)
           AND NOT EXISTS (SELECT FROM public.people_personidentity same
                             JOIN public.people_person here ON here.id = same.person_id
                            WHERE same.identity = v_other.identity AND here.dossier_id = v_register
                              AND here.id <> i.person_id AND here.ended_at IS NULL);
        IF NOT FOUND THEN
            RETURN NEXT v_pair.person;
        END IF;
    END LOOP;
END $$;

-- These rows are compared; `p_doubtful` of them with somebody of the same register.
CREATE FUNCTION people.note_matched(p_load uuid, p_rows bigint[], p_doubtful integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.system_only();
    UPDATE public.people_registerrow r SET unmatched = false WHERE r.id = ANY (p_rows);
    -- They waited in the queue of everybody who is written down, too.
    DELETE FROM public.people_unmatched u USING public.people_registerrow r
     WHERE r.id = ANY (p_rows) AND u.person_id = r.person_id;
    UPDATE public.people_load l SET rows_doubtful = l.rows_doubtful + p_doubtful
     WHERE l.id = p_load AND p_doubtful > 0;
END $$;
