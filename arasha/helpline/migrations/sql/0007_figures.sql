-- Figures leave the database counted, and protected unless the reader watches over every unit that is counted.

-- A count as it may be told: exact inside; outside NULL below ten (nought too), the rest rounded to five.
CREATE FUNCTION helpline.told(p_count bigint, p_inside boolean) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_inside THEN p_count WHEN p_count >= 10 THEN (p_count + 2) / 5 * 5 END;
CREATE FUNCTION helpline.told_length(p_length double precision, p_behind bigint, p_inside boolean) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_inside THEN pg_catalog.round(p_length)::bigint
            WHEN p_behind >= 10 THEN (pg_catalog.round(p_length)::bigint + 2) / 5 * 5 END;
REVOKE ALL ON FUNCTION helpline.told(bigint, boolean), helpline.told_length(double precision, bigint, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline.told(bigint, boolean), helpline.told_length(double precision, bigint, boolean)
   TO arasha_app, arasha_definer;

-- Which units are counted for who acts: those that it watches over, else every helpline for national roles.
CREATE FUNCTION helpline.counted_units(OUT units integer[], OUT inside boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    units := helpline.supervised();
    inside := units <> '{}';
    IF NOT inside AND helpline.sees_figures() THEN
        SELECT coalesce(array_agg(DISTINCT f.unit_id), '{}') INTO units
          FROM public.access_unitfunction f WHERE f.function_id = 'helpline';
    ELSIF NOT inside THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
END $$;

-- A period is whole months for who reads from outside: of two that differ by a day the difference could be one child.
CREATE FUNCTION helpline.whole_months(p_since timestamptz, p_until timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN p_since < p_until
   AND p_since = pg_catalog.date_trunc('month', p_since, 'Asia/Almaty')
   AND p_until = pg_catalog.date_trunc('month', p_until, 'Asia/Almaty');

-- Contacts of a period, told apart by one thing at a time: channel, kind, reason, sex, age, region, month, or not at all.
CREATE FUNCTION helpline.contact_figures(p_since timestamptz, p_until timestamptz, p_region text)
RETURNS TABLE (what text, code text, contacts bigint, answered bigint, referred bigint, signals bigint, repeated bigint,
               reply_median bigint, reply_ninetieth bigint, replied bigint, handled bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v record := helpline.counted_units();
BEGIN
    IF NOT v.inside AND NOT helpline.whole_months(p_since, p_until) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    RETURN QUERY
    WITH counted AS (
        SELECT g.what, g.code, g.contacts, g.answered, g.referred, g.signals, g.handled_count, g.handled
          FROM (SELECT CASE (GROUPING(c.channel, c.kind, c.reason, c.sex, c.age, c.region_id,
                                      date_trunc('month', c.began_at, 'Asia/Almaty')))
                         WHEN 63 THEN 'channel' WHEN 95 THEN 'kind' WHEN 111 THEN 'reason' WHEN 119 THEN 'sex'
                         WHEN 123 THEN 'age' WHEN 125 THEN 'region' WHEN 126 THEN 'month' ELSE 'all' END AS what,
                       coalesce(c.channel, c.kind, c.reason, c.sex, c.age, c.region_id,
                                to_char(date_trunc('month', c.began_at, 'Asia/Almaty') AT TIME ZONE 'Asia/Almaty', 'YYYY-MM'),
                                '') AS code,
                       count(*) AS contacts,
                       count(*) FILTER (WHERE c.first_reply_at IS NOT NULL) AS answered,
                       count(*) FILTER (WHERE c.referred <> '{}') AS referred,
                       count(*) FILTER (WHERE c.signal_id IS NOT NULL) AS signals,
                       count(*) FILTER (WHERE c.logged_at >= c.taken_at) AS handled_count,
                       avg(extract(epoch FROM c.logged_at - c.taken_at)) FILTER (WHERE c.logged_at >= c.taken_at) AS handled
                  FROM public.helpline_contact c
                 WHERE c.unit_id = ANY (v.units) AND c.began_at >= p_since AND c.began_at < p_until
                   AND (p_region = '' OR c.region_id = p_region)
                 GROUP BY GROUPING SETS ((), (c.channel), (c.kind), (c.reason), (c.sex), (c.age), (c.region_id),
                                         (date_trunc('month', c.began_at, 'Asia/Almaty')))) g),
    replies AS (
        SELECT c.channel, count(*) AS behind,
               percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (
                   ORDER BY extract(epoch FROM c.first_reply_at - c.began_at)::double precision) AS lengths
          FROM public.helpline_contact c
         WHERE c.unit_id = ANY (v.units) AND c.began_at >= p_since AND c.began_at < p_until
           AND (p_region = '' OR c.region_id = p_region) AND c.first_reply_at >= c.began_at
         GROUP BY c.channel)
    SELECT counted.what, counted.code::text, helpline.told(counted.contacts, v.inside), helpline.told(counted.answered, v.inside),
           helpline.told(counted.referred, v.inside), helpline.told(counted.signals, v.inside), NULL::bigint,
           helpline.told_length(replies.lengths[1], replies.behind, v.inside),
           helpline.told_length(replies.lengths[2], replies.behind, v.inside),
           helpline.told(replies.behind, v.inside),
           helpline.told_length(counted.handled::double precision, counted.handled_count, v.inside)
      FROM counted LEFT JOIN replies ON counted.what = 'channel' AND replies.channel = counted.code
     WHERE v.inside OR counted.contacts >= 10 OR counted.what = 'all';
END $$;

-- Calls of a period as the exchange told them; nobody knows a caller's region before the talk.
CREATE FUNCTION helpline.call_figures(p_since timestamptz, p_until timestamptz)
RETURNS TABLE (month text, offered bigint, answered bigint, abandoned bigint, missed bigint, overflowed bigint,
               lost bigint, waited bigint, in_20 bigint, in_30 bigint, wait_median bigint, wait_ninetieth bigint,
               talked bigint, talk_mean bigint, held_mean bigint, known bigint, repeated bigint, strange bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v record := helpline.counted_units();
BEGIN
    IF NOT v.inside AND NOT helpline.whole_months(p_since, p_until) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    RETURN QUERY
    WITH counted AS (
        SELECT to_char(date_trunc('month', c.began_at, 'Asia/Almaty') AT TIME ZONE 'Asia/Almaty', 'YYYY-MM') AS month,
               count(*) AS offered, count(*) FILTER (WHERE c.outcome = 'answered') AS answered,
               count(*) FILTER (WHERE c.outcome = 'abandoned') AS abandoned,
               count(*) FILTER (WHERE c.outcome = 'missed') AS missed,
               count(*) FILTER (WHERE c.outcome = 'overflowed') AS overflowed,
               count(*) FILTER (WHERE c.outcome = 'lost') AS lost,
               count(c.wait) FILTER (WHERE c.outcome = 'answered') AS waited,
               count(*) FILTER (WHERE c.outcome = 'answered' AND c.wait <= 20000) AS in_20,
               count(*) FILTER (WHERE c.outcome = 'answered' AND c.wait <= 30000) AS in_30,
               percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY c.wait / 1000.0)
                   FILTER (WHERE c.outcome = 'answered') AS waits,
               count(c.talk) AS talked, avg(c.talk / 1000.0) AS talk_mean,
               avg(c.held / 1000.0) FILTER (WHERE c.talk IS NOT NULL) AS held_mean,
               count(c.repeat) AS known, count(*) FILTER (WHERE c.repeat) AS repeated,
               count(*) FILTER (WHERE c.gaps <> '{}') AS strange
          FROM public.helpline_call c
         WHERE c.unit_id = ANY (v.units) AND c.began_at >= p_since AND c.began_at < p_until AND c.outcome <> ''
         GROUP BY GROUPING SETS ((), (date_trunc('month', c.began_at, 'Asia/Almaty'))))
    SELECT coalesce(g.month, ''), helpline.told(g.offered, v.inside), helpline.told(g.answered, v.inside),
           helpline.told(g.abandoned, v.inside), helpline.told(g.missed, v.inside), helpline.told(g.overflowed, v.inside),
           helpline.told(g.lost, v.inside), helpline.told(g.waited, v.inside), helpline.told(g.in_20, v.inside),
           helpline.told(g.in_30, v.inside), helpline.told_length(g.waits[1], g.waited, v.inside),
           helpline.told_length(g.waits[2], g.waited, v.inside), helpline.told(g.talked, v.inside),
           helpline.told_length(g.talk_mean::double precision, g.talked, v.inside),
           helpline.told_length(g.held_mean::double precision, g.talked, v.inside), helpline.told(g.known, v.inside),
           helpline.told(g.repeated, v.inside), helpline.told(g.strange, v.inside)
      FROM counted g;
END $$;

-- Imported figures of the editions that stand, by one thing at a time, within months.
CREATE FUNCTION helpline.past_figures(p_since date, p_until date, p_region text)
RETURNS TABLE (edition uuid, what text, code text, contacts bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v record := helpline.counted_units();
BEGIN
    RETURN QUERY
    SELECT g.edition_id, g.what, g.code::text, helpline.told(g.contacts, v.inside)
      FROM (SELECT f.edition_id,
                   CASE GROUPING(f.month, f.region, f.channel, f.kind, f.reason)
                     WHEN 15 THEN 'month' WHEN 23 THEN 'region' WHEN 27 THEN 'channel' WHEN 29 THEN 'kind'
                     WHEN 30 THEN 'reason' ELSE 'all' END AS what,
                   coalesce(to_char(f.month, 'YYYY-MM'), f.region, f.channel, f.kind, f.reason, '') AS code,
                   sum(f.count)::bigint AS contacts
              FROM public.helpline_pastfigure f JOIN public.helpline_pastedition e ON e.id = f.edition_id
             WHERE e.replaced_at IS NULL AND e.unit_id = ANY (v.units) AND f.month >= p_since AND f.month < p_until
               AND (p_region = '' OR f.region = p_region)
             GROUP BY GROUPING SETS ((f.edition_id), (f.edition_id, f.month), (f.edition_id, f.region),
                                     (f.edition_id, f.channel), (f.edition_id, f.kind), (f.edition_id, f.reason))) g
     WHERE g.what = 'all' OR g.code <> '';
END $$;
