-- What was handed in is read by the unit that handed it in; what of it is protected has nothing finer than the directory.
ALTER TABLE public.services_loadrow ADD CONSTRAINT loadrow_hidden_is_hidden CHECK (
  NOT hidden OR NOT cells ?| ARRAY['site_name_kk', 'site_name_ru', 'site_name_en', 'address_kk', 'address_ru', 'latitude',
                                   'longitude', 'mail', 'web']);
ALTER TABLE public.services_load ADD CONSTRAINT load_state CHECK (
  state IN ('trying', 'tried', 'loading', 'stopped', 'loaded'));

CREATE FUNCTION services.keeps_load(p_load uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.is_system())
  OR EXISTS (SELECT FROM public.services_load l WHERE l.id = p_load AND l.unit_id = (SELECT access.unit_id()));

GRANT SELECT, INSERT, UPDATE, DELETE ON public.services_load, public.services_loadrow, public.services_publication TO arasha_app;
GRANT USAGE ON SEQUENCE public.services_loadrow_id_seq TO arasha_app;

CREATE POLICY own ON public.services_load TO arasha_app
  USING ((SELECT access.is_system()) OR unit_id = (SELECT access.unit_id()))
  WITH CHECK ((SELECT access.is_system()) OR unit_id = (SELECT access.unit_id()) AND services.keeps(place_id));
CREATE POLICY own ON public.services_loadrow TO arasha_app
  USING (services.keeps_load(load_id)) WITH CHECK (services.keeps_load(load_id));
CREATE POLICY made_by_the_clock ON public.services_publication TO arasha_app
  USING ((SELECT access.is_system())) WITH CHECK ((SELECT access.is_system()));

-- The open data as everybody is given them: made once a day, so that no two readers learn more than one.
CREATE FUNCTION services.published() RETURNS TABLE (day date, content bytea, services integer)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT p.day, p.content, p.services FROM public.services_publication p ORDER BY p.day DESC LIMIT 1;
END;
