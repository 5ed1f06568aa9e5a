-- Sign-in: the library's tables and ours. Only the sign-in pages (purpose sign_in) and oneself reach second factors.

CREATE SCHEMA administration;
REVOKE ALL ON SCHEMA administration FROM PUBLIC;
GRANT USAGE ON SCHEMA administration TO arasha_app, arasha_definer;
GRANT CREATE ON SCHEMA administration TO arasha_definer;

-- The library looks for further addresses of a person; there are none.
GRANT SELECT ON public.account_emailaddress TO arasha_app;

ALTER TABLE public.mfa_authenticator ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.mfa_authenticator TO arasha_app, arasha_definer;
GRANT USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO arasha_app, arasha_definer;
CREATE POLICY definer_all ON public.mfa_authenticator TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY own ON public.mfa_authenticator TO arasha_app
  USING (user_id = (SELECT access.user_id()) OR (SELECT access.purpose()) = 'sign_in')
  WITH CHECK (user_id = (SELECT access.user_id()) OR (SELECT access.purpose()) = 'sign_in');

ALTER TABLE public.administration_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON public.administration_link TO arasha_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.administration_link TO arasha_definer;
CREATE POLICY definer_all ON public.administration_link TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY sign_in ON public.administration_link TO arasha_app
  USING ((SELECT access.purpose()) = 'sign_in') WITH CHECK ((SELECT access.purpose()) = 'sign_in');

-- Personas are no secret where they exist, and exist only where nothing is real.
GRANT SELECT ON public.administration_persona TO arasha_app;
GRANT INSERT ON public.administration_persona TO arasha_app;
ALTER TABLE public.administration_persona ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY definer_all ON public.administration_persona TO arasha_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.administration_persona TO arasha_definer;
CREATE POLICY sign_in ON public.administration_persona TO arasha_app
  USING ((SELECT access.purpose()) = 'sign_in')
  WITH CHECK ((SELECT access.purpose()) = 'sign_in'
    AND (SELECT i.kind FROM public.worktime_instance i) IN ('training', 'demonstration'));

-- An administrator asks for a link about one of their accounts; the code is made by the worker that sends it.
CREATE FUNCTION administration.ask_link(p_id uuid, p_kind text, p_user integer, p_lasts interval) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_kind NOT IN ('invitation', 'factor') OR p_user = access.user_id()
     OR NOT EXISTS (SELECT FROM access.accounts() a WHERE a.id = p_user AND a.is_active)
     OR (p_kind = 'invitation') <> (SELECT u.password = '!' FROM public.access_user u WHERE u.id = p_user) THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  END IF;
  -- An earlier link that was not used is void from now on.
  UPDATE public.administration_link SET expires_at = clock_timestamp()
   WHERE user_id = p_user AND used_at IS NULL AND expires_at > clock_timestamp();
  INSERT INTO public.administration_link (id, kind, user_id, made_at, expires_at)
  VALUES (p_id, p_kind, p_user, clock_timestamp(), clock_timestamp() + p_lasts);
END $$;

-- Where no mail server is, the one who asked reads the link on the screen, once.
CREATE FUNCTION administration.set_code(p_id uuid, p_hash bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_user integer;
BEGIN
  SELECT l.user_id INTO v_user FROM public.administration_link l WHERE l.id = p_id;
  IF v_user = access.user_id()
     OR NOT EXISTS (SELECT FROM access.accounts() a WHERE a.id = v_user AND a.is_active) THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  END IF;
  UPDATE public.administration_link SET code_hash = p_hash
   WHERE id = p_id AND code_hash IS NULL AND used_at IS NULL AND expires_at > clock_timestamp();
  RETURN FOUND;
END $$;

-- Which of one's accounts still wait for their invitation to be used.
CREATE FUNCTION administration.waiting() RETURNS SETOF integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT a.id FROM access.accounts() a JOIN public.access_user u ON u.id = a.id WHERE u.password = '!';
END;

-- One's own sessions, by a mark that opens nothing.
CREATE FUNCTION administration.my_sessions() RETURNS TABLE (mark text, started_at timestamptz, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT left(encode(sha256(s.token_hash), 'hex'), 16), s.started_at, s.expires_at FROM public.access_session s
   WHERE s.user_id = (SELECT access.user_id()) AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
   ORDER BY s.started_at DESC;
END;
CREATE FUNCTION administration.end_my_session(p_mark text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.access_session s SET ended_at = clock_timestamp()
   WHERE s.user_id = access.user_id() AND s.ended_at IS NULL
     AND left(encode(sha256(s.token_hash), 'hex'), 16) = p_mark;
  RETURN FOUND;
END $$;

-- Rate limits are shared between processes: the framework's cache table. Keys are hashes, values are moments.
CREATE UNLOGGED TABLE public.administration_cache (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX administration_cache_expires ON public.administration_cache (expires);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.administration_cache TO arasha_app;

ALTER FUNCTION administration.ask_link(uuid, text, integer, interval) OWNER TO arasha_definer;
ALTER FUNCTION administration.set_code(uuid, bytea) OWNER TO arasha_definer;
ALTER FUNCTION administration.waiting() OWNER TO arasha_definer;
ALTER FUNCTION administration.my_sessions() OWNER TO arasha_definer;
ALTER FUNCTION administration.end_my_session(text) OWNER TO arasha_definer;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA administration FROM PUBLIC;
REVOKE CREATE ON SCHEMA administration FROM arasha_definer;
GRANT EXECUTE ON FUNCTION administration.ask_link(uuid, text, integer, interval),
  administration.set_code(uuid, bytea), administration.waiting(), administration.my_sessions(), administration.end_my_session(text) TO arasha_app;
