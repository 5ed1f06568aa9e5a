-- How much room there is: said by who keeps the entry or works there, read whole by them alone.

-- Only somebody in a seat says it, and of a protected offering never as of an open one.
CREATE FUNCTION services.may_say_room(p_offering uuid, p_protected boolean) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.services_offering o
                WHERE o.id = p_offering AND o.protected = p_protected
                  AND (services.keeps_site(o.site_id) OR services.works_at(o.site_id)));

GRANT SELECT, INSERT ON public.services_roomsaid TO arasha_app;
CREATE POLICY keeps_reads ON public.services_roomsaid FOR SELECT TO arasha_app
  USING (services.may_say_room(offering_id, protected));
CREATE POLICY keeps_inserts ON public.services_roomsaid FOR INSERT TO arasha_app
  WITH CHECK (services.may_say_room(offering_id, protected)
              AND ((SELECT access.is_system()) OR unit_id = (SELECT access.unit_id())));

-- What staff learn of offerings' room, the newest that was said. Of a protected one: a word, and only what was said before
-- this week began, so that whoever asks again and again sees it change on Mondays alone, whenever it was said.
CREATE FUNCTION services.room(p_offerings uuid[], p_day date)
RETURNS TABLE (offering uuid, places smallint, free smallint, usually text, said_on date)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT DISTINCT ON (r.offering_id) r.offering_id, r.places, r.free, r.usually, r.said_on
    FROM public.services_roomsaid r
   WHERE r.offering_id = ANY (p_offerings)
     AND (NOT r.protected OR r.said_on < date_trunc('week', p_day::timestamp)::date)
   ORDER BY r.offering_id, r.number DESC;
END;
