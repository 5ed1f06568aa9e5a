-- Two acts, of one change each, for every fourth dossier, chained and hashed as journal.close_act does.
-- Fields: moment.
CREATE TEMP TABLE told AS
SELECT row_number() OVER (ORDER BY i)::bigint AS n, id, lead FROM bench.dossier WHERE i % 4 = 0;
CREATE FUNCTION pg_temp.put(p_place int, p_verb text, p_table text) RETURNS void LANGUAGE sql AS $put$
  INSERT INTO public.journal_change (id, act_id, table_name, row_key, operation, scope, columns)
  SELECT t.n * 2 + p_place, t.n * 2 + p_place, p_table, t.id::text, CASE p_place WHEN 1 THEN 'I' ELSE 'U' END, '',
         jsonb_build_object('id', t.id, 'state', 'open', 'lead_unit_id', t.lead, 'opened_at', {moment}::timestamptz)
    FROM told t;
  INSERT INTO public.journal_act (id, stream_kind, stream_key, seq, verb, codes, actor_user, actor_post, actor_unit, purpose,
    request, at, clock_offset, recorded_at, closed, previous, leaves, hash)
  SELECT a.id, a.stream_kind, a.stream_key, a.seq, a.verb, a.codes, a.actor, a.actor, a.actor, '', '', a.at, 0, a.at, true,
    a.previous, a.leaves,
    sha256(convert_to(jsonb_build_array(1, a.id, a.stream_kind, a.stream_key, a.seq, a.verb, a.codes,
      a.actor, a.actor, a.actor, '', '', NULL::uuid, (extract(epoch FROM a.at) * 1000000)::bigint, 0::bigint,
      (extract(epoch FROM a.at) * 1000000)::bigint, encode(a.previous, 'hex'), encode(sha256(a.leaves), 'hex'))::text, 'UTF8'))
    FROM (
      SELECT t.n * 2 + p_place AS id, 'dossier' AS stream_kind, t.id::text AS stream_key, p_place::bigint AS seq,
        p_verb AS verb, jsonb_build_object('facet', 7, 'unit', t.lead) AS codes, t.lead AS actor, {moment}::timestamptz AS at,
        coalesce((SELECT a.hash FROM public.journal_act a WHERE a.id = t.n * 2 + p_place - 1 AND p_place > 1), '') AS previous,
        sha256(convert_to(jsonb_build_array(c.id, c.act_id, c.table_name, c.row_key, c.operation, c.scope, c.columns)::text,
          'UTF8')) AS leaves
        FROM told t JOIN public.journal_change c ON c.id = t.n * 2 + p_place) a
$put$;
SELECT pg_temp.put(1, 'report_signal', 'access_dossier');
ANALYZE public.journal_act;
SELECT pg_temp.put(2, 'raise_obligation', 'obligations_obligation');
INSERT INTO public.journal_stream (kind, key, seq, head)
SELECT stream_kind, stream_key, seq, hash FROM public.journal_act WHERE seq = 2;
SELECT setval('public.journal_act_id_seq', (SELECT max(id) FROM public.journal_act)),
       setval('public.journal_change_id_seq', (SELECT max(id) FROM public.journal_change));
