-- Pilots: read by whoever acts in a post; entered by coordination, each in its own territory. Nothing changes.

CREATE SCHEMA governance;
REVOKE ALL ON SCHEMA governance FROM PUBLIC;
GRANT USAGE ON SCHEMA governance TO arasha_app;

-- Whether the actor is coordination whose territory holds every one of these places.
CREATE FUNCTION governance.keeps(p_places text[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT access.functions())::text[] && ARRAY['coordination_district', 'coordination_region', 'coordination_nation']
   AND pg_catalog.cardinality(p_places) > 0
   AND NOT EXISTS (
     SELECT FROM pg_catalog.unnest(p_places) AS p (place) WHERE NOT EXISTS (
       SELECT FROM public.territory_territory t WHERE t.kato = p.place
          AND (SELECT access.context() ->> 'territory') = ANY (pg_catalog.string_to_array(t.path, '.'))));

-- The same of the places where a pilot is now, by its last description.
CREATE FUNCTION governance.keeps_pilot(p_pilot uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN governance.keeps((
   SELECT d.territories FROM public.governance_description d JOIN public.governance_step s ON s.id = d.step_id
    WHERE d.pilot_id = p_pilot ORDER BY s.number DESC LIMIT 1));

CREATE FUNCTION governance.follows(p_pilot uuid, p_number integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_number = 1 + (
   SELECT coalesce(max(s.number), 0) FROM public.governance_step s WHERE s.pilot_id = p_pilot);

-- Whether a decision stands that was not taken back.
CREATE FUNCTION governance.is_decided(p_pilot uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (
   SELECT FROM public.governance_step s WHERE s.pilot_id = p_pilot AND s.kind = 'decided'
      AND NOT EXISTS (SELECT FROM public.governance_step c WHERE c.corrects_id = s.id));

-- Whether a step is one of this pilot that may be corrected so: the entry keeps a last day of its money, whatever is
-- corrected; a day is given to nothing else than the entry and what prolonged it.
CREATE FUNCTION governance.correctable(p_step uuid, p_pilot uuid, p_until date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (
   SELECT FROM public.governance_step s WHERE s.id = p_step AND s.pilot_id = p_pilot
      AND CASE s.kind WHEN 'entered' THEN p_until IS NOT NULL WHEN 'extended' THEN true
                      WHEN 'evaluated' THEN p_until IS NULL WHEN 'decided' THEN p_until IS NULL ELSE false END);

-- Whether the actor has just written the step that enters or changes this pilot.
CREATE FUNCTION governance.described_by(p_step uuid, p_pilot uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (
   SELECT FROM public.governance_step s WHERE s.id = p_step AND s.pilot_id = p_pilot
      AND s.kind IN ('entered', 'changed') AND s.entered_by_id = (SELECT access.user_id())
      AND s.number = (SELECT max(n.number) FROM public.governance_step n WHERE n.pilot_id = p_pilot));

-- Whether all these stand in the directory and none is at a protected site.
CREATE FUNCTION governance.open_offerings(p_offerings uuid[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN NOT EXISTS (
   SELECT FROM pg_catalog.unnest(p_offerings) AS p (id)
    WHERE NOT EXISTS (SELECT FROM public.services_offering o WHERE o.id = p.id AND NOT o.protected));

-- Holds a pilot until the transaction ends: steps and reminders of one pilot come one after another, each after reading
-- what stands. Nobody else may update a row, so nobody else could hold one.
CREATE FUNCTION governance.hold(p_pilot uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT (coalesce(access.is_system(), false)
            OR coalesce(access.functions()::text[] && ARRAY['coordination_district', 'coordination_region',
                        'coordination_nation'], false)) THEN
        RETURN false;
    END IF;
    PERFORM FROM public.governance_pilot p WHERE p.id = p_pilot FOR UPDATE;
    RETURN FOUND;
END $$;

GRANT SELECT, INSERT ON public.governance_pilot, public.governance_step, public.governance_description,
  public.governance_reminder TO arasha_app;

CREATE POLICY staff_reads ON public.governance_pilot FOR SELECT TO arasha_app
  USING ((SELECT access.context() ->> 'post') IS NOT NULL OR (SELECT access.is_system()));
CREATE POLICY staff_reads ON public.governance_step FOR SELECT TO arasha_app
  USING ((SELECT access.context() ->> 'post') IS NOT NULL OR (SELECT access.is_system()));
CREATE POLICY staff_reads ON public.governance_description FOR SELECT TO arasha_app
  USING ((SELECT access.context() ->> 'post') IS NOT NULL OR (SELECT access.is_system()));
CREATE POLICY staff_reads ON public.governance_reminder FOR SELECT TO arasha_app
  USING ((SELECT access.context() ->> 'post') IS NOT NULL OR (SELECT access.is_system()));
CREATE POLICY keeper_inserts ON public.governance_pilot FOR INSERT TO arasha_app
  WITH CHECK ((SELECT access.functions())::text[] && ARRAY['coordination_district', 'coordination_region',
    'coordination_nation'] AND entered_by_id = (SELECT access.user_id())
    AND unit_id = (SELECT access.context() ->> 'unit')::integer);
CREATE POLICY keeper_inserts ON public.governance_step FOR INSERT TO arasha_app
  WITH CHECK (entered_by_id = (SELECT access.user_id()) AND unit_id = (SELECT access.context() ->> 'unit')::integer
    AND governance.follows(pilot_id, number)
    AND (kind = 'entered' OR governance.keeps_pilot(pilot_id))
    AND (kind NOT IN ('extended', 'decided') OR NOT governance.is_decided(pilot_id))
    AND (corrects_id IS NULL OR governance.correctable(corrects_id, pilot_id, until)));
CREATE POLICY keeper_inserts ON public.governance_description FOR INSERT TO arasha_app
  WITH CHECK (governance.keeps(territories) AND governance.described_by(step_id, pilot_id)
    AND governance.open_offerings(offerings));
CREATE POLICY clock_inserts ON public.governance_reminder FOR INSERT TO arasha_app
  WITH CHECK ((SELECT access.is_system()) AND (SELECT access.context() ->> 'purpose') = 'pilots');
