-- How many open offerings each district of a region has: what lies in the district itself. What is protected is in no count.
CREATE FUNCTION services.district_counts(p_region text, p_day date) RETURNS TABLE (district text, offerings bigint)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT territory.district(s.territory_id), count(*)
    FROM public.services_site s
    JOIN public.services_offering o ON o.site_id = s.id
    JOIN public.services_provider p ON p.id = s.provider_id
   WHERE s.territory_id BETWEEN left(p_region, 2) || '0000000' AND left(p_region, 2) || '9999999'
     AND territory.district(s.territory_id) IS NOT NULL
     AND NOT s.protected AND NOT p.protected
     AND services.standing(o.status, o.begins_on, least(o.ends_on, p.funded_until), s.closed_on, p.ended_on, p_day) = 'open'
   GROUP BY 1;
END;
