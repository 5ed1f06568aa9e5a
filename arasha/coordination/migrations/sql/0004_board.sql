-- What the board reads. Whoever coordinates sees figures of the own territory; files that are barred to the reader are
-- in none of them: to that person they do not exist, and a figure that held them would say otherwise.

-- What all codes inside a region or district begin with; '' for the nation.
CREATE FUNCTION coordination.stem(p_kato text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
RETURN CASE
    WHEN p_kato = '000000000' THEN ''
    WHEN territory.district(p_kato) IS NULL THEN left(p_kato, 2)
    WHEN left(p_kato, 2) IN ('71', '75', '79') THEN left(p_kato, 6)
    ELSE left(p_kato, 4)
END;

-- The codes that the reader coordinates, as a range: all of the own territory, or p_within where that lies inside it.
CREATE FUNCTION coordination.scope(p_within text, OUT low text, OUT high text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_functions text[] := access.functions(); v_home text := access.context() ->> 'territory';
    v_stem text; v_asked text := coordination.stem(p_within);
BEGIN
    v_stem := CASE
        WHEN 'coordination_nation' = ANY (v_functions) THEN ''
        WHEN 'coordination_region' = ANY (v_functions) THEN left(v_home, 2)
        WHEN 'coordination_district' = ANY (v_functions) THEN coordination.stem(v_home)
    END;
    IF v_stem IS NULL THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    ELSIF left(v_asked, length(v_stem)) <> v_stem THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    low := v_asked;
    high := v_asked || ':';  -- the sign that follows the digits
END $$;

CREATE FUNCTION coordination.place_at(p_place text, p_level text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
RETURN CASE p_level WHEN 'region' THEN coalesce(territory.region(p_place), p_place) ELSE p_place END;

-- Duties by place (p_level: region or district), unit (where p_units), function and age. `band`: -1 its time stands
-- still, 0 not due yet, from 1 on late, by the ages in days at which p_edges (0 first) lets a band begin.
CREATE FUNCTION coordination.duties(p_within text, p_level text, p_units boolean, p_now timestamptz, p_edges integer[])
RETURNS TABLE (place text, unit integer, code text, band integer, n bigint, oldest date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_scope record; v_barred uuid[] := access.barred(); v_today date := coordination.day_of(p_now);
    v_midnight timestamptz := v_today::timestamp AT TIME ZONE 'Asia/Almaty';
BEGIN
    SELECT s.low, s.high INTO v_scope FROM coordination.scope(p_within) s;
    RETURN QUERY
    WITH cells AS (
        SELECT t.kind, t.place, t.unit, t.code, t.day, t.n FROM public.coordination_tally t
         WHERE t.kind IN ('duty', 'pause') AND t.place >= v_scope.low AND t.place < v_scope.high
        UNION ALL
        SELECT x.kind, x.place, x.unit, x.code, x.day, x.n FROM public.coordination_delta x
         WHERE x.kind IN ('duty', 'pause') AND x.place >= v_scope.low AND x.place < v_scope.high
        UNION ALL
        SELECT coordination.kind_of(o.state), coordination.place_of(o.territory), coalesce(o.unit_id, 0), o.function,
               coordination.day_of(o.due_now), -1
          FROM public.obligations_obligation o
         WHERE o.dossier_id = ANY (v_barred) AND coordination.kind_of(o.state) IS NOT NULL
           AND o.territory >= v_scope.low AND o.territory < v_scope.high
    ), passed AS (
        -- Of what is due today, only what was due by now is late: those are few, and are counted.
        SELECT coordination.place_of(o.territory) AS place, coalesce(o.unit_id, 0) AS unit, o.function::text AS code,
               count(*)::integer AS n
          FROM public.obligations_obligation o
         WHERE o.state IN ('open', 'overdue') AND o.due_now >= v_midnight AND o.due_now < p_now
           AND o.territory >= v_scope.low AND o.territory < v_scope.high AND o.dossier_id <> ALL (v_barred)
         GROUP BY 1, 2, 3
    ), summed AS (
        SELECT coordination.place_at(c.place, p_level) AS place, CASE WHEN p_units THEN c.unit ELSE 0 END AS unit, c.code,
               CASE WHEN c.kind = 'pause' THEN -1 WHEN c.day < v_today THEN width_bucket(v_today - c.day, p_edges) ELSE 0 END
                   AS band,
               CASE WHEN c.kind = 'duty' AND c.day < v_today THEN c.day END AS late_since, sum(c.n) AS n
          FROM cells c GROUP BY 1, 2, 3, 4, 5
        UNION ALL
        SELECT coordination.place_at(p.place, p_level), CASE WHEN p_units THEN p.unit ELSE 0 END, p.code, b.band,
               CASE WHEN b.sign > 0 THEN v_today END, b.sign * p.n
          FROM passed p CROSS JOIN (VALUES (0, -1), (width_bucket(0, p_edges), 1)) AS b (band, sign)
    )
    SELECT s.place, s.unit, s.code, s.band, sum(s.n)::bigint, min(s.late_since) FILTER (WHERE s.n <> 0)
      FROM summed s GROUP BY s.place, s.unit, s.code, s.band HAVING sum(s.n) <> 0;
END $$;

-- Open files by how long nobody has seen the child; `code` seen or never.
CREATE FUNCTION coordination.children(p_within text, p_level text, p_now timestamptz, p_edges integer[])
RETURNS TABLE (place text, code text, band integer, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_scope record; v_barred uuid[] := access.barred(); v_today date := coordination.day_of(p_now);
BEGIN
    SELECT s.low, s.high INTO v_scope FROM coordination.scope(p_within) s;
    RETURN QUERY
    WITH cells AS (
        SELECT t.place, t.code, t.day, t.n FROM public.coordination_tally t
         WHERE t.kind = 'child' AND t.place >= v_scope.low AND t.place < v_scope.high
        UNION ALL
        SELECT x.place, x.code, x.day, x.n FROM public.coordination_delta x
         WHERE x.kind = 'child' AND x.place >= v_scope.low AND x.place < v_scope.high
        UNION ALL
        SELECT g.place, CASE WHEN g.seen_at IS NULL THEN 'never' ELSE 'seen' END,
               coordination.day_of(coalesce(g.seen_at, g.since)), -1
          FROM public.coordination_sighting g
         WHERE g.dossier_id = ANY (v_barred) AND g.open AND g.place >= v_scope.low AND g.place < v_scope.high
    )
    SELECT coordination.place_at(c.place, p_level), c.code, width_bucket(greatest(v_today - c.day, 0), p_edges),
           sum(c.n)::bigint
      FROM cells c GROUP BY 1, 2, 3 HAVING sum(c.n) <> 0;
END $$;

-- Signals that wait, by urgency and by age in hours; those past their moment apart. They are few: they are counted.
CREATE FUNCTION coordination.signals(p_within text, p_level text, p_now timestamptz, p_edges integer[])
RETURNS TABLE (place text, code text, band integer, n bigint, late bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_scope record; v_barred uuid[] := access.barred();
BEGIN
    SELECT s.low, s.high INTO v_scope FROM coordination.scope(p_within) s;
    RETURN QUERY
    SELECT coordination.place_at(coordination.place_of(s.territory_id), p_level), s.urgency::text,
           width_bucket(greatest(floor(extract(epoch FROM p_now - s.received_at) / 3600)::integer, 0), p_edges),
           count(*), count(*) FILTER (WHERE s.answer_by < p_now)
      FROM public.signals_signal s
     WHERE s.state = 'waiting' AND s.territory_id >= v_scope.low AND s.territory_id < v_scope.high
       AND s.dossier_id <> ALL (v_barred)
     GROUP BY 1, 2, 3;
END $$;

-- The Fridays that are written, oldest first; a Friday without rows of the territory is one without duties there.
CREATE FUNCTION coordination.weeks(p_within text, p_level text, p_since date)
RETURNS TABLE (friday date, place text, code text, open bigint, late bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_scope record; v_barred uuid[] := access.barred();
BEGIN
    SELECT s.low, s.high INTO v_scope FROM coordination.scope(p_within) s;
    RETURN QUERY
    WITH rows AS (
        SELECT w.friday, w.place, w.code, w.open, w.late FROM public.coordination_week w
         WHERE w.friday >= p_since AND (w.place = '' OR w.place >= v_scope.low AND w.place < v_scope.high)
        UNION ALL
        SELECT w.friday, coordination.place_of(o.territory), o.function, -1,
               -(o.due_now < ((w.friday + 1)::timestamp AT TIME ZONE 'Asia/Almaty'))::integer
          FROM public.obligations_obligation o
          JOIN public.coordination_week w ON w.place = '' AND w.friday >= p_since
           AND o.raised_at < ((w.friday + 1)::timestamp AT TIME ZONE 'Asia/Almaty')
           AND coalesce(o.met_at, o.ended_at, 'infinity') >= ((w.friday + 1)::timestamp AT TIME ZONE 'Asia/Almaty')
         WHERE o.dossier_id = ANY (v_barred) AND o.territory >= v_scope.low AND o.territory < v_scope.high
    )
    SELECT r.friday, CASE WHEN r.place = '' THEN '' ELSE coordination.place_at(r.place, p_level) END, r.code,
           sum(r.open)::bigint, sum(r.late)::bigint
      FROM rows r GROUP BY 1, 2, 3 ORDER BY 1;
END $$;

-- Bodies that were missed when somebody should have owed, and are missing still; with how many duties that run go
-- without them.
CREATE FUNCTION coordination.missing(p_within text, p_now timestamptz)
RETURNS TABLE (place text, code text, n bigint, since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_scope record; v_barred uuid[] := access.barred();
BEGIN
    SELECT s.low, s.high INTO v_scope FROM coordination.scope(p_within) s;
    RETURN QUERY
    SELECT g.territory::text, g.function::text, count(*), min(g.noticed_at)
      FROM public.obligations_gap g JOIN public.obligations_obligation o ON o.id = g.obligation_id
     WHERE coordination.kind_of(o.state) IS NOT NULL AND g.dossier_id <> ALL (v_barred)
       AND g.territory >= v_scope.low AND g.territory < v_scope.high
       AND NOT EXISTS (
           SELECT FROM public.access_unitfunction f JOIN public.access_unit u ON u.id = f.unit_id
            WHERE f.function_id = g.function AND f.territory_id = g.territory
              AND f.since <= p_now AND (f.until IS NULL OR f.until > p_now)
              AND u.valid_from <= coordination.day_of(p_now)
              AND (u.valid_to IS NULL OR u.valid_to > coordination.day_of(p_now)))
     GROUP BY 1, 2;
END $$;

-- Figures of the whole territory in one row, for the badge of the rail.
CREATE FUNCTION coordination.late_now(p_now timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT coalesce(sum(d.n) FILTER (WHERE d.band > 0), 0)
          FROM coordination.duties(access.context() ->> 'territory', 'region', false, p_now, ARRAY[0]) d);
