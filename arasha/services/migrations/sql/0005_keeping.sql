-- How an entry is asked about again. Whoever holds a link is nobody: their process may run two functions, read_link and
-- put_proposal, and learns what the directory tells everybody. Nothing that comes this way changes an entry.

GRANT SELECT, INSERT ON public.services_proposallink, public.services_decision TO arasha_app;
GRANT SELECT ON public.services_proposal TO arasha_app;

CREATE POLICY keeps_reads ON public.services_proposallink FOR SELECT TO arasha_app USING (services.keeps_site(site_id));
CREATE POLICY keeps_inserts ON public.services_proposallink FOR INSERT TO arasha_app
  WITH CHECK (services.keeps_site(site_id) AND made_by_id = (SELECT access.unit_id()));
CREATE POLICY keeps_reads ON public.services_proposal FOR SELECT TO arasha_app
  USING (services.keeps_site(site_id) OR services.works_at(site_id));
ALTER TABLE public.services_proposal ADD CONSTRAINT proposal_is_short CHECK (
  pg_catalog.jsonb_typeof(said) = 'object' AND pg_catalog.octet_length(said::text) <= 20000);

-- A telephone number that was changed is taken by one keeper after another one said that they rang a number known before.
CREATE FUNCTION services.may_decide(p_proposal uuid, p_field text, p_verdict text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.services_proposal r WHERE r.id = p_proposal AND services.keeps_site(r.site_id))
  AND (p_field <> 'site:phone' OR p_verdict <> 'taken' OR EXISTS (
    SELECT FROM public.services_decision d
     WHERE d.proposal_id = p_proposal AND d.verdict = 'rang' AND d.user_id <> (SELECT access.user_id())));

CREATE FUNCTION services.reads_proposal(p_proposal uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.services_proposal r WHERE r.id = p_proposal
                AND (services.keeps_site(r.site_id) OR services.works_at(r.site_id)));

CREATE POLICY keeps_reads ON public.services_decision FOR SELECT TO arasha_app
  USING (services.reads_proposal(proposal_id));
CREATE POLICY keeps_inserts ON public.services_decision FOR INSERT TO arasha_app
  WITH CHECK (services.may_decide(proposal_id, field, verdict)
              AND user_id = (SELECT access.user_id()) AND unit_id = (SELECT access.unit_id()));

-- The link that a hash opens: it is over after thirty days, with the first answer, and when its site closes.
CREATE FUNCTION services.open_link(p_hash bytea) RETURNS public.services_proposallink
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT l.* FROM public.services_proposallink l JOIN public.services_site s ON s.id = l.site_id
   WHERE l.hash = p_hash AND l.until > worktime.now()
     AND (s.closed_on IS NULL OR s.closed_on > (worktime.now() AT TIME ZONE 'Asia/Almaty')::date)
     AND NOT EXISTS (SELECT FROM public.services_proposal r WHERE r.link_id = l.id);
END;

-- What a link shows: the entry as the directory tells everybody. Of a protected site: telephone, hours, what it does.
CREATE FUNCTION services.read_link(p_hash bytea) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT pg_catalog.jsonb_build_object(
    'protected', s.protected,
    'names', CASE WHEN s.protected THEN '{}'::jsonb ELSE pg_catalog.jsonb_build_object(
      'kk', coalesce(nullif(s.name_kk, ''), b.name_kk), 'ru', coalesce(nullif(s.name_ru, ''), b.name_ru),
      'en', coalesce(nullif(s.name_en, ''), b.name_en)) END,
    'site', CASE WHEN s.protected THEN '{}'::jsonb ELSE pg_catalog.jsonb_build_object(
      'address_kk', s.address_kk, 'address_ru', s.address_ru, 'mail', s.mail, 'web', s.web) END
      || pg_catalog.jsonb_build_object('phone', s.phone, 'around_the_clock', s.around_the_clock, 'hours', s.hours),
    'offerings', coalesce((SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', o.id, 'service', o.service, 'status', o.status, 'age_from', o.age_from, 'age_to', o.age_to,
        'sexes', o.sexes, 'siblings', o.siblings, 'with_parent', o.with_parent, 'son_to', o.son_to,
        'languages', o.languages, 'conditions', o.conditions, 'cost', o.cost, 'price', o.price) ORDER BY o.service, o.id)
      FROM public.services_offering o WHERE o.site_id = s.id AND o.status <> 'closed'), '[]'::jsonb))
    FROM services.open_link(p_hash) l
    JOIN public.services_site s ON s.id = l.site_id
    JOIN public.services_provider p ON p.id = s.provider_id
    JOIN public.access_body b ON b.id = p.body_id;
END;

-- Puts down what was said over a link, once. True also when the same proposal is sent again.
CREATE FUNCTION services.put_proposal(p_hash bytea, p_proposal uuid, p_said jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_link public.services_proposallink;
BEGIN
  v_link := services.open_link(p_hash);
  IF v_link.id IS NOT NULL THEN
    INSERT INTO public.services_proposal (id, site_id, link_id, said, put_at)
    VALUES (p_proposal, v_link.site_id, v_link.id, p_said, worktime.now()) ON CONFLICT DO NOTHING;
  END IF;
  RETURN EXISTS (SELECT FROM public.services_proposal r JOIN public.services_proposallink l ON l.id = r.link_id
                  WHERE r.id = p_proposal AND l.hash = p_hash);
END $$;

-- Puts down what a unit of the provider's own body says of its site.
CREATE FUNCTION services.propose(p_site uuid, p_proposal uuid, p_said jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT services.works_at(p_site) OR access.unit_id() IS NULL THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  END IF;
  INSERT INTO public.services_proposal (id, site_id, unit_id, said, put_at)
  VALUES (p_proposal, p_site, access.unit_id(), p_said, worktime.now()) ON CONFLICT DO NOTHING;
END $$;

-- Whose number this is in the directory, beside that site's: a name where it is no secret, none of what is protected.
CREATE FUNCTION services.whose_phone(p_phone text, p_site uuid)
RETURNS TABLE (protected boolean, name_kk text, name_ru text, name_en text)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT s.protected, CASE WHEN s.protected THEN '' ELSE b.name_kk END, CASE WHEN s.protected THEN '' ELSE b.name_ru END,
         CASE WHEN s.protected THEN '' ELSE b.name_en END
    FROM public.services_site s
    JOIN public.services_provider p ON p.id = s.provider_id
    JOIN public.access_body b ON b.id = p.body_id
   WHERE s.phone = p_phone AND p_phone <> '' AND services.keeps_site(p_site)
     AND p.id <> (SELECT own.provider_id FROM public.services_site own WHERE own.id = p_site)
   ORDER BY s.protected, 2 LIMIT 3;
END;

-- What was done to a provider's entries, newest first, for who keeps them.
CREATE FUNCTION services.acts_of(p_provider uuid, p_verbs text[], p_limit integer)
RETURNS TABLE (at timestamptz, verb text, unit integer, person integer)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT a.at, a.verb, a.actor_unit, a.actor_user
    FROM public.services_provider p
    JOIN public.journal_act a ON a.stream_kind = 'body' AND a.stream_key = p.body_id::text
   WHERE p.id = p_provider AND services.keeps_body(p.body_id) AND a.verb = ANY (p_verbs)
   ORDER BY a.seq DESC LIMIT p_limit;
END;

-- Which services of the package are offered on a day, by district; what is protected by its region alone, and uncounted.
CREATE FUNCTION services.coverage(p_day date, p_region text)
RETURNS TABLE (place text, service text, kind text, sites bigint)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT CASE WHEN s.protected THEN p_region ELSE coalesce(territory.district(s.territory_id), p_region) END, o.service,
         CASE WHEN s.protected THEN 'protected' ELSE p.kind END,
         CASE WHEN s.protected THEN 1 ELSE count(DISTINCT s.id) END
    FROM public.services_offering o
    JOIN public.services_site s ON s.id = o.site_id
    JOIN public.services_provider p ON p.id = s.provider_id
   WHERE territory.region(s.territory_id) = p_region
     AND services.standing(o.status, o.begins_on, least(o.ends_on, p.funded_until), s.closed_on, p.ended_on, p_day) = 'open'
   GROUP BY 1, 2, 3, s.protected;
END;
