-- Pairs of people who may be one. Who coordinates the place of either file learns of the pair: of a side within their
-- reach what a search would show, of the other how the two compare and whom to ask. A side that is a refuge's, under a
-- seal, or barred to the reader hides the pair altogether.

CREATE FUNCTION people.queue_person() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.people_unmatched (person_id, queued_at)
    VALUES (CASE WHEN TG_TABLE_NAME = 'people_person' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'person_id')::uuid END,
            clock_timestamp()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER queue_named AFTER INSERT ON public.people_personname
    FOR EACH ROW EXECUTE FUNCTION people.queue_person();
CREATE TRIGGER queue_born AFTER UPDATE ON public.people_person
    FOR EACH ROW WHEN ((OLD.birth_first, OLD.birth_last, OLD.sex) IS DISTINCT FROM
                       (NEW.birth_first, NEW.birth_last, NEW.sex)) EXECUTE FUNCTION people.queue_person();
CREATE TRIGGER queue_numbered AFTER INSERT ON public.people_paper
    FOR EACH ROW WHEN (NEW.fingerprint IS NOT NULL) EXECUTE FUNCTION people.queue_person();

CREATE FUNCTION people.system_only() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
END $$;

-- Takes the eldest of the queue; who is taken is compared in this transaction or stays.
CREATE FUNCTION people.take_unmatched(p_limit integer) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.system_only();
    RETURN QUERY DELETE FROM public.people_unmatched u USING (
        SELECT q.person_id FROM public.people_unmatched q ORDER BY q.queued_at LIMIT p_limit FOR UPDATE SKIP LOCKED) t
     WHERE u.person_id = t.person_id RETURNING u.person_id;
END $$;

-- The keyed hashes of a person's numbers, and whether two people are one already: for the clock's work.
CREATE FUNCTION people.marks(p_persons uuid[]) RETURNS TABLE (person uuid, kind text, fingerprint bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.system_only();
    RETURN QUERY
    SELECT p.person_id, 'iin'::text, p.fingerprint FROM public.people_paper p
     WHERE p.person_id = ANY (p_persons) AND p.fingerprint IS NOT NULL AND p.ended_at IS NULL
     UNION ALL
    SELECT c.person_id, 'phone', c.fingerprint FROM public.people_contact c
     WHERE c.person_id = ANY (p_persons) AND c.fingerprint IS NOT NULL AND c.ended_at IS NULL;
END $$;

CREATE FUNCTION people.apart_from(p_person uuid, p_others uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.system_only();
    RETURN QUERY
    SELECT o.person_id FROM public.people_personidentity mine
      JOIN public.people_personidentity o ON o.identity <> mine.identity AND NOT o.sealed
     WHERE mine.person_id = p_person AND NOT mine.sealed AND o.person_id = ANY (p_others) AND o.person_id <> p_person;
END $$;

CREATE FUNCTION people.propose_match(p_one uuid, p_other uuid, p_bits double precision, p_levels text[],
    p_doubts text[], p_origin text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_id uuid;
BEGIN
    PERFORM people.system_only();
    -- What was decided stays decided: a pair is written once.
    INSERT INTO public.people_match (id, one_id, other_id, bits, levels, doubts, origin, state, proposed_at, moved, stood)
    SELECT gen_random_uuid(), least(p_one, p_other), greatest(p_one, p_other), p_bits, p_levels, p_doubts, p_origin,
           'open', access.moment(), '{}', '{}'
     WHERE EXISTS (SELECT FROM people.apart_from(p_one, ARRAY[p_other]))
        ON CONFLICT DO NOTHING RETURNING id INTO v_id;
    RETURN v_id IS NOT NULL;
END $$;

-- How far the asker reaches a side of a pair: as `people.reach` says, or -1 where the pair must not be shown at all.
CREATE FUNCTION people.side(p_asker people.asker, p_dossier uuid, p_hidden boolean) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_reach integer := people.reach(p_asker, p_dossier, p_hidden);
BEGIN
    IF v_reach > 0 THEN
        RETURN v_reach;
    ELSIF p_hidden OR p_dossier = ANY (p_asker.barred) OR EXISTS (
        SELECT FROM public.access_dossier d JOIN public.access_unit u ON u.id = d.lead_unit_id
          JOIN public.access_body b ON b.id = u.body_id WHERE d.id = p_dossier AND b.protected) THEN
        RETURN -1;
    END IF;
    RETURN 0;
END $$;

CREATE TYPE people.pair AS (id uuid, one uuid, other uuid, one_file uuid, other_file uuid, one_reach integer,
    other_reach integer, bits double precision, levels text[], doubts text[], origin text, state text,
    proposed_at timestamptz, first_user integer, first_at timestamptz, second_user integer, decided_at timestamptz);

CREATE FUNCTION people.pairs(p_match uuid, p_states text[], p_after_at timestamptz, p_after_id uuid, p_limit integer)
RETURNS SETOF people.pair
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_asker people.asker := people.asking();
BEGIN
    IF NOT access.functions() && ARRAY['coordination_district', 'coordination_region'] THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT m.id, m.one_id, m.other_id, one.dossier_id, other.dossier_id, a.side, b.side, m.bits, m.levels::text[],
           m.doubts::text[], m.origin::text, m.state::text, m.proposed_at, m.first_user_id, m.first_at, m.second_user_id,
           m.decided_at
      FROM public.people_match m
      JOIN public.people_person one ON one.id = m.one_id AND one.ended_at IS NULL
      JOIN public.people_person other ON other.id = m.other_id AND other.ended_at IS NULL
      JOIN public.access_dossier c ON c.id = one.dossier_id
      JOIN public.access_dossier d ON d.id = other.dossier_id
      JOIN public.people_personidentity i ON i.person_id = one.id
      JOIN public.people_personidentity j ON j.person_id = other.id
     CROSS JOIN LATERAL people.side(v_asker, one.dossier_id, i.sealed) AS a (side)
     CROSS JOIN LATERAL people.side(v_asker, other.dossier_id, j.sealed) AS b (side)
     WHERE (p_match IS NULL OR m.id = p_match) AND m.state = ANY (p_states)
       AND (p_after_at IS NULL OR (m.proposed_at, m.id) > (p_after_at, p_after_id))
       -- The cheap question first: of a country's pairs few are of one's own place.
       AND (c.territory_id LIKE ANY (v_asker.places) OR d.territory_id LIKE ANY (v_asker.places))
       AND a.side >= 0 AND b.side >= 0 AND a.side + b.side > 0
     ORDER BY m.proposed_at, m.id LIMIT p_limit;
END $$;

-- Same: the first person proposes, a second one merges. Not the same, and ask, are remembered. Undo gives each row the
-- identity back that the merge took from it. Returns the pair's state, and how many rows an undo could not part.
CREATE FUNCTION people.decide_match(p_match uuid, p_decision text, OUT state text, OUT kept integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_match public.people_match; v_keep uuid; v_lose uuid;
BEGIN
    kept := 0;
    SELECT * INTO v_match FROM public.people_match m WHERE m.id = p_match FOR UPDATE;
    IF NOT FOUND OR access.user_id() IS NULL OR NOT EXISTS (
            SELECT FROM people.pairs(p_match, ARRAY[v_match.state::text], NULL, NULL, 1)) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    ELSIF p_decision = 'undo' AND v_match.state <> 'same' OR p_decision <> 'undo' AND v_match.state IN ('same', 'not_same')
       OR p_decision NOT IN ('same', 'not_same', 'ask', 'undo') THEN
        RAISE EXCEPTION 'decided before' USING ERRCODE = 'AR409';
    ELSIF p_decision = 'same' AND v_match.state = 'proposed' AND v_match.first_user_id = access.user_id() THEN
        RAISE EXCEPTION 'a second person' USING ERRCODE = 'AR412';
    END IF;
    IF p_decision = 'same' AND v_match.state <> 'proposed' THEN
        UPDATE public.people_match m SET state = 'proposed', first_user_id = access.user_id(), first_at = access.moment()
         WHERE m.id = p_match;
    ELSIF p_decision = 'same' THEN
        SELECT i.identity INTO v_keep FROM public.people_personidentity i WHERE i.person_id = v_match.one_id;
        SELECT i.identity INTO v_lose FROM public.people_personidentity i WHERE i.person_id = v_match.other_id;
        PERFORM FROM public.people_personidentity i WHERE i.identity IN (v_keep, v_lose) ORDER BY i.person_id FOR UPDATE;
        UPDATE public.people_match m SET state = 'same', second_user_id = access.user_id(), decided_at = access.moment(),
               before = v_lose, moved = ARRAY(SELECT i.person_id FROM public.people_personidentity i
                                               WHERE i.identity = v_lose AND v_lose <> v_keep),
               stood = ARRAY(SELECT i.person_id FROM public.people_personidentity i WHERE i.identity = v_keep)
         WHERE m.id = p_match;
        UPDATE public.people_personidentity i SET identity = v_keep WHERE i.identity = v_lose AND v_lose <> v_keep;
    ELSIF p_decision = 'undo' THEN
        SELECT i.identity INTO v_keep FROM public.people_personidentity i WHERE i.person_id = v_match.one_id;
        UPDATE public.people_personidentity i SET identity = v_match.before
         WHERE i.person_id = ANY (v_match.moved) AND i.identity = v_keep;
        -- Rows that came to the joined person after the merge stay with the first; they are named to whoever undoes.
        SELECT count(*) INTO kept FROM public.people_personidentity i
         WHERE i.identity = v_keep AND i.person_id <> ALL (v_match.stood);
        UPDATE public.people_match m SET state = 'not_same', second_user_id = access.user_id(),
               decided_at = access.moment(), moved = '{}', stood = '{}', before = NULL WHERE m.id = p_match;
    ELSE
        UPDATE public.people_match m
           SET state = CASE p_decision WHEN 'ask' THEN 'asked' ELSE p_decision END,
               first_user_id = access.user_id(), first_at = access.moment(),
               decided_at = CASE p_decision WHEN 'not_same' THEN access.moment() END
         WHERE m.id = p_match;
    END IF;
    SELECT m.state INTO state FROM public.people_match m WHERE m.id = p_match;
END $$;

-- Who in a unit may be told of a pair: nobody where a side is hidden, and nobody who is barred from either file. A notice
-- of a pair that its reader is then not shown would tell that there is a hidden file.
CREATE FUNCTION people.told_of_pair(p_one uuid, p_other uuid, p_unit integer) RETURNS SETOF integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.system_only();
    RETURN QUERY SELECT t.id FROM public.access_post t
     WHERE t.unit_id = p_unit AND t.holder_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.people_person p
          JOIN public.people_personidentity i ON i.person_id = p.id
          JOIN public.access_dossier d ON d.id = p.dossier_id
          LEFT JOIN public.access_unit u ON u.id = d.lead_unit_id
          LEFT JOIN public.access_body b ON b.id = u.body_id
         WHERE p.id IN (p_one, p_other)
           AND (i.sealed OR b.protected OR message.is_barred(t.holder_id, p.dossier_id)))
     ORDER BY t.id;
END $$;

-- Pairs on which people decided, for learning weights from them.
CREATE FUNCTION people.reviewed() RETURNS TABLE (one uuid, other uuid, is_one boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.system_only();
    RETURN QUERY SELECT m.one_id, m.other_id, m.state = 'same' FROM public.people_match m
     WHERE m.state IN ('same', 'not_same') ORDER BY m.id;
END $$;
