-- What hangs on an incident, an injury or a statement lies in the same file as that: checked by the database, so that
-- nobody joins what belongs to different children.
ALTER TABLE public.cases_incidentversion ADD CONSTRAINT version_of_incident_in_file
    FOREIGN KEY (incident_id, dossier_id) REFERENCES public.cases_incident (id, dossier_id);
ALTER TABLE public.cases_incidentact ADD CONSTRAINT act_of_version_in_file
    FOREIGN KEY (version_id, dossier_id) REFERENCES public.cases_incidentversion (id, dossier_id);
ALTER TABLE public.cases_incidenttext ADD CONSTRAINT text_of_version_in_file
    FOREIGN KEY (version_id, dossier_id) REFERENCES public.cases_incidentversion (id, dossier_id);
ALTER TABLE public.cases_incidentperson ADD CONSTRAINT person_of_incident_in_file
    FOREIGN KEY (incident_id, dossier_id) REFERENCES public.cases_incident (id, dossier_id);
ALTER TABLE public.cases_incidentperson ADD CONSTRAINT allegation_of_incident_in_file
    FOREIGN KEY (allegation_id, dossier_id) REFERENCES public.people_allegation (id, dossier_id);
ALTER TABLE public.cases_incidentperson ADD CONSTRAINT known_person_of_incident_in_file
    FOREIGN KEY (person_id, dossier_id) REFERENCES public.people_person (id, dossier_id);
ALTER TABLE public.cases_injury ADD CONSTRAINT injury_of_incident_in_file
    FOREIGN KEY (incident_id, dossier_id) REFERENCES public.cases_incident (id, dossier_id);
ALTER TABLE public.cases_injury ADD CONSTRAINT injury_seen_before_in_file
    FOREIGN KEY (first_id, dossier_id) REFERENCES public.cases_injury (id, dossier_id);
ALTER TABLE public.cases_statement ADD CONSTRAINT statement_of_incident_in_file
    FOREIGN KEY (incident_id, dossier_id) REFERENCES public.cases_incident (id, dossier_id);
ALTER TABLE public.cases_statementlink ADD CONSTRAINT link_of_statement_in_file
    FOREIGN KEY (statement_id, dossier_id) REFERENCES public.cases_statement (id, dossier_id);
ALTER TABLE public.cases_statementlink ADD CONSTRAINT link_to_statement_in_file
    FOREIGN KEY (other_id, dossier_id) REFERENCES public.cases_statement (id, dossier_id);

-- What was known stays known: versions, acts, words and links are added and never changed; the rest may be struck.
REVOKE UPDATE ON public.cases_incidentversion, public.cases_incidentact, public.cases_incidenttext,
    public.cases_statementlink, public.cases_incident, public.cases_incidentperson, public.cases_injury,
    public.cases_statement FROM arasha_app;
GRANT UPDATE (number, struck_at, strike_reason, struck_by_id) ON public.cases_incident TO arasha_app;
GRANT UPDATE (ended_at) ON public.cases_incidentperson TO arasha_app;
GRANT UPDATE (struck_at, strike_reason) ON public.cases_injury, public.cases_statement TO arasha_app;

-- Lists of forms of violence: everybody may read them, nobody but the owner writes them.
REVOKE ALL ON public.cases_violenceform, public.cases_violencemapping, public.cases_violenceedition FROM PUBLIC;
GRANT SELECT ON public.cases_violenceform, public.cases_violencemapping, public.cases_violenceedition
    TO arasha_app, arasha_reader, arasha_definer, arasha_backup;

-- A child speaks to whom it speaks: whoever may open the file writes down what it told unasked, word for word, and
-- reads it afterwards only with the right to read narratives.
CREATE POLICY heard_inserts ON public.cases_childwords FOR INSERT TO arasha_app WITH CHECK (
    asked = 'unasked' AND facet = 8 AND sealed IS NOT NULL AND unit_id = ANY ((SELECT access.units())::integer[])
    AND (access.may_open(dossier_id) OR dossier_id = ANY ((SELECT access.glass())::uuid[])));

-- On which day the child was heard, how, and by which kinds of units: for whoever may open the file, so that nobody
-- asks again. Neither the words nor the unit are told; `words` is the row's id for who may read it.
CREATE FUNCTION cases.heard(p_dossier uuid) RETURNS TABLE (words uuid, said_on date, how text, asked text, kinds text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_dossier = ANY (access.barred())
       OR NOT (access.is_system() OR access.may_open(p_dossier) OR p_dossier = ANY (access.glass())) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN QUERY
    SELECT CASE WHEN access.may_read(w.dossier_id, w.facet) THEN w.id END,
           (w.said_at AT TIME ZONE 'Asia/Almaty')::date, w.how::text, w.asked::text,
           ARRAY(SELECT DISTINCT f.function_id::text FROM public.access_unitfunction f
                  WHERE f.unit_id = w.unit_id AND f.since <= w.said_at AND (f.until IS NULL OR f.until > w.said_at)
                  ORDER BY 1)
      FROM public.cases_childwords w
     WHERE w.dossier_id = p_dossier OR w.dossier_id IN (
           SELECT o.signal_dossier_id FROM public.cases_caseorigin o
            WHERE o.dossier_id = p_dossier AND o.left_at IS NULL
              AND o.signal_dossier_id <> ALL (access.barred()))
     ORDER BY w.said_at DESC, w.id;
END $$;

-- Which units may ask this child about facts: those to whom the lead granted the interview in writing.
CREATE FUNCTION cases.interviewers(p_dossier uuid) RETURNS SETOF integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_dossier = ANY (access.barred())
       OR NOT (access.is_system() OR access.may_open(p_dossier) OR p_dossier = ANY (access.glass())) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN QUERY
    SELECT DISTINCT coalesce(m.unit_id, p.unit_id) FROM public.access_member m
      LEFT JOIN public.access_post p ON m.unit_id IS NULL AND p.holder_id = m.user_id
     WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > access.moment())
       AND (m.writes & (1::bigint << 17)) <> 0 AND coalesce(m.unit_id, p.unit_id) IS NOT NULL;
END $$;
