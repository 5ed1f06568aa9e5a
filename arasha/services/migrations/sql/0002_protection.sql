-- The directory: read by whoever acts, but for what is protected; kept by coordination, each in its own territory.
-- A protected site is a telephone and a region here too: there is nothing finer to be found (0001's constraints).

CREATE SCHEMA services;
REVOKE ALL ON SCHEMA services FROM PUBLIC;
GRANT USAGE ON SCHEMA services TO arasha_app, arasha_public;

CREATE FUNCTION services.keeps(p_place text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.is_system())
  OR (SELECT access.functions())::text[] && ARRAY['coordination_district', 'coordination_region', 'coordination_nation']
     AND EXISTS (
       SELECT FROM public.territory_territory t WHERE t.kato = p_place
          AND (SELECT access.context() ->> 'territory') = ANY (pg_catalog.string_to_array(t.path, '.')));

CREATE FUNCTION services.keeps_body(p_body integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT services.keeps(b.territory_id) FROM public.access_body b WHERE b.id = p_body);

CREATE FUNCTION services.keeps_site(p_site uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT services.keeps(s.territory_id) FROM public.services_site s WHERE s.id = p_site);

-- Who works at the body whose provider this is.
CREATE FUNCTION services.works_for(p_provider uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.services_provider p
                WHERE p.id = p_provider AND p.body_id = (SELECT access.body_id()));

CREATE FUNCTION services.works_at(p_site uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT services.works_for(s.provider_id) FROM public.services_site s WHERE s.id = p_site);

-- A body for a provider that is not in the structure yet: it has no unit, so no seat, no right and no duty.
CREATE FUNCTION services.add_body(p_id integer, p_code text, p_kk text, p_ru text, p_en text, p_sector text, p_kind text, p_place text,
  p_protected boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT services.keeps(p_place) THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  END IF;
  IF p_protected AND territory.region(p_place) IS DISTINCT FROM p_place THEN
    RAISE EXCEPTION 'a protected body lies in a region' USING ERRCODE = 'AR409';
  END IF;
  INSERT INTO public.access_body (id, code, name_kk, name_ru, name_en, sector, kind, territory_id, protected, valid_from)
  VALUES (p_id, p_code, p_kk, p_ru, p_en, p_sector, p_kind, p_place, p_protected,
          (access.moment() AT TIME ZONE 'Asia/Almaty')::date);
END $$;

-- A region or a city of republican significance: all that a protected site says of where it is.
ALTER TABLE public.services_site ADD CONSTRAINT site_protected_in_a_region CHECK (
  NOT protected OR territory_id ~ '^[0-9]{2}0{7}$' AND territory_id <> '000000000');

ALTER TABLE public.services_offering
  ADD CONSTRAINT offering_protected_is_the_sites FOREIGN KEY (site_id, protected)
    REFERENCES public.services_site (id, protected),
  -- A refuge that says which district it serves says where it is.
  ADD CONSTRAINT offering_protected_serves_regions CHECK (
    NOT protected OR pg_catalog.array_to_string(served, ',') ~ '^[0-9]{2}0{7}(,[0-9]{2}0{7})*$');

CREATE FUNCTION services.keep_protection() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'whether it is protected never changes' USING ERRCODE = 'AR409';
END $$;
REVOKE ALL ON FUNCTION services.keep_protection() FROM PUBLIC;
CREATE TRIGGER protection_stays BEFORE UPDATE OF protected ON public.services_site FOR EACH ROW
  WHEN (OLD.protected IS DISTINCT FROM NEW.protected) EXECUTE FUNCTION services.keep_protection();
CREATE TRIGGER protection_stays BEFORE UPDATE OF protected ON public.services_provider FOR EACH ROW
  WHEN (OLD.protected IS DISTINCT FROM NEW.protected) EXECUTE FUNCTION services.keep_protection();

-- All sites of a protected provider are protected.
CREATE FUNCTION services.protect_site() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT NEW.protected AND EXISTS (SELECT FROM public.services_provider p WHERE p.id = NEW.provider_id AND p.protected) THEN
    RAISE EXCEPTION 'a site of a protected provider is protected' USING ERRCODE = 'AR409';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER site_protected BEFORE INSERT OR UPDATE OF provider_id ON public.services_site
  FOR EACH ROW EXECUTE FUNCTION services.protect_site();

GRANT SELECT, INSERT ON public.services_provider, public.services_site, public.services_offering TO arasha_app;
GRANT UPDATE ON public.services_provider, public.services_site, public.services_offering TO arasha_app;

CREATE POLICY acting_reads ON public.services_provider FOR SELECT TO arasha_app
  USING ((SELECT access.context()) IS NOT NULL AND (NOT protected OR services.keeps_body(body_id)
         OR body_id = (SELECT access.body_id())));
CREATE POLICY keeps_inserts ON public.services_provider FOR INSERT TO arasha_app
  WITH CHECK (services.keeps_body(body_id));
CREATE POLICY keeps_updates ON public.services_provider FOR UPDATE TO arasha_app
  USING (services.keeps_body(body_id)) WITH CHECK (services.keeps_body(body_id));

CREATE POLICY acting_reads ON public.services_site FOR SELECT TO arasha_app
  USING ((SELECT access.context()) IS NOT NULL AND (NOT protected OR services.keeps(territory_id)
         OR services.works_for(provider_id)));
CREATE POLICY keeps_inserts ON public.services_site FOR INSERT TO arasha_app WITH CHECK (services.keeps(territory_id));
CREATE POLICY keeps_updates ON public.services_site FOR UPDATE TO arasha_app
  USING (services.keeps(territory_id)) WITH CHECK (services.keeps(territory_id));

CREATE POLICY acting_reads ON public.services_offering FOR SELECT TO arasha_app
  USING ((SELECT access.context()) IS NOT NULL AND (NOT protected OR services.keeps_site(site_id)
         OR services.works_at(site_id)));
CREATE POLICY keeps_inserts ON public.services_offering FOR INSERT TO arasha_app
  WITH CHECK (services.keeps_site(site_id));
CREATE POLICY keeps_updates ON public.services_offering FOR UPDATE TO arasha_app
  USING (services.keeps_site(site_id)) WITH CHECK (services.keeps_site(site_id));
