-- Every fifth dossier is a case that grew from the signal before it; three members each, all in one district. Fields: scale, moment.
CREATE TABLE bench.dossier AS
SELECT i, md5('dossier' || i)::uuid AS id, (i % 5 = 4) AS is_case, u.kato, u.id AS lead, u.id + 1 AS inspection,
       u.id + 2 + (hashint4(i) & 1) AS informed,
       {moment}::timestamptz - make_interval(secs => (hashint4(i) & 2147483647) / 2147483647.0 * 31536000) AS opened
  FROM generate_series(1, {scale}) AS i
  JOIN bench.unit u ON u.role = 'coordination' AND u.n = (i / 5) % (SELECT count(*)::int FROM bench.district);
CREATE INDEX ON bench.dossier (i);
ANALYZE bench.dossier;

INSERT INTO public.access_dossier (id, kind, territory_id, opened_at, lead_unit_id, access_units, access_users, access_until, opened_mark)
SELECT id, CASE WHEN is_case THEN 'case' ELSE 'signal' END, kato, opened, lead, ARRAY[lead, inspection, informed], '{{}}',
       CASE WHEN i % 20 = 0 THEN {moment}::timestamptz + interval '20 years' END, ''
  FROM bench.dossier;

INSERT INTO public.access_member (id, dossier_id, unit_id, part, reads, writes, since, until, reason)
SELECT md5(p.part || d.i)::uuid, d.id, CASE p.part WHEN 'lead' THEN d.lead WHEN 'obliged' THEN d.inspection ELSE d.informed END,
       p.part, p.reads, p.writes, d.opened,
       CASE WHEN p.part = 'informed' AND d.i % 20 = 0 THEN {moment}::timestamptz + interval '20 years' END, ''
  FROM bench.dossier d
 CROSS JOIN (
    SELECT pf.part, bit_or(CASE WHEN pf.reads THEN 1::bigint << pf.facet_id ELSE 0 END) AS reads,
           bit_or(CASE WHEN pf.writes THEN 1::bigint << pf.facet_id ELSE 0 END) AS writes
      FROM public.access_partfacet pf JOIN public.access_facet f ON f.bit = pf.facet_id
     WHERE NOT f.sealed AND pf.part IN ('lead', 'obliged', 'informed') GROUP BY pf.part) p;

INSERT INTO public.cases_case (id, dossier_id, number, opened_at, territory_id, child_called, child_age, child_sex, lead_unit_id, state)
SELECT md5('case' || i)::uuid, id, 'B-' || i, opened, kato, 'Child ' || i, i % 18, 'unknown', lead, 'open'
  FROM bench.dossier WHERE is_case;
INSERT INTO public.cases_caseorigin (id, dossier_id, signal_dossier_id, joined_at)
SELECT md5('origin' || c.i)::uuid, c.id, s.id, c.opened
  FROM bench.dossier c JOIN bench.dossier s ON s.i = c.i - 1 WHERE c.is_case;
INSERT INTO public.signals_signal (id, dossier_id, door, received_at, answer_by, territory_id, child_called, child_age,
       child_sex, concerns, safe_now, suspect_has_access, urgency, state, closing)
SELECT md5('signal' || i)::uuid, id, 'health', opened, opened + interval '1 day', kato, 'Child ' || i, i % 18, 'unknown',
       '{{physical}}', 'unknown', 'unknown', 'day', s.state, CASE s.state WHEN 'closed' THEN 'advice' ELSE '' END
  FROM bench.dossier
 CROSS JOIN LATERAL (SELECT CASE WHEN i % 5 = 3 THEN 'case' WHEN i % 100 = 1 THEN 'waiting' WHEN i % 10 = 2 THEN 'taken' ELSE 'closed' END) AS s (state)
 WHERE NOT is_case;
