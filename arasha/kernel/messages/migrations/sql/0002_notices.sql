-- Notices. Who is told is decided and checked here, so that no caller can learn who is barred from what.

CREATE SCHEMA message;
REVOKE ALL ON SCHEMA message FROM PUBLIC;
GRANT USAGE ON SCHEMA message TO arasha_app, arasha_definer;
GRANT CREATE ON SCHEMA message TO arasha_definer;

ALTER TABLE public.message_notice ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE public.message_reading ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE public.message_mail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY definer_all ON public.message_notice TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.message_reading TO arasha_definer USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON public.message_mail TO arasha_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.message_notice, public.message_reading, public.message_mail
  TO arasha_definer;
GRANT USAGE ON SEQUENCE public.message_reading_id_seq, public.message_mail_id_seq TO arasha_definer;

-- One's own: to me, to the post that I act in, to the unit that I act in. Never about a dossier that I am barred from.
GRANT SELECT ON public.message_notice TO arasha_app;
CREATE POLICY own ON public.message_notice FOR SELECT TO arasha_app USING (
  user_id = (SELECT access.user_id()) OR post_id = (SELECT access.post_id()) OR unit_id = (SELECT access.unit_id()));
CREATE POLICY barred ON public.message_notice AS RESTRICTIVE FOR SELECT TO arasha_app USING (
  dossier IS NULL OR NOT dossier = ANY ((SELECT access.barred())::uuid[]));

-- What I have read is mine alone: not even the head of the unit sees who read what and when.
GRANT SELECT, INSERT ON public.message_reading TO arasha_app;
GRANT USAGE ON SEQUENCE public.message_reading_id_seq TO arasha_app;
CREATE POLICY own ON public.message_reading FOR SELECT TO arasha_app USING (user_id = (SELECT access.user_id()));
CREATE POLICY own_insert ON public.message_reading FOR INSERT TO arasha_app WITH CHECK (
  user_id = (SELECT access.user_id())
  AND EXISTS (SELECT FROM public.message_notice n WHERE n.id = notice_id));

-- Whether a user is barred from a dossier, in whatever post they hold now or held in the last 24 months.
CREATE FUNCTION message.is_barred(p_user integer, p_dossier uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_dossier IS NOT NULL AND EXISTS (
  SELECT FROM public.access_bar b
   WHERE b.dossier_id = p_dossier AND b.ended_at IS NULL
     AND (b.user_id = p_user OR EXISTS (
       SELECT FROM public.access_tenure t
        WHERE t.user_id = p_user AND t.body_id = b.body_id
          AND (t.until IS NULL OR t.until > worktime.now() - interval '24 months'))));

-- Puts a notice down, silently not for a barred person: the answer is the same, so it tells nothing.
CREATE FUNCTION message.put_notice(
  p_id uuid, p_code text, p_link text, p_dossier uuid, p_user integer, p_post integer, p_unit integer, p_at timestamptz
) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM access.context();
  IF p_user IS NOT NULL AND message.is_barred(p_user, p_dossier) THEN
    RETURN;
  END IF;
  INSERT INTO public.message_notice (id, code, link, dossier, user_id, post_id, unit_id, at)
  VALUES (p_id, p_code, p_link, p_dossier, p_user, p_post, p_unit, p_at);
END $$;

-- Who is meant by a notice at this moment: holders of the post or of the unit's posts, or the user; never a barred one.
CREATE FUNCTION message.meant(p_notice uuid) RETURNS SETOF integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT DISTINCT u.id
    FROM public.message_notice n
    JOIN public.access_user u ON u.is_active
   WHERE n.id = p_notice
     AND NOT message.is_barred(u.id, n.dossier)
     AND (u.id = n.user_id OR EXISTS (
       SELECT FROM public.access_post p
        WHERE p.holder_id = u.id AND (p.id = n.post_id OR p.unit_id = n.unit_id)
          AND p.since <= worktime.now() AND (p.until IS NULL OR p.until > worktime.now())));
END;

-- Mail is the worker's work: these three run in the system's context only.
CREATE FUNCTION message.demand_system() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT access.is_system() THEN
    RAISE EXCEPTION 'only the system sends mail' USING ERRCODE = 'AR403';
  END IF;
END $$;

-- Makes one mail row per person meant, once: for one notice, or for all that nobody spread yet.
CREATE FUNCTION message.spread(p_notice uuid DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_notice uuid; v_count integer := 0;
BEGIN
  PERFORM message.demand_system();
  FOR v_notice IN
    SELECT n.id FROM public.message_notice n
     WHERE n.spread_at IS NULL AND (p_notice IS NULL OR n.id = p_notice)
     ORDER BY n.id LIMIT 1000 FOR UPDATE SKIP LOCKED
  LOOP
    INSERT INTO public.message_mail (notice_id, user_id, next_try_at, tries)
    SELECT v_notice, m, clock_timestamp(), 0 FROM message.meant(v_notice) m
    ON CONFLICT (notice_id, user_id) DO NOTHING;
    UPDATE public.message_notice SET spread_at = clock_timestamp() WHERE id = v_notice;
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END $$;

-- Takes everything that is due to one person, and puts the next try into the future before anything is sent:
-- whoever falls while sending has lost nothing, and nobody else takes the same rows meanwhile.
-- What was read meanwhile, or is no longer for this person, is dropped.
CREATE FUNCTION message.claim_mail() RETURNS TABLE (
  mail bigint, notice uuid, code text, address text, language text, person integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE v_user integer; v_now timestamptz := clock_timestamp();
BEGIN
  PERFORM message.demand_system();
  SELECT m.user_id INTO v_user FROM public.message_mail m
   WHERE m.ended_at IS NULL AND m.next_try_at <= v_now
   ORDER BY m.next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH due AS (
    SELECT m.id FROM public.message_mail m
     WHERE m.user_id = v_user AND m.ended_at IS NULL AND m.next_try_at <= v_now
     FOR UPDATE SKIP LOCKED
  ), judged AS (
    UPDATE public.message_mail m
       SET tries = m.tries + 1,
           next_try_at = v_now + least(interval '1 minute' * power(2, least(m.tries, 10)), interval '1 hour'),
           ended_at = CASE WHEN w.reason <> '' THEN v_now END,
           outcome = w.reason
      FROM due
      JOIN public.message_mail x ON x.id = due.id
      JOIN public.access_user u ON u.id = x.user_id
      CROSS JOIN LATERAL (SELECT CASE
        WHEN EXISTS (SELECT FROM public.message_reading r WHERE r.notice_id = x.notice_id AND r.user_id = v_user) THEN 'read'
        WHEN u.email = '' THEN 'no_address'
        WHEN NOT EXISTS (SELECT FROM message.meant(x.notice_id) t WHERE t = v_user) THEN 'not_meant'
        ELSE '' END AS reason) w
     WHERE m.id = due.id
    RETURNING m.id, m.notice_id, m.ended_at, u.email, u.language
  )
  SELECT j.id, j.notice_id, n.code, j.email::text, j.language::text, v_user
    FROM judged j JOIN public.message_notice n ON n.id = j.notice_id
   WHERE j.ended_at IS NULL ORDER BY n.at, n.id;
  IF NOT FOUND THEN  -- all of it was dropped: say so, the caller goes on with the next person
    RETURN QUERY SELECT NULL::bigint, NULL::uuid, NULL::text, NULL::text, NULL::text, v_user;
  END IF;
END $$;

-- Ends what was sent or finally refused.
CREATE FUNCTION message.end_mail(p_mails bigint[], p_outcome text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_count integer;
BEGIN
  PERFORM message.demand_system();
  UPDATE public.message_mail SET ended_at = clock_timestamp(), outcome = p_outcome
   WHERE id = ANY (p_mails) AND ended_at IS NULL;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;

-- How long the oldest mail has waited, for readiness: a figure, no person.
CREATE FUNCTION message.oldest_mail() RETURNS interval
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT pg_catalog.clock_timestamp() - min(n.spread_at)
          FROM public.message_mail m JOIN public.message_notice n ON n.id = m.notice_id WHERE m.ended_at IS NULL);

ALTER FUNCTION message.is_barred(integer, uuid) OWNER TO arasha_definer;
ALTER FUNCTION message.put_notice(uuid, text, text, uuid, integer, integer, integer, timestamptz) OWNER TO arasha_definer;
ALTER FUNCTION message.meant(uuid) OWNER TO arasha_definer;
ALTER FUNCTION message.demand_system() OWNER TO arasha_definer;
ALTER FUNCTION message.spread(uuid) OWNER TO arasha_definer;
ALTER FUNCTION message.claim_mail() OWNER TO arasha_definer;
ALTER FUNCTION message.end_mail(bigint[], text) OWNER TO arasha_definer;
ALTER FUNCTION message.oldest_mail() OWNER TO arasha_definer;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA message FROM PUBLIC;
REVOKE CREATE ON SCHEMA message FROM arasha_definer;
GRANT EXECUTE ON FUNCTION
  message.put_notice(uuid, text, text, uuid, integer, integer, integer, timestamptz),
  message.spread(uuid), message.claim_mail(), message.end_mail(bigint[], text), message.oldest_mail() TO arasha_app;
