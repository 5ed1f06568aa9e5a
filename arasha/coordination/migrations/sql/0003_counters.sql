-- Who counts: a cell's day is the country's day.
CREATE FUNCTION coordination.day_of(p_at timestamptz) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
RETURN (p_at AT TIME ZONE 'Asia/Almaty')::date;

-- A file's district; where a code names a region or the nation alone, that code itself.
CREATE FUNCTION coordination.place_of(p_kato text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
RETURN coalesce(territory.district(p_kato), p_kato);

CREATE FUNCTION coordination.kind_of(p_state text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN p_state IN ('open', 'overdue') THEN 'duty' WHEN p_state = 'suspended' THEN 'pause' END;

CREATE FUNCTION coordination.count_duty() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND coordination.kind_of(OLD.state) IS NOT NULL THEN
        INSERT INTO public.coordination_delta (id, kind, place, unit, code, day, n)
        VALUES (gen_random_uuid(), coordination.kind_of(OLD.state), coordination.place_of(OLD.territory),
                coalesce(OLD.unit_id, 0), OLD.function, coordination.day_of(OLD.due_now), -1);
    END IF;
    IF TG_OP <> 'DELETE' AND coordination.kind_of(NEW.state) IS NOT NULL THEN
        INSERT INTO public.coordination_delta (id, kind, place, unit, code, day, n)
        VALUES (gen_random_uuid(), coordination.kind_of(NEW.state), coordination.place_of(NEW.territory),
                coalesce(NEW.unit_id, 0), NEW.function, coordination.day_of(NEW.due_now), 1);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION coordination.count_child() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.open THEN
        INSERT INTO public.coordination_delta (id, kind, place, unit, code, day, n)
        VALUES (gen_random_uuid(), 'child', OLD.place, OLD.unit, CASE WHEN OLD.seen_at IS NULL THEN 'never' ELSE 'seen' END,
                coordination.day_of(coalesce(OLD.seen_at, OLD.since)), -1);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.open THEN
        INSERT INTO public.coordination_delta (id, kind, place, unit, code, day, n)
        VALUES (gen_random_uuid(), 'child', NEW.place, NEW.unit, CASE WHEN NEW.seen_at IS NULL THEN 'never' ELSE 'seen' END,
                coordination.day_of(coalesce(NEW.seen_at, NEW.since)), 1);
    END IF;
    RETURN NULL;
END $$;

-- Which files' children somebody should see, and when somebody last did. The same for one file and for all of them.
-- A signal that somebody took and that is no case yet counts; one that still waits stands among the signals.
CREATE FUNCTION coordination.sightings(p_dossiers uuid[]) RETURNS TABLE (
    dossier uuid, place text, unit integer, since timestamptz, seen_at timestamptz, open boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH files AS (
        SELECT c.dossier_id AS file, coordination.place_of(c.territory_id) AS place, c.lead_unit_id AS unit,
               c.opened_at AS since, c.state = 'open' AS open
          FROM public.cases_case c WHERE p_dossiers IS NULL OR c.dossier_id = ANY (p_dossiers)
        UNION ALL
        SELECT s.dossier_id, coordination.place_of(s.territory_id), coalesce(s.taken_by_unit_id, 0), s.received_at, true
          FROM public.signals_signal s
         WHERE s.state = 'taken' AND (p_dossiers IS NULL OR s.dossier_id = ANY (p_dossiers))
    ), seen AS (
        SELECT o.dossier_id AS file, max(o.met_at) AS at
          FROM public.obligations_obligation o
          JOIN public.protocols_version v ON v.id = o.protocol_id
          JOIN public.coordination_sight g ON g.protocol = v.code AND g.step = o.step
         WHERE o.state IN ('met', 'met_late')
           AND (p_dossiers IS NULL OR o.dossier_id = ANY (p_dossiers) OR o.dossier_id IN (
               SELECT r.signal_dossier_id FROM public.cases_caseorigin r WHERE r.dossier_id = ANY (p_dossiers)))
         GROUP BY o.dossier_id
    )
    SELECT f.file, f.place, f.unit, f.since,
           (SELECT max(s.at) FROM seen s WHERE s.file = f.file OR s.file IN (
               SELECT r.signal_dossier_id FROM public.cases_caseorigin r WHERE r.dossier_id = f.file)),
           f.open
      FROM files f;
END;

-- Brings the rows of these files to what `sightings` says; returns how many were wrong. NULL: of all files.
CREATE FUNCTION coordination.sight(p_dossiers uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_gone integer; v_wrong integer;
BEGIN
    DELETE FROM public.coordination_sighting s
     WHERE (p_dossiers IS NULL OR s.dossier_id = ANY (p_dossiers))
       AND NOT EXISTS (SELECT FROM public.cases_case c WHERE c.dossier_id = s.dossier_id)
       AND NOT EXISTS (SELECT FROM public.signals_signal g WHERE g.dossier_id = s.dossier_id AND g.state = 'taken');
    GET DIAGNOSTICS v_gone = ROW_COUNT;
    INSERT INTO public.coordination_sighting AS s (dossier_id, place, unit, since, seen_at, open)
    SELECT f.dossier, f.place, f.unit, f.since, f.seen_at, f.open FROM coordination.sightings(p_dossiers) f
    ON CONFLICT (dossier_id) DO UPDATE
       SET place = excluded.place, unit = excluded.unit, since = excluded.since, seen_at = excluded.seen_at, open = excluded.open
     WHERE (s.place, s.unit, s.since, s.seen_at, s.open)
        IS DISTINCT FROM (excluded.place, excluded.unit, excluded.since, excluded.seen_at, excluded.open);
    GET DIAGNOSTICS v_wrong = ROW_COUNT;
    RETURN v_gone + v_wrong;
END $$;

CREATE FUNCTION coordination.note_sighting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_files uuid[] := ARRAY[]::uuid[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        v_files := v_files || OLD.dossier_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        v_files := v_files || NEW.dossier_id;
    END IF;
    -- What was seen under a signal was seen for the case that it grew into.
    PERFORM coordination.sight(v_files || ARRAY(
        SELECT r.dossier_id FROM public.cases_caseorigin r WHERE r.signal_dossier_id = ANY (v_files)));
    RETURN NULL;
END $$;

-- What the cells should hold, counted from the duties and files themselves.
CREATE FUNCTION coordination.counted() RETURNS TABLE (kind text, place text, unit integer, code text, day date, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coordination.kind_of(o.state), coordination.place_of(o.territory), coalesce(o.unit_id, 0), o.function::text,
           coordination.day_of(o.due_now), count(*)
      FROM public.obligations_obligation o WHERE coordination.kind_of(o.state) IS NOT NULL
     GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT 'child', s.place, s.unit, CASE WHEN s.seen_at IS NULL THEN 'never' ELSE 'seen' END,
           coordination.day_of(coalesce(s.seen_at, s.since)), count(*)
      FROM public.coordination_sighting s WHERE s.open
     GROUP BY 2, 3, 4, 5;
END;

CREATE FUNCTION coordination.fold() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_folded integer;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('coordination.fold')) THEN
        RETURN 0;
    END IF;
    WITH taken AS (DELETE FROM public.coordination_delta RETURNING kind, place, unit, code, day, n)
    INSERT INTO public.coordination_tally AS t (kind, place, unit, code, day, n)
    SELECT kind, place, unit, code, day, sum(n) FROM taken GROUP BY kind, place, unit, code, day HAVING sum(n) <> 0
    ON CONFLICT (kind, place, unit, code, day) DO UPDATE SET n = t.n + excluded.n;
    GET DIAGNOSTICS v_folded = ROW_COUNT;
    DELETE FROM public.coordination_tally WHERE n = 0;
    RETURN v_folded;
END $$;

-- Compares the cells with the count and mends those that differ, in one snapshot; returns how many differed.
CREATE FUNCTION coordination.mend() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_rows integer; v_cells integer;
BEGIN
    v_rows := coordination.sight(NULL);
    INSERT INTO public.coordination_delta (id, kind, place, unit, code, day, n)
    SELECT gen_random_uuid(), d.kind, d.place, d.unit, d.code, d.day, sum(d.n)
      FROM (SELECT c.kind, c.place, c.unit, c.code, c.day, c.n FROM coordination.counted() c
            UNION ALL SELECT t.kind, t.place, t.unit, t.code, t.day, -t.n FROM public.coordination_tally t
            UNION ALL SELECT x.kind, x.place, x.unit, x.code, x.day, -x.n FROM public.coordination_delta x) d
     GROUP BY d.kind, d.place, d.unit, d.code, d.day HAVING sum(d.n) <> 0;
    GET DIAGNOSTICS v_cells = ROW_COUNT;
    RETURN v_rows + v_cells;
END $$;

-- The clock's doors.
CREATE FUNCTION coordination.require_system() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
END $$;

CREATE FUNCTION coordination.fold_counters() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM coordination.require_system();
    RETURN coordination.fold();
END $$;

CREATE FUNCTION coordination.mend_counters() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM coordination.require_system();
    RETURN coordination.mend();
END $$;

-- How things stood at the end of each of these Fridays, of those that are not written yet. A duty counts as it stands
-- now: its due moment after extensions; suspensions that ended are not taken apart.
CREATE FUNCTION coordination.write_weeks(p_fridays date[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_friday date; v_end timestamptz; v_written integer := 0;
BEGIN
    PERFORM coordination.require_system();
    FOREACH v_friday IN ARRAY p_fridays LOOP
        v_end := ((v_friday + 1)::timestamp AT TIME ZONE 'Asia/Almaty');
        INSERT INTO public.coordination_week (friday, place, code, open, late) VALUES (v_friday, '', '', 0, 0)
        ON CONFLICT DO NOTHING;
        CONTINUE WHEN NOT FOUND;
        INSERT INTO public.coordination_week (friday, place, code, open, late)
        SELECT v_friday, coordination.place_of(o.territory), o.function, count(*), count(*) FILTER (WHERE o.due_now < v_end)
          FROM public.obligations_obligation o
         WHERE o.raised_at < v_end AND coalesce(o.met_at, o.ended_at, 'infinity') >= v_end
         GROUP BY 2, 3;
        v_written := v_written + 1;
    END LOOP;
    RETURN v_written;
END $$;
