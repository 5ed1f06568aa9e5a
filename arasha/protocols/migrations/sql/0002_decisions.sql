-- Drafting and deciding. The application inserts through these functions alone; both stand inside an open act.

CREATE TRIGGER decision_stays BEFORE UPDATE OR DELETE ON public.protocols_decision
  FOR EACH ROW EXECUTE FUNCTION protocols.refuse_change();

GRANT USAGE ON SCHEMA protocols TO arasha_app;
GRANT INSERT ON public.protocols_version TO arasha_definer;
GRANT USAGE ON SEQUENCE public.protocols_version_id_seq TO arasha_definer;

-- Who may write what: the rights of access/data/rights.csv once more (a test compares them), at national posts only,
-- because a procedure obliges the whole country.
CREATE FUNCTION protocols.may(p_right text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_holders text[] := CASE p_right
    WHEN 'draft_protocols' THEN ARRAY['coordination_nation']
    WHEN 'adopt_protocols' THEN ARRAY['coordination_nation']
    WHEN 'review_protocols' THEN ARRAY['coordination_nation', 'ombudsperson', 'prosecution']
    ELSE ARRAY[]::text[] END;
BEGIN
  RETURN access.user_id() IS NOT NULL AND access.functions() && v_holders
    AND access.context() ->> 'territory' = '000000000';
END $$;

-- A text that somebody proposes. It obliges nobody until others have decided on it.
CREATE FUNCTION protocols.draft(
  p_code text, p_number integer, p_event text, p_valid_from date, p_valid_to date, p_verified_by text,
  p_content jsonb, p_sha256 text, p_at timestamptz
) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM journal.current_act();
  IF NOT protocols.may('draft_protocols') THEN
    RAISE EXCEPTION 'not drafted by this post' USING ERRCODE = 'AR403';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('protocols ' || p_code, 0));
  IF EXISTS (SELECT FROM public.protocols_version v WHERE v.code = p_code AND v.number >= p_number) THEN
    RAISE EXCEPTION 'this number is taken' USING ERRCODE = 'AR409';
  END IF;
  INSERT INTO public.protocols_version (code, number, event, valid_from, valid_to, verified_by, content, sha256,
                                        published_at, declared, author_id, author_post_id)
    VALUES (p_code, p_number, p_event, p_valid_from, p_valid_to, p_verified_by, p_content, p_sha256,
            p_at, 'draft', access.user_id(), access.post_id())
    RETURNING id INTO v_id;
  RETURN v_id;
END $$;

-- A decision about a version. The table of what may follow what stands in rules/standing.py; here stands what must hold
-- whoever asks: the right, the second person, the day ahead, and that nobody decided meanwhile (`p_after`: how many
-- decisions the asker knows).
CREATE FUNCTION protocols.decide(
  p_id uuid, p_version bigint, p_kind text, p_day date, p_reason text, p_read_acts boolean, p_after integer,
  p_at timestamptz
) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_user integer := access.user_id();
  v_version public.protocols_version;
  v_today date := (access.moment() AT TIME ZONE 'Asia/Almaty')::date;
BEGIN
  IF NOT protocols.may(CASE WHEN p_kind IN ('review', 'return', 'end', 'keep') THEN 'review_protocols'
                            WHEN p_kind IN ('adopt', 'propose_end') THEN 'adopt_protocols'
                            WHEN p_kind = 'withdraw' THEN 'draft_protocols' END) THEN
    RAISE EXCEPTION 'not decided by this post' USING ERRCODE = 'AR403';
  END IF;
  SELECT * INTO v_version FROM public.protocols_version v WHERE v.id = p_version;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('protocols ' || v_version.code, 0));
  IF p_after <> (SELECT count(*) FROM public.protocols_decision d WHERE d.version_id = p_version) THEN
    RAISE EXCEPTION 'somebody decided meanwhile' USING ERRCODE = 'AR409';
  END IF;
  IF p_kind IN ('review', 'return') AND v_user = v_version.author_id THEN
    RAISE EXCEPTION 'nobody reviews their own text' USING ERRCODE = 'AR403';
  END IF;
  IF p_kind = 'adopt' AND NOT EXISTS (
      SELECT FROM public.protocols_decision d WHERE d.version_id = p_version AND d.kind = 'review'
         AND d.user_id <> coalesce(v_version.author_id, v_user)) THEN
    RAISE EXCEPTION 'a second person reviews the text before it comes into force' USING ERRCODE = 'AR403';
  END IF;
  IF p_kind = 'end' AND NOT EXISTS (
      SELECT FROM public.protocols_decision d WHERE d.version_id = p_version AND d.kind = 'propose_end'
         AND d.user_id <> v_user) THEN
    RAISE EXCEPTION 'a second person confirms the end' USING ERRCODE = 'AR403';
  END IF;
  IF p_kind IN ('adopt', 'propose_end', 'end') AND (p_day IS NULL OR p_day <= v_today) THEN
    RAISE EXCEPTION 'nothing works backwards' USING ERRCODE = 'AR403';
  END IF;
  INSERT INTO public.protocols_decision (id, version_id, place, kind, day, reason, read_acts, at, user_id, post_id)
    VALUES (p_id, p_version, p_after + 1, p_kind, p_day, p_reason, p_read_acts, p_at, v_user, access.post_id());
END $$;
