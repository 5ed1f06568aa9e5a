-- A silence stays true when the risk, the closing of its case or what is written down late changes what is known of it.

-- Since when each rule's silence lasts in these files' open cases, and until when it can last at all.
CREATE OR REPLACE FUNCTION coordination.silent_since(p_dossiers uuid[])
RETURNS TABLE (dossier uuid, rule text, since timestamptz, until timestamptz)
-- So many rows that nobody compares them one by one.
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20000 SET search_path = pg_catalog, pg_temp AS $$
WITH file AS MATERIALIZED (
    SELECT c.dossier_id AS id, c.opened_at, c.lead_unit_id FROM public.cases_case c
     WHERE c.state = 'open' AND c.dossier_id = ANY (p_dossiers)
), part AS MATERIALIZED (
    -- What was done under a signal was done for the case that it grew into.
    SELECT f.id, f.id AS dossier FROM file f
    UNION ALL
    SELECT f.id, o.signal_dossier_id FROM file f
      JOIN public.cases_caseorigin o ON o.dossier_id = f.id AND o.left_at IS NULL
), worked AS MATERIALIZED (
    -- File by file: a join would read the whole journal for each few thousand files.
    SELECT p.id, w.unit, max(w.at) AS at, max(w.reopened) AS reopened FROM part p
     CROSS JOIN LATERAL (
        SELECT a.actor_unit AS unit, max(a.at) AS at, max(a.at) FILTER (WHERE a.verb = 'reopen_case') AS reopened
          FROM public.journal_act a
         WHERE a.stream_kind = 'dossier' AND a.stream_key = p.dossier::text
           AND (a.actor_user IS NOT NULL OR a.sealed_reference IS NOT NULL)
           AND a.verb <> ALL (ARRAY(SELECT v.verb FROM public.coordination_idleverb v))
         GROUP BY a.actor_unit) w
     GROUP BY p.id, w.unit
), begun AS MATERIALIZED (
    -- While a case was closed nobody had to do anything: nothing is silent for longer than since it was opened again.
    SELECT f.id, f.opened_at, w.at AS worked, w.reopened FROM file f
      LEFT JOIN (SELECT w.id, max(w.at) AS at, max(w.reopened) AS reopened FROM worked w GROUP BY w.id) w ON w.id = f.id
), several AS (
    SELECT w.id, w.at, row_number() OVER (PARTITION BY w.id ORDER BY w.at DESC) AS place FROM worked w
     WHERE w.unit IS NOT NULL
), ruled AS MATERIALIZED (
    SELECT r.rule, r.times, make_interval(days => r.within_days) AS within, make_interval(days => r.longest_days) AS longest
      FROM public.coordination_silencerule r WHERE r.times IS NOT NULL
), stay AS (
    SELECT f.id, r.times, r.within, e.at, row_number() OVER (PARTITION BY f.id ORDER BY e.at DESC) AS place
      FROM file f JOIN ruled r ON r.rule = 'short_stays'
      JOIN public.plans_serviceplace s ON s.dossier_id = f.id AND s.state IN ('ended', 'withdrawn', 'handed_over')
      JOIN LATERAL (SELECT min(w.at) AS at FROM public.plans_serviceplacestep w
                     WHERE w.place_id = s.id AND w.step = 'begin') b ON b.at IS NOT NULL
      JOIN LATERAL (SELECT max(w.at) AS at FROM public.plans_serviceplacestep w WHERE w.place_id = s.id) e
        ON e.at < b.at + r.longest
), absent AS (
    SELECT f.id, r.times, r.within, w.at, row_number() OVER (PARTITION BY f.id ORDER BY w.at DESC) AS place
      FROM file f JOIN ruled r ON r.rule = 'missed'
      JOIN public.plans_serviceplace s ON s.dossier_id = f.id
      JOIN public.plans_serviceplacestep w ON w.place_id = s.id AND w.step = 'miss'
), changed AS (
    SELECT f.id, r.times, r.within, o.answered_at AS at,
           row_number() OVER (PARTITION BY f.id ORDER BY o.answered_at DESC) AS place
      FROM file f JOIN ruled r ON r.rule = 'lead_changes'
      JOIN public.cases_leadoffer o ON o.dossier_id = f.id AND o.state = 'accepted'
)
SELECT f.id, 'unseen', greatest(coalesce(s.seen_at, f.opened_at), f.reopened), NULL::timestamptz FROM begun f
  LEFT JOIN public.coordination_sighting s ON s.dossier_id = f.id
UNION ALL
SELECT f.id, 'alone', greatest(f.opened_at, f.reopened), NULL FROM begun f
 WHERE NOT EXISTS (SELECT FROM part p JOIN public.cases_safetyjudgement j ON j.dossier_id = p.dossier AND j.seen = 'alone'
                    WHERE p.id = f.id)
UNION ALL
SELECT f.id, 'no_act', coalesce(f.worked, f.opened_at), NULL FROM begun f
UNION ALL
SELECT f.id, 'one_body', greatest(coalesce(s.at, f.opened_at), f.reopened), NULL
  FROM begun f LEFT JOIN several s ON s.id = f.id AND s.place = 2
 WHERE 1 < (SELECT count(DISTINCT m.unit_id) FROM public.access_member m
             WHERE m.dossier_id = f.id AND m.ended_at IS NULL AND m.part IN ('lead', 'partner', 'obliged'))
UNION ALL
SELECT f.id, 'plan_review', greatest((min(c.review_on) + 1)::timestamp AT TIME ZONE 'Asia/Almaty', f.reopened), NULL
  FROM begun f JOIN public.plans_childplan c ON c.dossier_id = f.id AND c.state = 'agreed' GROUP BY f.id, f.reopened
UNION ALL
SELECT f.id, 'safety_review', greatest((c.review_on + 1)::timestamp AT TIME ZONE 'Asia/Almaty', f.reopened), NULL
  FROM begun f
  JOIN LATERAL (SELECT p.review_on FROM public.plans_safetyplan p WHERE p.dossier_id = f.id
                 ORDER BY p.number DESC LIMIT 1) c ON true
UNION ALL
SELECT f.id, 'risk_review', greatest((r.again_on + 1)::timestamp AT TIME ZONE 'Asia/Almaty', f.reopened), NULL
  FROM begun f
  JOIN LATERAL (SELECT j.again_on FROM public.cases_riskjudgement j WHERE j.dossier_id = f.id
                 ORDER BY j.judged_at DESC, j.id DESC LIMIT 1) r ON true
UNION ALL
SELECT f.id, 'referral', greatest(min(r.sent_at), f.reopened), NULL FROM begun f
  JOIN public.plans_referral r ON r.dossier_id = f.id
  JOIN public.plans_serviceplace s ON s.id = r.place_id AND s.state = 'asked' GROUP BY f.id, f.reopened
UNION ALL
SELECT s.id, 'short_stays', min(s.at), min(s.at) + s.within FROM stay s WHERE s.place <= s.times
 GROUP BY s.id, s.times, s.within
HAVING count(*) = s.times AND min(s.at) > max(s.at) - s.within
UNION ALL
SELECT a.id, 'missed', min(a.at), min(a.at) + a.within FROM absent a WHERE a.place <= a.times
 GROUP BY a.id, a.times, a.within
HAVING count(*) = a.times AND min(a.at) > max(a.at) - a.within
UNION ALL
SELECT c.id, 'lead_changes', min(c.at), min(c.at) + c.within FROM changed c WHERE c.place <= c.times
 GROUP BY c.id, c.times, c.within
HAVING count(*) = c.times AND min(c.at) > max(c.at) - c.within
UNION ALL
SELECT f.id, 'child_words', greatest(coalesce(w.at, f.opened_at), f.reopened), NULL FROM begun f
  LEFT JOIN (SELECT p.id, max(w.said_at) AS at FROM part p
               JOIN public.cases_childwords w ON w.dossier_id = p.dossier AND w.sealed IS NOT NULL GROUP BY p.id) w
    ON w.id = f.id
$$;

-- How pressing an answer is at a level of risk: 3 within a day; 2 within days; 1 only when it lasts twice as long; 0 never.
CREATE FUNCTION coordination.pressing(p_level text) RETURNS smallint
LANGUAGE sql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
SELECT CASE p_level WHEN 'very_high' THEN 3 WHEN 'high' THEN 2 WHEN 'low' THEN 0 ELSE 1 END::smallint
$$;

-- Brings the watch over these files to what they and their noticed silences say now; returns how many rows were wrong.
CREATE OR REPLACE FUNCTION coordination.watch(p_dossiers uuid[]) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
WITH silent AS MATERIALIZED (
    SELECT s.dossier, s.rule, v.level, s.since, coordination.place_of(c.territory_id) AS place,
           least(s.until, (u.valid_until + 1)::timestamp AT TIME ZONE 'Asia/Almaty') AS until,
           greatest(s.since + make_interval(days => l.days), u.valid_from::timestamp AT TIME ZONE 'Asia/Almaty') AS due_at,
           CASE coordination.pressing(v.level) WHEN 0 THEN NULL WHEN 1 THEN s.since + make_interval(days => 2 * l.days)
               ELSE s.since + make_interval(days => l.days) END AS answer_at,
           EXISTS (SELECT FROM public.coordination_silence n
                    WHERE n.dossier_id = s.dossier AND n.rule = s.rule AND n.ended_at IS NULL) AS noticed
      FROM coordination.silent_since(p_dossiers) s
      JOIN public.cases_case c ON c.dossier_id = s.dossier
      JOIN LATERAL (SELECT coalesce((SELECT j.level FROM public.cases_riskjudgement j WHERE j.dossier_id = s.dossier
                                      ORDER BY j.judged_at DESC, j.id DESC LIMIT 1), 'none') AS level) v ON true
      JOIN public.coordination_silencelimit l ON l.rule = s.rule AND l.level = v.level
      JOIN public.coordination_silencerule u ON u.rule = s.rule
), gone AS (
    DELETE FROM public.coordination_watch w
     WHERE w.dossier_id = ANY (p_dossiers)
       AND NOT EXISTS (SELECT FROM silent n WHERE n.dossier = w.dossier_id AND n.rule = w.rule)
    RETURNING 1
), put AS (
    INSERT INTO public.coordination_watch AS w
           (dossier_id, rule, level, since, until, due_at, noticed, answer_at, place, answered, answered_at)
    SELECT n.dossier, n.rule, n.level, n.since, n.until, n.due_at, n.noticed, n.answer_at, n.place, 0, NULL FROM silent n
    ON CONFLICT (dossier_id, rule) DO UPDATE
       SET level = excluded.level, since = excluded.since, until = excluded.until, due_at = excluded.due_at,
           noticed = excluded.noticed, answer_at = excluded.answer_at, place = excluded.place,
           -- Who is in less danger now and in more again is answered for anew.
           answered = CASE WHEN excluded.noticed THEN least(w.answered, coordination.pressing(excluded.level)) ELSE 0 END,
           answered_at = CASE WHEN excluded.noticed THEN w.answered_at END
     WHERE (w.level, w.since, w.until, w.due_at, w.noticed, w.answer_at, w.place) IS DISTINCT FROM
           (excluded.level, excluded.since, excluded.until, excluded.due_at, excluded.noticed, excluded.answer_at,
            excluded.place)
    RETURNING 1
)
SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM put))::integer
$$;

-- Looks again at the files in whose streams acts were written since the last time, at most so many acts; returns how many
-- files. Acts get their numbers before they are committed, so the newest are read twice; the night's count finds the rest.
CREATE OR REPLACE FUNCTION coordination.watch_again(p_most bigint) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_from bigint; v_last bigint; v_files uuid[];
BEGIN
    PERFORM coordination.require_system();
    SELECT m.act INTO v_from FROM public.coordination_watchmark m WHERE m.id = 1 FOR UPDATE;
    -- So many acts, not so many numbers: numbers have gaps of any size.
    SELECT max(n.id) INTO v_last FROM (
        SELECT a.id FROM public.journal_act a WHERE a.id > coalesce(v_from, 0) ORDER BY a.id LIMIT p_most) n;
    v_last := coalesce(v_last, v_from, 0);
    SELECT array_agg(DISTINCT f.id) INTO v_files FROM (
        SELECT c.dossier_id AS id FROM public.journal_act a
          JOIN public.cases_case c ON c.dossier_id = a.stream_key::uuid
         WHERE a.stream_kind = 'dossier' AND a.id > coalesce(v_from, 0) - 1000 AND a.id <= v_last
        UNION
        SELECT o.dossier_id FROM public.journal_act a
          JOIN public.cases_caseorigin o ON o.signal_dossier_id = a.stream_key::uuid
         WHERE a.stream_kind = 'dossier' AND a.id > coalesce(v_from, 0) - 1000 AND a.id <= v_last) f;
    INSERT INTO public.coordination_watchmark (id, act) VALUES (1, v_last)
    ON CONFLICT (id) DO UPDATE SET act = excluded.act;
    PERFORM coordination.watch(coalesce(v_files, '{}'));
    RETURN coalesce(cardinality(v_files), 0);
END $$;

DROP FUNCTION coordination.noticed(uuid, text);

-- A silence was noticed, or has ended.
CREATE FUNCTION coordination.mark_silence(p_dossier uuid, p_rule text, p_noticed boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM coordination.require_system();
    UPDATE public.coordination_watch w SET noticed = p_noticed, answered = 0, answered_at = NULL
     WHERE w.dossier_id = p_dossier AND w.rule = p_rule;
END $$;

-- Silences that last, and began at another moment than was known when they were noticed: something was written down late.
CREATE FUNCTION coordination.silences_to_date(p_now timestamptz, p_most integer) RETURNS TABLE (id uuid, since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM coordination.require_system();
    RETURN QUERY
    SELECT s.id, w.since FROM public.coordination_silence s
      JOIN public.coordination_watch w ON w.dossier_id = s.dossier_id AND w.rule = s.rule
     WHERE s.ended_at IS NULL AND s.since <> w.since AND w.due_at <= p_now AND (w.until IS NULL OR w.until > p_now)
     LIMIT p_most;
END $$;

-- Silences that are muted for longer than the risk allows now, and the day on which the muting ends instead: at high risk
-- so many days after it was said, at very high risk at once unless a coordination said it.
CREATE FUNCTION coordination.mutes_to_cut(p_today date, p_days integer, p_most integer) RETURNS TABLE (id uuid, until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM coordination.require_system();
    RETURN QUERY
    SELECT m.id, m.until FROM (
        SELECT s.id, s.muted_until, CASE
                 WHEN w.level = 'very_high' AND NOT EXISTS (
                    SELECT FROM public.access_unitfunction f
                     WHERE f.unit_id = s.muted_by_id AND f.since < p_today + 1 AND (f.until IS NULL OR f.until >= p_today)
                       AND f.function_id = ANY (
                        ARRAY['coordination_district', 'coordination_region', 'coordination_nation'])) THEN p_today
                 ELSE greatest(p_today, (s.muted_at AT TIME ZONE 'Asia/Almaty')::date + p_days) END AS until
          FROM public.coordination_silence s
          JOIN public.coordination_watch w ON w.dossier_id = s.dossier_id AND w.rule = s.rule
         WHERE s.ended_at IS NULL AND s.muted_until > p_today AND w.level = ANY (ARRAY['high', 'very_high'])) m
     WHERE m.until < m.muted_until LIMIT p_most;
END $$;

-- Noticed silences for which whoever leads the case owes an answer now: the risk has become more pressing than when one
-- was last asked for, or as many days have passed since. `standing`: what is owed already covers it.
CREATE FUNCTION coordination.silences_to_answer(p_now timestamptz, p_today date, p_most integer)
RETURNS TABLE (id uuid, dossier uuid, rule text, level text, lead integer, standing boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM coordination.require_system();
    RETURN QUERY
    SELECT s.id, w.dossier_id, w.rule, w.level, c.lead_unit_id, EXISTS (
            SELECT FROM public.obligations_obligation o
             WHERE o.about = s.id AND o.state = ANY (ARRAY['open', 'overdue', 'suspended'])
               AND (w.level <> 'very_high' OR o.step = 'answer_silence_today'))
      FROM public.coordination_watch w
      JOIN public.coordination_silence s ON s.dossier_id = w.dossier_id AND s.rule = w.rule AND s.ended_at IS NULL
      JOIN public.cases_case c ON c.dossier_id = w.dossier_id
      JOIN public.coordination_silencelimit l ON l.rule = w.rule AND l.level = w.level
     WHERE w.noticed AND w.answer_at <= p_now AND (s.muted_until IS NULL OR s.muted_until <= p_today)
       AND (w.answered < coordination.pressing(w.level)
            OR w.answered_at + make_interval(days => greatest(l.days, 7)) <= p_now)
     ORDER BY w.answer_at, s.id LIMIT p_most
       FOR UPDATE OF w SKIP LOCKED;
END $$;

CREATE FUNCTION coordination.answer_asked(p_dossier uuid, p_rule text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM coordination.require_system();
    UPDATE public.coordination_watch w SET answered = coordination.pressing(w.level), answered_at = p_now
     WHERE w.dossier_id = p_dossier AND w.rule = p_rule;
END $$;

-- The silences that last in the reader's territory, muted ones too, by what nobody does; none of a file that is barred
-- to the reader.
CREATE FUNCTION coordination.silent(p_within text)
RETURNS TABLE (rule text, n bigint, since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_scope record; v_barred uuid[] := access.barred();
BEGIN
    SELECT s.low, s.high INTO v_scope FROM coordination.scope(p_within) s;
    RETURN QUERY
    SELECT w.rule, count(*), min(w.since) FROM public.coordination_watch w
     WHERE w.noticed AND w.place >= v_scope.low AND w.place < v_scope.high AND w.dossier_id <> ALL (v_barred)
     GROUP BY w.rule;
END $$;
