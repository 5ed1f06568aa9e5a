-- What nobody did for a child. Each rule says since when it is silent in a file; a file is looked at again when an act
-- of its stream was written, and time alone is an index over when each silence is to be noticed.

-- Since when each rule's silence lasts in these files' open cases, and until when it can last at all.
CREATE FUNCTION coordination.silent_since(p_dossiers uuid[])
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
    SELECT p.id, w.unit, max(w.at) AS at FROM part p
     CROSS JOIN LATERAL (
        SELECT a.actor_unit AS unit, max(a.at) AS at FROM public.journal_act a
         WHERE a.stream_kind = 'dossier' AND a.stream_key = p.dossier::text
           AND (a.actor_user IS NOT NULL OR a.sealed_reference IS NOT NULL)
           AND a.verb <> ALL (ARRAY(SELECT v.verb FROM public.coordination_idleverb v))
         GROUP BY a.actor_unit) w
     GROUP BY p.id, w.unit
), several AS (
    SELECT w.id, w.at, row_number() OVER (PARTITION BY w.id ORDER BY w.at DESC) AS place FROM worked w
     WHERE w.unit IS NOT NULL
), stay AS (
    SELECT f.id, e.at, row_number() OVER (PARTITION BY f.id ORDER BY e.at DESC) AS place FROM file f
      JOIN public.plans_serviceplace s ON s.dossier_id = f.id AND s.state IN ('ended', 'withdrawn', 'handed_over')
      JOIN LATERAL (SELECT min(w.at) AS at FROM public.plans_serviceplacestep w
                     WHERE w.place_id = s.id AND w.step = 'begin') b ON b.at IS NOT NULL
      JOIN LATERAL (SELECT max(w.at) AS at FROM public.plans_serviceplacestep w WHERE w.place_id = s.id) e
        ON e.at < b.at + interval '30 days'
), changed AS (
    SELECT f.id, o.answered_at AS at, row_number() OVER (PARTITION BY f.id ORDER BY o.answered_at DESC) AS place
      FROM file f JOIN public.cases_leadoffer o ON o.dossier_id = f.id AND o.state = 'accepted'
)
SELECT f.id, 'unseen', coalesce(s.seen_at, f.opened_at), NULL::timestamptz FROM file f
  LEFT JOIN public.coordination_sighting s ON s.dossier_id = f.id
UNION ALL
SELECT f.id, 'alone', f.opened_at, NULL FROM file f
 WHERE NOT EXISTS (SELECT FROM part p JOIN public.cases_safetyjudgement j ON j.dossier_id = p.dossier AND j.seen = 'alone'
                    WHERE p.id = f.id)
UNION ALL
SELECT f.id, 'no_act', coalesce((SELECT max(w.at) FROM worked w WHERE w.id = f.id), f.opened_at), NULL FROM file f
UNION ALL
SELECT f.id, 'one_body', coalesce((SELECT s.at FROM several s WHERE s.id = f.id AND s.place = 2), f.opened_at), NULL
  FROM file f
 WHERE 1 < (SELECT count(DISTINCT m.unit_id) FROM public.access_member m
             WHERE m.dossier_id = f.id AND m.ended_at IS NULL AND m.part IN ('lead', 'partner', 'obliged'))
UNION ALL
SELECT f.id, 'plan_review', (min(c.review_on) + 1)::timestamp AT TIME ZONE 'Asia/Almaty', NULL FROM file f
  JOIN public.plans_childplan c ON c.dossier_id = f.id AND c.state = 'agreed' GROUP BY f.id
UNION ALL
SELECT f.id, 'safety_review', (c.review_on + 1)::timestamp AT TIME ZONE 'Asia/Almaty', NULL FROM file f
  JOIN LATERAL (SELECT p.review_on FROM public.plans_safetyplan p WHERE p.dossier_id = f.id
                 ORDER BY p.number DESC LIMIT 1) c ON true
UNION ALL
SELECT f.id, 'risk_review', (r.again_on + 1)::timestamp AT TIME ZONE 'Asia/Almaty', NULL FROM file f
  JOIN LATERAL (SELECT j.again_on FROM public.cases_riskjudgement j WHERE j.dossier_id = f.id
                 ORDER BY j.judged_at DESC, j.id DESC LIMIT 1) r ON true
UNION ALL
SELECT f.id, 'referral', min(r.sent_at), NULL FROM file f
  JOIN public.plans_referral r ON r.dossier_id = f.id
  JOIN public.plans_serviceplace s ON s.id = r.place_id AND s.state = 'asked' GROUP BY f.id
UNION ALL
SELECT s.id, 'short_stays', min(s.at), min(s.at) + interval '365 days' FROM stay s WHERE s.place <= 3
 GROUP BY s.id HAVING count(*) = 3 AND min(s.at) > max(s.at) - interval '365 days'
UNION ALL
SELECT c.id, 'lead_changes', min(c.at), min(c.at) + interval '365 days' FROM changed c WHERE c.place <= 3
 GROUP BY c.id HAVING count(*) = 3 AND min(c.at) > max(c.at) - interval '365 days'
UNION ALL
SELECT f.id, 'child_words', coalesce((SELECT max(w.said_at) FROM part p
    JOIN public.cases_childwords w ON w.dossier_id = p.dossier AND w.sealed IS NOT NULL WHERE p.id = f.id), f.opened_at), NULL
  FROM file f
$$;

-- Brings the watch over these files to what they say now; returns how many rows were wrong. A silence that is noticed
-- stays so while it has the same beginning.
CREATE FUNCTION coordination.watch(p_dossiers uuid[]) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
WITH silent AS MATERIALIZED (
    SELECT s.dossier, s.rule, v.level, s.since, s.until, s.since + make_interval(days => l.days) AS due_at
      FROM coordination.silent_since(p_dossiers) s
      JOIN LATERAL (SELECT coalesce((SELECT j.level FROM public.cases_riskjudgement j WHERE j.dossier_id = s.dossier
                                      ORDER BY j.judged_at DESC, j.id DESC LIMIT 1), 'none') AS level) v ON true
      JOIN public.coordination_silencelimit l ON l.rule = s.rule AND l.level = v.level
), gone AS (
    DELETE FROM public.coordination_watch w
     WHERE w.dossier_id = ANY (p_dossiers)
       AND NOT EXISTS (SELECT FROM silent n WHERE n.dossier = w.dossier_id AND n.rule = w.rule)
    RETURNING 1
), put AS (
    INSERT INTO public.coordination_watch AS w (dossier_id, rule, level, since, until, due_at, noticed)
    SELECT n.dossier, n.rule, n.level, n.since, n.until, n.due_at, false FROM silent n
    ON CONFLICT (dossier_id, rule) DO UPDATE
       SET level = excluded.level, since = excluded.since, until = excluded.until, due_at = excluded.due_at,
           noticed = w.noticed AND w.since = excluded.since
     WHERE (w.level, w.since, w.until, w.due_at) IS DISTINCT FROM
           (excluded.level, excluded.since, excluded.until, excluded.due_at)
    RETURNING 1
)
SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM put))::integer
$$;

-- Looks again at the files in whose streams acts were written since the last time, at most so many acts; returns how many
-- files. Acts get their numbers before they are committed, so the newest are read twice; the night's count finds the rest.
CREATE FUNCTION coordination.watch_again(p_most bigint) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_from bigint; v_last bigint; v_files uuid[];
BEGIN
    PERFORM coordination.require_system();
    SELECT m.act INTO v_from FROM public.coordination_watchmark m WHERE m.id = 1 FOR UPDATE;
    SELECT max(a.id) INTO v_last FROM public.journal_act a WHERE a.id <= coalesce(v_from, 0) + p_most;
    SELECT array_agg(DISTINCT f.id) INTO v_files FROM (
        SELECT c.dossier_id AS id FROM public.journal_act a
          JOIN public.cases_case c ON c.dossier_id = a.stream_key::uuid
         WHERE a.stream_kind = 'dossier' AND a.id > coalesce(v_from, 0) - 1000 AND a.id <= v_last
        UNION
        SELECT o.dossier_id FROM public.journal_act a
          JOIN public.cases_caseorigin o ON o.signal_dossier_id = a.stream_key::uuid
         WHERE a.stream_kind = 'dossier' AND a.id > coalesce(v_from, 0) - 1000 AND a.id <= v_last) f;
    INSERT INTO public.coordination_watchmark (id, act) VALUES (1, coalesce(v_last, 0))
    ON CONFLICT (id) DO UPDATE SET act = excluded.act;
    PERFORM coordination.watch(coalesce(v_files, '{}'));
    RETURN coalesce(cardinality(v_files), 0);
END $$;

-- All open cases, and what is still watched of others, so many from one on: returns the last one, how many were looked
-- at, and how many rows were wrong.
CREATE FUNCTION coordination.watch_all(p_after uuid, p_most integer, OUT last uuid, OUT files integer, OUT wrong integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_files uuid[];
BEGIN
    PERFORM coordination.require_system();
    SELECT array_agg(f.id ORDER BY f.id) INTO v_files FROM (
        SELECT c.dossier_id AS id FROM public.cases_case c
         WHERE c.dossier_id > p_after ORDER BY c.dossier_id LIMIT p_most) f;
    files := coalesce(cardinality(v_files), 0);
    last := v_files[files];
    wrong := CASE WHEN files = 0 THEN 0 ELSE coordination.watch(v_files) END;
END $$;

CREATE FUNCTION coordination.silences_to_notice(p_now timestamptz, p_most integer)
RETURNS TABLE (dossier uuid, rule text, level text, since timestamptz, lead integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM coordination.require_system();
    RETURN QUERY
    SELECT w.dossier_id, w.rule, w.level, w.since, c.lead_unit_id FROM public.coordination_watch w
      JOIN public.cases_case c ON c.dossier_id = w.dossier_id
     WHERE NOT w.noticed AND w.due_at <= p_now AND (w.until IS NULL OR w.until > p_now)
     ORDER BY w.due_at, w.dossier_id, w.rule LIMIT p_most
       FOR UPDATE OF w SKIP LOCKED;
END $$;

CREATE FUNCTION coordination.noticed(p_dossier uuid, p_rule text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM coordination.require_system();
    UPDATE public.coordination_watch w SET noticed = true WHERE w.dossier_id = p_dossier AND w.rule = p_rule;
END $$;

-- Silences of which nothing is left: somebody acted, the limit is further off now, or it was too long ago.
CREATE FUNCTION coordination.silences_to_end(p_now timestamptz, p_most integer) RETURNS TABLE (id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM coordination.require_system();
    RETURN QUERY
    SELECT s.id FROM public.coordination_silence s
     WHERE s.ended_at IS NULL AND NOT EXISTS (
        SELECT FROM public.coordination_watch w
         WHERE w.dossier_id = s.dossier_id AND w.rule = s.rule AND w.due_at <= p_now
           AND (w.until IS NULL OR w.until > p_now))
     ORDER BY s.noticed_at LIMIT p_most;
END $$;
