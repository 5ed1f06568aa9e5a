-- Loading a register of another body: by the chunk, inside an open act, into the register's own file and nothing else.
-- Rows and facts arrive as one document; the triggers journal and enter each row as they do for one that is typed.

-- The load, locked, for whoever may work on it: its own unit, or the clock. A state that does not fit is a conflict.
CREATE FUNCTION people.held_load(p_load uuid, p_states text[]) RETURNS public.people_load
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_load public.people_load;
BEGIN
    SELECT l.* INTO v_load FROM public.people_load l WHERE l.id = p_load FOR NO KEY UPDATE;
    IF NOT FOUND OR NOT access.is_system() AND (v_load.unit_id = ANY (access.units())) IS NOT TRUE THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    ELSIF v_load.state <> ALL (p_states) THEN
        RAISE EXCEPTION 'the load is in another state' USING ERRCODE = 'AR409';
    END IF;
    RETURN v_load;
END $$;

-- What the register knows of these keys already.
CREATE FUNCTION people.registered(p_load uuid, p_keys bytea[], p_names bytea[])
RETURNS TABLE (id bigint, key bytea, also bytea, sure boolean, parts bytea, facts uuid[], person uuid, seen boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_load public.people_load := people.held_load(p_load, ARRAY['trying', 'loading']);
BEGIN
    RETURN QUERY
    SELECT r.id, r.key, r.also, r.sure, r.parts, r.facts, r.person_id, r.seen_by_id = p_load AND v_load.state = 'loading'
      FROM public.people_registerrow r
     WHERE r.source_id = v_load.source_id AND r.key = ANY (p_keys)
     UNION
    SELECT r.id, r.key, r.also, r.sure, r.parts, r.facts, r.person_id, r.seen_by_id = p_load AND v_load.state = 'loading'
      FROM public.people_registerrow r
     WHERE r.source_id = v_load.source_id AND r.also = ANY (p_names) AND r.also <> ''
     ORDER BY 1;
END $$;

-- Facts of people of the register, new ones and those that take the place of others.
CREATE FUNCTION people.put_facts(p_register uuid, p_unit integer, p_said jsonb, p_now timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.people_person (id, dossier_id, role, called, sex, birth_first, birth_last, birth_how, died,
           recorded_at, unit_id)
    SELECT n.id, p_register, n.role, coalesce(n.called, ''), coalesce(n.sex, 'unknown'), n.birth_first, n.birth_last,
           coalesce(n.birth_how, 'unknown'), false, p_now, p_unit
      FROM jsonb_to_recordset(p_said -> 'people') AS n (id uuid, role text, called text, sex text, birth_first date,
           birth_last date, birth_how text);
    INSERT INTO public.people_personname (id, dossier_id, person_id, recorded_at, unit_id, kind, surname, given,
           patronymic, surname_key, given_key, father_key)
    SELECT n.id, p_register, n.person, p_now, p_unit, 'document', n.surname, n.given, n.patronymic, n.surname_key,
           n.given_key, n.father_key
      FROM jsonb_to_recordset(p_said -> 'names') AS n (id uuid, person uuid, surname text, given text,
           patronymic text, surname_key text, given_key text, father_key text);
    INSERT INTO public.people_paper (id, dossier_id, person_id, recorded_at, unit_id, kind, reason, sealed, fingerprint)
    SELECT n.id, p_register, n.person, p_now, p_unit, n.kind, '', n.sealed, n.fingerprint
      FROM jsonb_to_recordset(p_said -> 'papers') AS n (id uuid, person uuid, kind text, sealed bytea,
           fingerprint bytea);
    INSERT INTO public.people_contact (id, dossier_id, person_id, recorded_at, unit_id, kind, whose, safe, sealed,
           fingerprint)
    SELECT n.id, p_register, n.person, p_now, p_unit, 'phone', 'unknown', 'unknown', n.sealed, n.fingerprint
      FROM jsonb_to_recordset(p_said -> 'contacts') AS n (id uuid, person uuid, sealed bytea, fingerprint bytea);
    INSERT INTO public.people_address (id, dossier_id, person_id, recorded_at, unit_id, facet, kind, territory, sealed)
    SELECT n.id, p_register, n.person, p_now, p_unit, 1, 'lives', n.territory, n.sealed
      FROM jsonb_to_recordset(p_said -> 'addresses') AS n (id uuid, person uuid, territory text, sealed bytea);
    INSERT INTO public.people_attendance (id, dossier_id, person_id, recorded_at, unit_id, facet, kind, called, "group")
    SELECT n.id, p_register, n.person, p_now, p_unit, CASE n.kind WHEN 'clinic' THEN 3 ELSE 4 END, n.kind, n.called,
           n."group"
      FROM jsonb_to_recordset(p_said -> 'attendances') AS n (id uuid, person uuid, kind text, called text,
           "group" text);
END $$;

-- Lets facts of people of the register end: what somebody was called and where they lived was so until today, a number
-- or a document that is replaced was wrong.
CREATE FUNCTION people.end_facts(p_register uuid, p_facts uuid[], p_day date, p_now timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    UPDATE public.people_personname SET until = p_day WHERE id = ANY (p_facts) AND dossier_id = p_register;
    UPDATE public.people_contact SET until = p_day WHERE id = ANY (p_facts) AND dossier_id = p_register;
    UPDATE public.people_address SET until = p_day WHERE id = ANY (p_facts) AND dossier_id = p_register;
    UPDATE public.people_attendance SET until = p_day WHERE id = ANY (p_facts) AND dossier_id = p_register;
    UPDATE public.people_paper SET ended_at = p_now WHERE id = ANY (p_facts) AND dossier_id = p_register;
END;

-- One chunk of rows. `p_after` is the row up to which the caller believes that everything is done: somebody else who
-- works on the same load makes it a conflict, and nothing is written twice.
CREATE FUNCTION people.put_rows(p_load uuid, p_after integer, p_last integer, p_said jsonb, p_day date,
    p_now timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_load public.people_load := people.held_load(p_load, ARRAY['trying', 'loading']);
    v_source public.people_registersource;
    v_faults bigint;
BEGIN
    IF v_load.last_row <> p_after THEN
        RAISE EXCEPTION 'somebody else went on' USING ERRCODE = 'AR409';
    END IF;
    SELECT s.* INTO STRICT v_source FROM public.people_registersource s WHERE s.id = v_load.source_id;
    IF v_load.state = 'loading' THEN
        PERFORM people.put_facts(v_source.register_id, v_load.unit_id, p_said, p_now);
        INSERT INTO public.people_registerrow (source_id, person_id, key, also, sure, parts, facts, state,
               made_by_id, seen_by_id, unmatched)
        SELECT v_load.source_id, n.person, n.key, n.also, n.sure, n.parts, n.facts, 'new', p_load, p_load, true
          FROM jsonb_to_recordset(p_said -> 'rows') AS n (person uuid, key bytea, also bytea, sure boolean,
               parts bytea, facts uuid[]);
        PERFORM people.change_rows(v_load, v_source.register_id, p_said -> 'changed', p_day, p_now);
        UPDATE public.people_registerrow r SET seen_by_id = p_load, state = 'same'
          FROM jsonb_array_elements_text(p_said -> 'seen') AS s (id)
         WHERE r.id = s.id::bigint AND r.source_id = v_load.source_id;
    END IF;
    INSERT INTO public.people_loadfault (dossier_id, load_id, row_number, "column", code)
    SELECT v_load.dossier_id, p_load, n."row", n."column", n.code
      FROM jsonb_to_recordset(p_said -> 'faults') AS n ("row" integer, "column" smallint, code text);
    UPDATE public.people_load l
       SET last_row = p_last, rows_new = l.rows_new + (p_said #>> '{counts,new}')::integer,
           rows_same = l.rows_same + (p_said #>> '{counts,same}')::integer,
           rows_changed = l.rows_changed + (p_said #>> '{counts,changed}')::integer,
           rows_rejected = l.rows_rejected + (p_said #>> '{counts,rejected}')::integer
     WHERE l.id = p_load;
END $$;

-- Rows whose content changed: how they were is kept, their people are described anew, facts that no longer hold end.
CREATE FUNCTION people.change_rows(p_load public.people_load, p_register uuid, p_changed jsonb, p_day date,
    p_now timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF jsonb_array_length(p_changed) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO public.people_loadchange (load_id, row_id, key, also, sure, parts, facts, called, sex, birth_first,
           birth_last, birth_how)
    SELECT p_load.id, r.id, r.key, r.also, r.sure, r.parts, r.facts, p.called, p.sex, p.birth_first, p.birth_last, p.birth_how
      FROM jsonb_to_recordset(p_changed) AS n (id bigint)
      JOIN public.people_registerrow r ON r.id = n.id AND r.source_id = p_load.source_id
      JOIN public.people_person p ON p.id = r.person_id;
    PERFORM people.end_facts(p_register, ARRAY(
        SELECT old.fact FROM jsonb_to_recordset(p_changed) AS n (id bigint, facts uuid[])
          JOIN public.people_registerrow r ON r.id = n.id AND r.source_id = p_load.source_id
         CROSS JOIN LATERAL unnest(r.facts) AS old (fact)
         WHERE old.fact IS NOT NULL AND old.fact <> ALL (array_remove(n.facts, NULL))), p_day, p_now);
    UPDATE public.people_person p
       SET called = coalesce(n.called, p.called), sex = coalesce(n.sex, p.sex),
           birth_first = CASE WHEN n.birth_how IS NULL THEN p.birth_first ELSE n.birth_first END,
           birth_last = CASE WHEN n.birth_how IS NULL THEN p.birth_last ELSE n.birth_last END,
           birth_how = coalesce(n.birth_how, p.birth_how)
      FROM jsonb_to_recordset(p_changed) AS n (id bigint, called text, sex text, birth_first date, birth_last date,
           birth_how text)
      JOIN public.people_registerrow r ON r.id = n.id AND r.source_id = p_load.source_id
     WHERE p.id = r.person_id AND p.dossier_id = p_register
       AND (n.called, n.sex, n.birth_how) IS DISTINCT FROM (NULL, NULL, NULL);
    UPDATE public.people_registerrow r
       SET key = n.key, also = n.also, sure = n.sure, parts = n.parts, facts = n.facts, state = 'changed',
           seen_by_id = p_load.id, unmatched = true
      FROM jsonb_to_recordset(p_changed) AS n (id bigint, key bytea, also bytea, sure boolean, parts bytea,
           facts uuid[])
     WHERE r.id = n.id AND r.source_id = p_load.source_id;
END $$;

-- The end of a load: whoever is not in a complete register any more is said to be gone. Nobody is taken out.
CREATE FUNCTION people.finish_load(p_load uuid, p_now timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_load public.people_load := people.held_load(p_load, ARRAY['trying', 'loading']);
    v_gone integer := 0;
BEGIN
    IF v_load.state = 'loading' AND v_load.complete THEN
        UPDATE public.people_registerrow r SET state = 'gone'
         WHERE r.source_id = v_load.source_id AND r.seen_by_id <> p_load AND r.state <> 'gone';
        GET DIAGNOSTICS v_gone = ROW_COUNT;
    END IF;
    UPDATE public.people_load l
       SET state = CASE l.state WHEN 'trying' THEN 'tried' ELSE 'loaded' END, rows_gone = v_gone, ended_at = p_now
     WHERE l.id = p_load;
END $$;

-- A load begins, or begins anew: being tried out writes nothing, so it begins at the first row again. Loads of one
-- register stand on one another: one at a time, and none goes on below a later one.
CREATE FUNCTION people.begin_load(p_load uuid, p_state text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_load public.people_load := people.held_load(p_load, CASE p_state
        WHEN 'trying' THEN ARRAY['mapped', 'tried', 'trying'] ELSE ARRAY['mapped', 'tried', 'stopped'] END);
    v_turn integer := v_load.turn;
BEGIN
    IF p_state = 'loading' THEN
        v_turn := people.take_turn(v_load);
    END IF;
    IF v_load.state <> 'stopped' THEN
        DELETE FROM public.people_loadfault f WHERE f.load_id = p_load;
        UPDATE public.people_load l
           SET last_row = 0, rows_new = 0, rows_same = 0, rows_changed = 0, rows_rejected = 0, started_at = p_now
         WHERE l.id = p_load;
    END IF;
    UPDATE public.people_load l SET state = p_state, turn = v_turn, ended_at = NULL WHERE l.id = p_load;
END $$;

CREATE FUNCTION people.take_turn(p_load public.people_load) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_last integer;
BEGIN
    PERFORM FROM public.people_registersource s WHERE s.id = p_load.source_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM public.people_load l WHERE l.source_id = p_load.source_id AND l.id <> p_load.id
                  AND l.state IN ('loading', 'taking_back')) THEN
        RAISE EXCEPTION 'another load of this register is at work' USING ERRCODE = 'AR409';
    END IF;
    SELECT coalesce(max(l.turn), 0) INTO v_last FROM public.people_load l
     WHERE l.source_id = p_load.source_id AND l.state <> 'taken_back';
    IF p_load.turn < v_last THEN
        RAISE EXCEPTION 'a later load stands on this one' USING ERRCODE = 'AR409';
    END IF;
    RETURN coalesce(p_load.turn, v_last + 1);
END $$;

-- Names that are written together are entered together: a register writes them by the thousand. What one name makes is
-- the same as before (people.enter).
CREATE FUNCTION people.follow_names() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    INSERT INTO public.people_entry
           (id, person_id, dossier_id, surname_key, given_key, father_key, birth_first, birth_last, hidden)
    SELECT n.id, p.id, p.dossier_id, n.surname_key, n.given_key, n.father_key, p.birth_first, p.birth_last, i.sealed
      FROM written n
      JOIN public.people_person p ON p.id = n.person_id
      JOIN public.people_personidentity i ON i.person_id = p.id
     WHERE n.ended_at IS NULL AND p.ended_at IS NULL;
    INSERT INTO public.people_word AS w (word, roles)
    SELECT k.word, bit_or(k.role)
      FROM written n
     CROSS JOIN LATERAL (VALUES (n.surname_key, 1::smallint), (n.given_key, 2::smallint), (n.father_key, 4::smallint))
           AS k (word, role)
     WHERE k.word <> '' AND n.ended_at IS NULL
       AND NOT EXISTS (SELECT FROM public.people_word known WHERE known.word = k.word AND known.roles & k.role <> 0)
     GROUP BY k.word ORDER BY k.word
        ON CONFLICT (word) DO UPDATE SET roles = w.roles | EXCLUDED.roles
     WHERE w.roles & EXCLUDED.roles <> EXCLUDED.roles;
    RETURN NULL;
END $$;
DROP TRIGGER follow_name ON public.people_personname;
CREATE TRIGGER follow_name AFTER UPDATE ON public.people_personname
    FOR EACH ROW EXECUTE FUNCTION people.follow_name();
CREATE TRIGGER follow_names AFTER INSERT ON public.people_personname
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people.follow_names();
