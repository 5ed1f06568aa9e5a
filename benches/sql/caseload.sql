-- One worker with the caseload that the figure of "my work" names: a family support unit that leads 60 open cases of the
-- first district, with a duty in each: six late, six due within a day, the others in the next four weeks.
-- Fields: moment, protocol, step, function, derivation, ladder (JSON as the actions write it).
INSERT INTO bench.unit
SELECT 1000 + d.n * 10 + 4, 'support', 'family_support', d.kato, d.n, NULL, d.region FROM bench.district d WHERE d.n = 0;
INSERT INTO public.access_body (id, code, name_kk, name_ru, name_en, sector, kind, protected, valid_from, territory_id)
SELECT id, 'body ' || id, role || id, role || id, role || id, 'state', 'state', false, '2020-01-01', kato
  FROM bench.unit WHERE role = 'support';
INSERT INTO public.access_unit (id, code, name_kk, name_ru, name_en, around_the_clock, valid_from, body_id, territory_id, parent_id)
SELECT id, 'unit ' || id, role || id, role || id, role || id, true, '2020-01-01', id, kato, NULL FROM bench.unit WHERE role = 'support';
INSERT INTO public.access_unitfunction (unit_id, function_id, territory_id, since)
SELECT id, function, kato, '2020-01-01' FROM bench.unit WHERE role = 'support';
INSERT INTO public.access_user (id, password, login, name, email, language, is_active)
SELECT id, '!', 'worker' || id, 'Worker ' || id, '', 'kk', true FROM bench.unit WHERE role = 'support';
INSERT INTO public.access_post (id, unit_id, title_kk, title_ru, title_en, scope, holder_id, since)
SELECT id, id, 'қызметкер', 'сотрудник', 'worker', '', id, '2020-01-01' FROM bench.unit WHERE role = 'support';
INSERT INTO public.access_tenure (post_id, user_id, body_id, since)
SELECT id, id, id, '2020-01-01' FROM bench.unit WHERE role = 'support';

CREATE TABLE bench.caseload AS
SELECT row_number() OVER (ORDER BY d.i) - 1 AS k, d.id, d.kato, u.id AS unit
  FROM bench.dossier d JOIN bench.unit u ON u.role = 'support' AND u.kato = d.kato
 WHERE d.is_case ORDER BY d.i LIMIT 60;
UPDATE public.access_dossier d SET lead_unit_id = c.unit, access_units = d.access_units || c.unit
  FROM bench.caseload c WHERE d.id = c.id;
UPDATE public.cases_case x SET lead_unit_id = c.unit FROM bench.caseload c WHERE x.dossier_id = c.id;
UPDATE public.access_member m SET part = 'overseeing' FROM bench.caseload c WHERE m.dossier_id = c.id AND m.part = 'lead';
INSERT INTO public.access_member (id, dossier_id, unit_id, part, reads, writes, since, until, reason)
SELECT md5('caseload' || c.k)::uuid, c.id, c.unit, 'lead', m.reads, m.writes, m.since, NULL, ''
  FROM bench.caseload c JOIN public.access_member m ON m.dossier_id = c.id AND m.part = 'overseeing';
INSERT INTO public.obligations_obligation (id, dossier_id, protocol_id, step, unit_id, function, territory, found_by,
       from_moment, due_at, due_now, role, number, delivered_by, outcome, derivation, ladder, rung, state, next_check_at, raised_at, met_at)
SELECT md5('caseload duty' || c.k)::uuid, c.id, {protocol}, {step}, c.unit, {function}, c.kato, 'district',
       s.due - interval '30 days', s.due, s.due, '', '', '', '', {derivation}::jsonb, {ladder}::jsonb, 0, s.state,
       greatest(s.due, {moment}::timestamptz + interval '9 days'), s.due - interval '30 days', NULL
  FROM bench.caseload c
 CROSS JOIN LATERAL (
    SELECT CASE WHEN c.k < 6 THEN 'overdue' ELSE 'open' END AS state,
           {moment}::timestamptz + CASE WHEN c.k < 6 THEN -interval '2 days' WHEN c.k < 12 THEN interval '9 hours'
                                        ELSE interval '2 days' + make_interval(hours => 12 * c.k::int) END AS due) s;
