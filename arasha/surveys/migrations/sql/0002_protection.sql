-- What pupils and closing need of the database. Nobody acts while a pupil answers: no context, act, look or job.

CREATE SCHEMA surveys;
REVOKE ALL ON SCHEMA surveys FROM PUBLIC;
GRANT USAGE ON SCHEMA surveys TO arasha_app, arasha_public;

-- The survey that a slip opens: one row, or none whatever is wrong with the slip.
CREATE FUNCTION surveys.find_token(p_hash bytea, p_now timestamptz)
RETURNS TABLE (survey uuid, questionnaire text, age text, language text, breakdown text, public bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.id, s.questionnaire, s.age, s.language, s.breakdown, s.public
      FROM public.surveys_slip t JOIN public.surveys_survey s ON s.id = t.survey_id
     WHERE t.hash = p_hash AND s.state = 'open' AND s.ends_at > p_now
$$;

-- Takes a slip away and returns its survey; NULL when it is no longer good. The row is deleted, not marked: a mark would
-- carry the number of the transaction in which it was made. Until the caller commits, the survey can't be closed.
CREATE FUNCTION surveys.use_token(p_hash bytea, p_now timestamptz) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_survey uuid;
BEGIN
    SELECT t.survey_id INTO v_survey FROM public.surveys_slip t WHERE t.hash = p_hash;
    PERFORM FROM public.surveys_survey s
      WHERE s.id = v_survey AND s.state = 'open' AND s.ends_at > p_now FOR SHARE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    DELETE FROM public.surveys_slip t WHERE t.hash = p_hash AND t.survey_id = v_survey;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    RETURN v_survey;
END $$;

-- The survey, locked until the transaction ends, if who acts runs it (or is the clock) and it is in that state.
CREATE FUNCTION surveys.held(p_survey uuid, p_state text) RETURNS public.surveys_survey
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_survey public.surveys_survey;
BEGIN
    SELECT s.* INTO v_survey FROM public.surveys_survey s WHERE s.id = p_survey FOR UPDATE;
    IF v_survey.id IS NULL OR v_survey.state <> p_state
       OR NOT (access.is_system() OR access.my_parts(v_survey.dossier_id) @> ARRAY['lead']) THEN
        RETURN NULL;
    END IF;
    RETURN v_survey;
END $$;

-- Puts down the slips that were printed now; those printed before are void.
CREATE FUNCTION surveys.put_slips(p_survey uuid, p_hashes bytea[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (surveys.held(p_survey, 'begun')).id IS NULL THEN
        RETURN false;
    END IF;
    DELETE FROM public.surveys_slip t WHERE t.survey_id = p_survey;
    INSERT INTO public.surveys_slip (hash, survey_id)
    SELECT h, p_survey FROM unnest(p_hashes) AS h ORDER BY h;
    RETURN true;
END $$;

-- Takes the slips away that nobody used and returns how many were; NULL when the survey can't be closed from here.
CREATE FUNCTION surveys.end_slips(p_survey uuid, p_state text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_left integer;
BEGIN
    IF (surveys.held(p_survey, p_state)).id IS NULL THEN
        RETURN NULL;
    END IF;
    DELETE FROM public.surveys_slip t WHERE t.survey_id = p_survey;
    GET DIAGNOSTICS v_left = ROW_COUNT;
    RETURN v_left;
END $$;

-- Writes what is released, once: the figures, and the answers in the (random) order in which they are given, all in
-- one statement of one transaction.
CREATE FUNCTION surveys.put_release(p_survey uuid, p_released jsonb, p_answers jsonb, p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_survey public.surveys_survey := surveys.held(p_survey, 'open');
BEGIN
    IF v_survey.id IS NULL OR EXISTS (SELECT FROM public.surveys_release r WHERE r.survey_id = p_survey) THEN
        RETURN false;
    END IF;
    INSERT INTO public.surveys_release (id, dossier_id, survey_id, "group", answers, figures, released_at)
    SELECT gen_random_uuid(), v_survey.dossier_id, p_survey, r."group", r.answers, r.figures, p_now
      FROM jsonb_to_recordset(p_released) AS r ("group" text, answers smallint, figures jsonb);
    INSERT INTO public.surveys_answer (id, survey_id, "group", question, choice)
    SELECT gen_random_uuid(), p_survey, a.one ->> 0, a.one ->> 1, a.one ->> 2
      FROM jsonb_array_elements(p_answers) WITH ORDINALITY AS a (one, place) ORDER BY a.place;
    RETURN true;
END $$;

-- What was told once stays, whoever would change it.
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON public.surveys_release FOR EACH ROW EXECUTE FUNCTION journal.refuse();
ALTER TABLE public.surveys_release ENABLE ALWAYS TRIGGER keep;
