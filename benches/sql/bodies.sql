-- A coordination, an inspection, a clinic and a school for every district; those above them for region and nation.
CREATE SCHEMA bench;
CREATE TABLE bench.district AS
SELECT (row_number() OVER (ORDER BY t.kato))::int - 1 AS n, t.kato, t.parent_id AS region
  FROM public.territory_territory t
 WHERE t.level = 2 AND t.valid_to IS NULL;
CREATE TABLE bench.unit AS
SELECT 1000 + d.n * 10 + r.k AS id, r.role, r.function, d.kato, d.n, NULL::int AS parent, d.region
  FROM bench.district d
 CROSS JOIN (VALUES (0, 'coordination', 'coordination_district'), (1, 'inspection', 'juvenile_inspection'),
                    (2, 'clinic', 'health_care'), (3, 'school', 'education_school')) AS r (k, role, function);
INSERT INTO bench.unit
SELECT 100 + (row_number() OVER (ORDER BY d.region))::int * 2 + r.k, r.role, r.function, d.region, NULL::int, NULL::int, d.region
  FROM (SELECT DISTINCT region FROM bench.district) d
 CROSS JOIN (VALUES (0, 'police', 'women_children_police'), (1, 'coordination', 'coordination_region')) AS r (k, role, function)
UNION ALL SELECT 1, 'coordination', 'coordination_nation', '000000000', NULL, NULL, NULL;
UPDATE bench.unit u SET parent = p.id FROM bench.unit p
 WHERE u.role = 'inspection' AND p.role = 'police' AND p.region = u.region;

INSERT INTO public.access_body (id, code, name_kk, name_ru, name_en, sector, kind, protected, valid_from, territory_id)
SELECT id, 'body ' || id, role || id, role || id, role || id, 'state', 'state', false, '2020-01-01', kato FROM bench.unit;
INSERT INTO public.access_unit (id, code, name_kk, name_ru, name_en, around_the_clock, valid_from, body_id, territory_id, parent_id)
SELECT id, 'unit ' || id, role || id, role || id, role || id, true, '2020-01-01', id, kato, parent
  FROM bench.unit ORDER BY parent NULLS FIRST;
INSERT INTO public.access_unitfunction (unit_id, function_id, territory_id, since)
SELECT id, function, kato, '2020-01-01' FROM bench.unit;
INSERT INTO public.access_user (id, password, login, name, email, language, is_active)
SELECT id, '!', 'worker' || id, 'Worker ' || id, '', 'kk', true FROM bench.unit;
INSERT INTO public.access_post (id, unit_id, title_kk, title_ru, title_en, scope, holder_id, since)
SELECT id, id, 'қызметкер', 'сотрудник', 'worker', '', id, '2020-01-01' FROM bench.unit;
INSERT INTO public.access_tenure (post_id, user_id, body_id, since) SELECT id, id, id, '2020-01-01' FROM bench.unit;
