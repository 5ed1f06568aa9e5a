-- Requests for what files hold. Whoever takes one down writes it and reads it never again: the coordination that it
-- goes to reads it. Once it is matched to a file, only who may know of that file's plan sees it.

CREATE SCHEMA releases;
REVOKE ALL ON SCHEMA releases FROM PUBLIC;
GRANT USAGE ON SCHEMA releases TO arasha_app;

-- Whether a request is there for who acts, as far as the file goes to which it was matched.
CREATE FUNCTION releases.may_know(p_request uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN NOT EXISTS (
    SELECT FROM public.releases_release r
     WHERE r.request_id = p_request
       AND NOT (access.may_read(r.dossier_id, 7::smallint) AND access.reads_plan(r.dossier_id)));

-- Whether nothing of a file may be given to a person of it: something stands alleged against them, or the file says
-- that they may not see it. Without a person: whoever asks may be anybody who is alleged in it. Whoever answers may not
-- read the facet of justice; it must hold for them all the same.
CREATE FUNCTION releases.in_danger(p_dossier uuid, p_person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.may_write(p_dossier, 7::smallint) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN EXISTS (
        SELECT FROM public.people_allegation a
         WHERE a.dossier_id = p_dossier AND (p_person IS NULL OR a.person_id = p_person) AND a.ended_at IS NULL
           AND 'unfounded' IS DISTINCT FROM (
             SELECT s.status FROM public.people_allegationstate s
              WHERE s.allegation_id = a.id ORDER BY s.number DESC LIMIT 1))
      OR NOT coalesce((
        SELECT s.allowed FROM public.people_standing s
         WHERE s.person_id = p_person AND s.matter = 'see' AND s.ended_at IS NULL
         ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1), true);
END $$;

GRANT SELECT, INSERT ON public.releases_filerequest TO arasha_app;
GRANT UPDATE (state, ended_at) ON public.releases_filerequest TO arasha_app;
CREATE POLICY unit_reads ON public.releases_filerequest FOR SELECT TO arasha_app
  USING ((SELECT access.is_system())
    OR (unit_id = ANY ((SELECT access.units())::integer[]) AND releases.may_know(id)));
CREATE POLICY file_reads ON public.releases_filerequest FOR SELECT TO arasha_app
  USING (EXISTS (SELECT FROM public.releases_release r WHERE r.request_id = releases_filerequest.id));
CREATE POLICY staff_inserts ON public.releases_filerequest FOR INSERT TO arasha_app
  WITH CHECK (from_unit_id = ANY ((SELECT access.units())::integer[]) AND user_id = (SELECT access.user_id()));
CREATE POLICY unit_updates ON public.releases_filerequest FOR UPDATE TO arasha_app
  USING (unit_id = ANY ((SELECT access.units())::integer[]) AND releases.may_know(id))
  WITH CHECK (unit_id = ANY ((SELECT access.units())::integer[]));

CREATE POLICY reads_plan ON public.releases_release AS RESTRICTIVE FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR access.reads_plan(dossier_id));
REVOKE UPDATE ON public.releases_release FROM arasha_app;
GRANT UPDATE (state, give, parts, consent, refusal, proposed_at, proposer_id, decided_at, decider_id, ended_at,
  handed_by_id, handed_how) ON public.releases_release TO arasha_app;
