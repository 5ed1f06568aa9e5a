-- Drafting and deciding. The application writes through these functions alone; both stand inside an open act.

CREATE TRIGGER decision_stays BEFORE UPDATE OR DELETE ON public.questionnaires_decision
  FOR EACH ROW EXECUTE FUNCTION questionnaires.refuse_change();

GRANT USAGE ON SCHEMA questionnaires TO arasha_app;
GRANT INSERT ON public.questionnaires_questionnaire, public.questionnaires_version TO arasha_definer;
GRANT UPDATE (state, published_at, withdrawn_at) ON public.questionnaires_version TO arasha_definer;
GRANT USAGE ON SEQUENCE public.questionnaires_version_id_seq TO arasha_definer;

-- The right of access/data/rights.csv once more (a test compares them), at national posts only: a form is asked, and
-- counted, in the whole country.
CREATE FUNCTION questionnaires.may_publish() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN access.user_id() IS NOT NULL AND access.functions() && ARRAY['coordination_nation', 'administration']
    AND access.context() ->> 'territory' = '000000000';
END $$;

CREATE FUNCTION questionnaires.draft(
  p_code text, p_number integer, p_source text, p_xform text, p_digest text, p_about jsonb, p_at timestamptz
) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM journal.current_act();
  IF NOT questionnaires.may_publish() THEN
    RAISE EXCEPTION 'not drafted by this post' USING ERRCODE = 'AR403';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('questionnaires ' || p_code, 0));
  IF EXISTS (SELECT FROM public.questionnaires_version v
              WHERE v.questionnaire_id = p_code AND v.published_at IS NOT NULL AND v.number >= p_number) THEN
    RAISE EXCEPTION 'this number is published' USING ERRCODE = 'AR409';
  END IF;
  INSERT INTO public.questionnaires_questionnaire (code) VALUES (p_code) ON CONFLICT DO NOTHING;
  INSERT INTO public.questionnaires_version
      (questionnaire_id, number, state, source, xform, digest, about, author_id, author_post_id, made_at)
    VALUES (p_code, p_number, 'draft', p_source, p_xform, p_digest, p_about, access.user_id(), access.post_id(), p_at)
    RETURNING id INTO v_id;
  RETURN v_id;
END $$;

-- What must hold whoever asks, beside the table in rules/standing.py: the second person, the number, the reason.
CREATE FUNCTION questionnaires.check_decision(p_version public.questionnaires_version, p_kind text, p_reason text)
RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_user integer := access.user_id();
  v_last public.questionnaires_decision;
BEGIN
  IF p_kind IN ('ask', 'keep') AND p_version.state <> 'published' THEN
    RAISE EXCEPTION 'this is asked of published versions' USING ERRCODE = 'AR409';
  END IF;
  IF p_kind = 'publish' AND v_user = p_version.author_id THEN
    RAISE EXCEPTION 'nobody publishes their own draft' USING ERRCODE = 'AR403';
  END IF;
  IF p_kind IN ('publish', 'restore') AND EXISTS (
      SELECT FROM public.questionnaires_version v WHERE v.questionnaire_id = p_version.questionnaire_id
         AND v.published_at IS NOT NULL AND v.number >= p_version.number) THEN
    RAISE EXCEPTION 'this number is published' USING ERRCODE = 'AR409';
  END IF;
  SELECT * INTO v_last FROM public.questionnaires_decision d
   WHERE d.version_id = p_version.id ORDER BY d.place DESC LIMIT 1;
  IF p_kind IN ('ask', 'withdraw') AND p_reason !~ '\S' AND v_last.kind IS DISTINCT FROM 'ask' THEN
    RAISE EXCEPTION 'a withdrawal has a reason' USING ERRCODE = 'AR403';
  END IF;
  IF p_kind = 'withdraw' AND NOT EXISTS (
      SELECT FROM public.questionnaires_version v WHERE v.questionnaire_id = p_version.questionnaire_id
         AND v.state = 'published' AND v.id <> p_version.id)
     AND (v_last.kind IS DISTINCT FROM 'ask' OR v_last.user_id = v_user) THEN
    RAISE EXCEPTION 'a second person confirms that the last version goes' USING ERRCODE = 'AR403';
  END IF;
END $$;

-- `p_after`: how many decisions the asker knows. Versions of one form are decided about one after the other.
CREATE FUNCTION questionnaires.decide(
  p_id uuid, p_version bigint, p_kind text, p_reason text, p_after integer, p_at timestamptz
) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_version public.questionnaires_version;
BEGIN
  IF NOT questionnaires.may_publish() THEN
    RAISE EXCEPTION 'not decided by this post' USING ERRCODE = 'AR403';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('questionnaires ' || v.questionnaire_id, 0))
     FROM public.questionnaires_version v WHERE v.id = p_version;
  SELECT * INTO v_version FROM public.questionnaires_version v WHERE v.id = p_version;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  END IF;
  IF p_after <> (SELECT count(*) FROM public.questionnaires_decision d WHERE d.version_id = p_version) THEN
    RAISE EXCEPTION 'somebody decided meanwhile' USING ERRCODE = 'AR409';
  END IF;
  PERFORM questionnaires.check_decision(v_version, p_kind, p_reason);
  INSERT INTO public.questionnaires_decision (id, version_id, place, kind, reason, at, user_id, post_id)
    VALUES (p_id, p_version, p_after + 1, p_kind, p_reason, p_at, access.user_id(), access.post_id());
  UPDATE public.questionnaires_version v
     SET state = CASE p_kind WHEN 'publish' THEN 'published' WHEN 'discard' THEN 'discarded'
                             WHEN 'restore' THEN 'draft' WHEN 'withdraw' THEN 'withdrawn' END,
         published_at = CASE p_kind WHEN 'publish' THEN p_at ELSE v.published_at END,
         withdrawn_at = CASE p_kind WHEN 'withdraw' THEN p_at ELSE v.withdrawn_at END
   WHERE v.id = p_version AND p_kind IN ('publish', 'discard', 'restore', 'withdraw');
END $$;
