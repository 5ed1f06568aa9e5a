-- Finding help while an emergency holds (decision 66). The directory lies below emergencies and reads none of their tables:
-- it asks this one function, which says that there is none until the folder above answers in its place.
-- {"works": {body: {territory: "open", "remote" or "closed"}}, "lifted": {territory: [conditions]}}; NULL: no emergency holds anywhere.
CREATE FUNCTION services.emergencies(p_day date) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN NULL::jsonb;

-- How a body works at a place; what was said for a place nearer by counts first. NULL: as ever.
CREATE FUNCTION services.works(p_now jsonb, p_body integer, p_at text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_now -> 'works' ? p_body::text THEN coalesce(
  p_now -> 'works' -> p_body::text ->> p_at,
  p_now -> 'works' -> p_body::text ->> territory.district(p_at),
  p_now -> 'works' -> p_body::text ->> territory.region(p_at),
  p_now -> 'works' -> p_body::text ->> '000000000') END;

-- Which conditions of an offering are lifted at its place, in its order.
CREATE FUNCTION services.not_asked(p_now jsonb, p_conditions text[], p_at text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
  SELECT u.c FROM pg_catalog.unnest(p_conditions) WITH ORDINALITY AS u(c, n)
   WHERE p_now -> 'lifted' -> p_at ? u.c
      OR p_now -> 'lifted' -> territory.district(p_at) ? u.c
      OR p_now -> 'lifted' -> territory.region(p_at) ? u.c
      OR p_now -> 'lifted' -> '000000000' ? u.c
   ORDER BY u.n);

-- As 0010 has it, with how each works and what it does not ask for.
DROP FUNCTION services.find(timestamp, text, text[], text[], text[], integer, text, text[], text, text[], boolean, text, uuid,
  integer, integer);
CREATE FUNCTION services.find(p_at timestamp, p_place text, p_needs text[], p_services text[], p_kinds text[],
  p_age integer, p_sex text, p_languages text[], p_words text, p_standings text[], p_remote boolean, p_order text,
  p_offering uuid, p_limit integer, p_offset integer)
RETURNS TABLE (offering uuid, site uuid, provider uuid, protected boolean, kind text, ownership text, service text, level text,
  name_kk text, name_ru text, name_en text, territory text, address_kk text, address_ru text, latitude numeric, longitude numeric,
  phone text, mail text, web text, around_the_clock boolean, hours jsonb, step_free text, age_from smallint, age_to smallint,
  sexes text, siblings text, with_parent text, son_to smallint, languages text[], needs text[], conditions text[],
  served text[], cost text, price integer, remote boolean, begins_on date, ends_on date, verified_on date,
  standing text, stale boolean, nearness smallint, works text, lifted text[])
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  SET plan_cache_mode = force_custom_plan
BEGIN ATOMIC
  WITH e AS MATERIALIZED (SELECT services.emergencies(p_at::date) AS now)
  SELECT o.id, s.id, CASE WHEN s.protected OR p.protected THEN NULL ELSE p.id END, s.protected, k.kind,
      CASE WHEN s.protected THEN '' ELSE p.ownership END, o.service, o.level,
      k.name_kk,
      CASE WHEN s.protected THEN '' WHEN s.name_ru <> '' THEN s.name_ru ELSE b.name_ru END,
      CASE WHEN s.protected THEN '' WHEN s.name_en <> '' THEN s.name_en ELSE b.name_en END,
      s.territory_id, s.address_kk, s.address_ru, s.latitude, s.longitude,
      s.phone, s.mail, s.web, s.around_the_clock, s.hours, s.step_free, o.age_from, o.age_to,
      o.sexes, o.siblings, o.with_parent, o.son_to, o.languages, o.needs, o.conditions,
      o.served, o.cost, o.price, o.remote,
      -- Days that it shares with an office of the same organisation would tell whose it is.
      CASE WHEN NOT s.protected THEN o.begins_on END,
      CASE WHEN NOT s.protected THEN least(o.ends_on, p.funded_until) END,
      CASE WHEN NOT s.protected THEN o.verified_on END,
      k.standing, k.stale, k.nearness, coalesce(k.works, ''),
      CASE WHEN (SELECT e.now FROM e) IS NULL THEN '{}'
           ELSE services.not_asked((SELECT e.now FROM e), o.conditions, s.territory_id) END
    FROM (
      SELECT row_number() OVER (
          ORDER BY CASE p_order WHEN 'name' THEN f.name_kk WHEN 'service' THEN f.service WHEN 'kind' THEN f.kind
                                WHEN 'asked' THEN coalesce(f.verified_on::text, '') END,
            CASE p_order WHEN '-name' THEN f.name_kk WHEN '-service' THEN f.service WHEN '-kind' THEN f.kind
                         WHEN '-asked' THEN coalesce(f.verified_on::text, '') END DESC,
            -- Whoever is closed while an emergency holds, last.
            coalesce(f.works, '') = 'closed', f.nearness, f.standing <> 'open',
            -- Nobody who looks through the whole country asks what is open now.
            CASE WHEN p_place IS NOT NULL THEN services.open_at(f.hours, f.around_the_clock, (SELECT jsonb_build_object(
              'day', extract(isodow FROM p_at)::integer - 1, 'at', to_char(p_at, 'HH24:MI')))) IS NOT TRUE END,
            f.stale, f.name_kk, f.offering) AS place, f.*
        FROM (
        SELECT o.id AS offering, o.service,
            CASE WHEN s.protected AND NOT p.protected THEN 'shelter' ELSE p.kind END AS kind,
            CASE WHEN s.protected THEN '' WHEN s.name_kk <> '' THEN s.name_kk ELSE b.name_kk END AS name_kk,
            CASE WHEN NOT s.protected THEN o.verified_on END AS verified_on, s.hours, s.around_the_clock,
            services.standing(o.status, o.begins_on, least(o.ends_on, p.funded_until), s.closed_on, p.ended_on, p_at::date) AS standing,
            o.verified_on IS NULL OR o.verified_on < (p_at - interval '6 months')::date AS stale,
            -- Nearness asks after this one condition alone.
            services.nearness(s.territory_id, o.served, CASE
                WHEN (SELECT e.now FROM e) IS NULL OR NOT 'registration' = ANY (o.conditions) THEN o.conditions
                WHEN 'registration' = ANY (services.not_asked((SELECT e.now FROM e), o.conditions, s.territory_id)) THEN '{}'
                ELSE o.conditions END, s.protected, p_place) AS nearness,
            CASE WHEN (SELECT e.now -> 'works' FROM e) ? p.body_id::text AND NOT s.protected AND NOT p.protected AND NOT b.protected
                 THEN nullif(services.works((SELECT e.now FROM e), p.body_id, s.territory_id), 'open') END AS works
          FROM public.services_offering o
          JOIN public.services_site s ON s.id = o.site_id
          JOIN public.services_provider p ON p.id = s.provider_id
          JOIN public.access_body b ON b.id = p.body_id
         WHERE (p_offering IS NULL OR o.id = p_offering)
           -- Whatever is near in any way, before the nearness of each is worked out.
           AND (p_place IS NULL OR left(s.territory_id, 2) = left(p_place, 2)
                OR o.served && (SELECT ARRAY[p_place, territory.district(p_place), territory.region(p_place), '000000000']))
           AND (p_needs IS NULL OR o.needs && p_needs)
           AND (p_services IS NULL OR o.service = ANY (p_services))
           AND (p_kinds IS NULL OR CASE WHEN s.protected AND NOT p.protected THEN 'shelter' ELSE p.kind END = ANY (p_kinds))
           AND (p_age IS NULL OR p_age BETWEEN o.age_from AND o.age_to)
           AND (p_sex IS NULL OR o.sexes IN ('all', p_sex))
           AND (p_languages IS NULL OR o.languages && p_languages)
           AND (NOT p_remote OR o.remote)
           AND (p_words IS NULL OR NOT s.protected AND NOT p.protected
                AND concat_ws(' ', s.name_kk, s.name_ru, s.name_en, b.name_kk, b.name_ru, b.name_en) ILIKE p_words)
        -- Kept whole: pulled up, what is worked out here would be worked out again for each place that names it.
        OFFSET 0) f
      WHERE f.nearness IS NOT NULL AND (p_standings IS NULL OR f.standing = ANY (p_standings))
      ORDER BY place LIMIT p_limit OFFSET p_offset
    ) k
    JOIN public.services_offering o ON o.id = k.offering
    JOIN public.services_site s ON s.id = o.site_id
    JOIN public.services_provider p ON p.id = s.provider_id
    JOIN public.access_body b ON b.id = p.body_id
  ORDER BY k.place;
END;
