-- Taking a load back, by the chunk and inside an open act, the newest load of a register first.
--
-- People whom the load made are taken out with their facts, and are nobody's match any more. Whoever somebody wrote
-- more about by hand stays, and is counted as kept. Rows that the load changed are again what they were: the facts that
-- it wrote are taken back, those that it ended hold again, and the person is called and described as before.
CREATE FUNCTION people.begin_taking_back(p_load uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_load public.people_load := people.held_load(p_load, ARRAY['loaded', 'stopped', 'refused']);
BEGIN
    PERFORM people.take_turn(v_load);
    UPDATE public.people_load l SET state = 'taking_back' WHERE l.id = p_load;
END $$;

-- Whether anything is written of a person that the load did not write.
CREATE FUNCTION people.written_by_hand(p_person uuid, p_facts uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (
    SELECT FROM public.people_personname f WHERE f.person_id = p_person AND f.id <> ALL (p_facts) AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_paper f WHERE f.person_id = p_person AND f.id <> ALL (p_facts) AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_contact f WHERE f.person_id = p_person AND f.id <> ALL (p_facts) AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_address f WHERE f.person_id = p_person AND f.id <> ALL (p_facts) AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_attendance f
               WHERE f.person_id = p_person AND f.id <> ALL (p_facts) AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_communication f WHERE f.person_id = p_person AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_difficulty f WHERE f.person_id = p_person AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_residence f WHERE f.person_id = p_person AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_standing f WHERE f.person_id = p_person AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_surrounding f WHERE f.person_id = p_person AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_absence f WHERE f.person_id = p_person AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_pregnancy f WHERE f.person_id = p_person AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_allegation f WHERE f.person_id = p_person AND f.ended_at IS NULL
    UNION ALL SELECT FROM public.people_kinship f
               WHERE p_person IN (f.person_id, f.other_id) AND f.ended_at IS NULL);

CREATE FUNCTION people.take_facts_back(p_register uuid, p_facts uuid[], p_ended_at timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    -- Ended at a moment: written in error. NULL: they hold again.
    UPDATE public.people_personname SET ended_at = p_ended_at, until = CASE WHEN p_ended_at IS NOT NULL THEN until END
     WHERE id = ANY (p_facts) AND dossier_id = p_register;
    UPDATE public.people_paper SET ended_at = p_ended_at, until = CASE WHEN p_ended_at IS NOT NULL THEN until END
     WHERE id = ANY (p_facts) AND dossier_id = p_register;
    UPDATE public.people_contact SET ended_at = p_ended_at, until = CASE WHEN p_ended_at IS NOT NULL THEN until END
     WHERE id = ANY (p_facts) AND dossier_id = p_register;
    UPDATE public.people_address SET ended_at = p_ended_at, until = CASE WHEN p_ended_at IS NOT NULL THEN until END
     WHERE id = ANY (p_facts) AND dossier_id = p_register;
    UPDATE public.people_attendance SET ended_at = p_ended_at, until = CASE WHEN p_ended_at IS NOT NULL THEN until END
     WHERE id = ANY (p_facts) AND dossier_id = p_register;
END;

-- One chunk; returns how many rows it looked at, 0 when everything is taken back.
CREATE FUNCTION people.take_back_rows(p_load uuid, p_limit integer, p_now timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_load public.people_load := people.held_load(p_load, ARRAY['taking_back']);
    v_register uuid;
    v_rows bigint[];
    v_gone bigint[];
    v_persons uuid[];
    v_changes bigint[];
BEGIN
    SELECT s.register_id INTO STRICT v_register FROM public.people_registersource s WHERE s.id = v_load.source_id;
    v_changes := ARRAY(SELECT c.id FROM public.people_loadchange c WHERE c.load_id = p_load ORDER BY c.id LIMIT p_limit);
    PERFORM people.take_facts_back(v_register, ARRAY(
        SELECT fact FROM public.people_loadchange c JOIN public.people_registerrow r ON r.id = c.row_id
         CROSS JOIN LATERAL unnest(r.facts) AS fact
         WHERE c.id = ANY (v_changes) AND fact IS NOT NULL AND fact <> ALL (array_remove(c.facts, NULL))), p_now);
    PERFORM people.take_facts_back(v_register, ARRAY(
        SELECT fact FROM public.people_loadchange c JOIN public.people_registerrow r ON r.id = c.row_id
         CROSS JOIN LATERAL unnest(c.facts) AS fact
         WHERE c.id = ANY (v_changes) AND fact IS NOT NULL AND fact <> ALL (array_remove(r.facts, NULL))), NULL);
    UPDATE public.people_person p
       SET called = c.called, sex = c.sex, birth_first = c.birth_first, birth_last = c.birth_last, birth_how = c.birth_how
      FROM public.people_loadchange c JOIN public.people_registerrow r ON r.id = c.row_id
     WHERE c.id = ANY (v_changes) AND p.id = r.person_id AND p.dossier_id = v_register;
    UPDATE public.people_registerrow r
       SET key = c.key, also = c.also, sure = c.sure, parts = c.parts, facts = c.facts, state = 'same'
      FROM public.people_loadchange c WHERE c.id = ANY (v_changes) AND r.id = c.row_id;
    DELETE FROM public.people_loadchange c WHERE c.id = ANY (v_changes);
    IF cardinality(v_changes) > 0 THEN
        RETURN cardinality(v_changes);
    END IF;
    v_rows := ARRAY(SELECT r.id FROM public.people_registerrow r
                     WHERE r.source_id = v_load.source_id AND r.made_by_id = p_load AND r.state <> 'kept'
                     ORDER BY r.id LIMIT p_limit);
    SELECT array_agg(r.id), array_agg(r.person_id) INTO v_gone, v_persons FROM public.people_registerrow r
     WHERE r.id = ANY (v_rows) AND NOT people.written_by_hand(r.person_id, array_remove(r.facts, NULL));
    PERFORM people.take_facts_back(v_register, ARRAY(
        SELECT fact FROM public.people_registerrow r CROSS JOIN LATERAL unnest(r.facts) AS fact
         WHERE r.id = ANY (v_gone) AND fact IS NOT NULL), p_now);
    UPDATE public.people_person p SET ended_at = p_now WHERE p.id = ANY (v_persons) AND p.dossier_id = v_register;
    UPDATE public.people_personidentity i SET identity = gen_random_uuid()
     WHERE i.person_id = ANY (v_persons)
       AND EXISTS (SELECT FROM public.people_personidentity o WHERE o.identity = i.identity AND o.person_id <> i.person_id);
    DELETE FROM public.people_registerrow r WHERE r.id = ANY (v_gone);
    UPDATE public.people_registerrow r SET state = 'kept' WHERE r.id = ANY (v_rows);
    UPDATE public.people_load l SET rows_kept = l.rows_kept + cardinality(v_rows) - coalesce(cardinality(v_gone), 0)
     WHERE l.id = p_load AND cardinality(v_rows) > coalesce(cardinality(v_gone), 0);
    IF cardinality(v_rows) = 0 THEN
        UPDATE public.people_load l SET state = 'taken_back', ended_at = p_now WHERE l.id = p_load;
    END IF;
    RETURN cardinality(v_rows);
END $$;
