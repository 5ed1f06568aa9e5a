-- An adult's own safety (facet 21): what somebody alone with a mother learns of the danger that she herself lives in.
-- Nobody is granted it before they ask: a grant would tell the lead that somebody asked. Therefore whoever asks keeps
-- what they wrote, and nothing else under the facet: their function writes it, and their unit works on the file.
-- Others read it by a grant by name alone. Functions of the clock, break-glass and rank never do.
CREATE FUNCTION access.may_keep_own(p_dossier uuid, p_facet smallint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_facet = 21 AND access.user_id() IS NOT NULL AND p_dossier <> ALL ((SELECT access.barred())::uuid[])
    AND ((SELECT access.writes()) & (1::bigint << p_facet)) <> 0
    AND EXISTS (SELECT FROM public.access_member m
        WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > (SELECT access.moment()))
          AND m.unit_id = ANY ((SELECT access.units())::integer[]) AND m.part IN ('lead', 'partner', 'obliged'));

-- Where a row's being there is itself the secret (reproductive health, an adult's own safety), that somebody looked
-- would tell it: such looks are there for who reads the facet and for who looked. All of them stay in the log.
CREATE OR REPLACE FUNCTION access.looks_at(p_dossier uuid, p_limit integer) RETURNS SETOF public.access_look
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT l.* FROM public.access_look l
     WHERE l.dossier_id = p_dossier AND access.my_parts(p_dossier) && ARRAY['lead', 'overseeing']
       AND (l.facet IS NULL OR l.facet NOT IN (18, 21) OR l.user_id = (SELECT access.user_id())
            OR access.may_read(p_dossier, l.facet))
     ORDER BY l.at DESC LIMIT p_limit;
END;
