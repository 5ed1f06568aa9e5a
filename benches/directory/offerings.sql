-- {providers} providers with as many sites and {offerings} offerings, spread over all districts; one in fifty is protected.
-- Past every trigger; the words in braces are filled in by finding.py.
ALTER TABLE public.services_offering DISABLE TRIGGER ALL;
ALTER TABLE public.services_site DISABLE TRIGGER ALL;
ALTER TABLE public.services_provider DISABLE TRIGGER ALL;
ALTER TABLE public.access_body DISABLE TRIGGER ALL;
DELETE FROM public.services_offering;
DELETE FROM public.services_site;
DELETE FROM public.services_provider;
DELETE FROM public.access_body WHERE code LIKE 'directory-%';
CREATE TEMPORARY TABLE place AS
  SELECT row_number() OVER (ORDER BY kato) - 1 AS n, kato, territory.region(kato) AS region
    FROM public.territory_territory WHERE level = 2 AND valid_to IS NULL;
CREATE TEMPORARY TABLE provider AS
  SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS site, n % 50 = 0 AS protected,
      (SELECT kato FROM place WHERE place.n = g.n % (SELECT count(*) FROM place)) AS kato
    FROM generate_series(1, {providers}) AS g (n);
UPDATE provider SET kato = territory.region(kato) WHERE protected;
INSERT INTO public.access_body (id, code, name_kk, name_ru, name_en, sector, kind, territory_id, protected, valid_from)
  SELECT 50000000 + n, 'directory-' || n, 'Ұйым ' || n, 'Организация ' || n, 'Organisation ' || n, 'ngo', 'ngo', kato, protected,
      DATE '2024-01-01' FROM provider;
INSERT INTO public.services_provider (id, body_id, kind, protected, ownership, source)
  SELECT p.id, b.id, CASE WHEN p.protected THEN 'shelter' ELSE (ARRAY['family_support', 'youth_health', 'clinic', 'ngo'])[1 + p.n % 4] END,
      p.protected, 'ngo', '' FROM provider p JOIN public.access_body b ON b.code = 'directory-' || p.n;
INSERT INTO public.services_site (id, provider_id, protected, name_kk, name_ru, name_en, territory_id, address_kk, address_ru,
    latitude, longitude, phone, mail, web, around_the_clock, hours, step_free)
  SELECT site, id, protected, '', '', '', kato, CASE WHEN protected OR n % 2 = 0 THEN '' ELSE 'Үлгі көшесі, ' || n END, '',
      CASE WHEN protected OR n % 2 = 0 THEN NULL ELSE 45 END, CASE WHEN protected OR n % 2 = 0 THEN NULL ELSE 70 END,
      '+77253700001', '', '', n % 10 = 0,
      CASE WHEN n % 10 = 0 THEN '[]' ELSE
        (SELECT jsonb_agg(jsonb_build_array(d, '09:00', '18:00')) FROM generate_series(0, 4) AS d) END, 'unknown'
    FROM provider;
INSERT INTO public.services_offering (id, site_id, protected, service, level, age_from, age_to, sexes, siblings, with_parent,
    languages, needs, conditions, served, cost, remote, status, verified_on)
  SELECT gen_random_uuid(), p.site, p.protected, (ARRAY['family_support', 'psychological_support', 'parenting', 'leisure'])[1 + g.n % 4],
      'secondary', (g.n % 3) * 5, 17, (ARRAY['all', 'all', 'all', 'girls'])[1 + g.n % 4], 'unknown', 'unknown',
      CASE WHEN g.n % 5 = 0 THEN '{{ru}}' ELSE '{{kk,ru}}' END::text[],
      ARRAY[(ARRAY['parenting', 'psychological', 'health', 'legal', 'leisure', 'money'])[1 + g.n % 6]],
      CASE WHEN g.n % 7 = 0 THEN '{{registration}}' ELSE '{{}}' END::text[],
      ARRAY[CASE WHEN g.n % 20 = 0 AND NOT p.protected THEN '000000000' WHEN p.protected OR g.n % 6 = 0 THEN territory.region(p.kato)
                 ELSE p.kato END],
      'free', g.n % 9 = 0, CASE WHEN g.n % 25 = 0 THEN 'paused' WHEN g.n % 31 = 0 THEN 'closed' ELSE 'open' END,
      DATE '2026-01-01' + (g.n % 365)
    FROM generate_series(1, {offerings}) AS g (n) JOIN provider p ON p.n = 1 + g.n % {providers};
VACUUM ANALYZE public.services_offering;
VACUUM ANALYZE public.services_site;
VACUUM ANALYZE public.services_provider;
