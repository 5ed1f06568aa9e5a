-- What children say of services. The public's process may open a slip, post two letters and read what everybody reads.

CREATE SCHEMA participation;
REVOKE ALL ON SCHEMA participation FROM PUBLIC;
GRANT USAGE ON SCHEMA participation TO arasha_app, arasha_public;

-- What lies under a number, sealed under the number itself. Nothing changes when it is used, so that whoever gave it
-- can't try afterwards whether it was.
CREATE FUNCTION participation.find_slip(p_hash bytea, p_periods text[]) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT s.sealed FROM public.participation_slip s WHERE s.hash = p_hash AND s.period = ANY (p_periods));

-- Takes in two letters of always the same sizes: the closed answers, once for each number, and words, empty ones too.
-- The slip's row is neither written nor locked: either would carry the number of the transaction.
CREATE FUNCTION participation.post_feedback(p_hash bytea, p_periods text[], p_answers_id uuid, p_version integer,
  p_answers bytea, p_words_id uuid, p_words bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_period text;
BEGIN
    SELECT s.period INTO v_period FROM public.participation_slip s WHERE s.hash = p_hash AND s.period = ANY (p_periods);
    IF NOT FOUND OR octet_length(p_answers) > 2000 OR octet_length(p_words) > 20000 THEN
        RETURN false;
    END IF;
    INSERT INTO public.participation_letter (id, kind, period, version, sealed, tries, due_at)
    VALUES (p_answers_id, 'answers', v_period, p_version, p_answers, 0, '2000-01-01 00:00+00'),
           (p_words_id, 'words', v_period, p_version, p_words, 0, '2000-01-01 00:00+00')
    ON CONFLICT DO NOTHING;
    RETURN true;
END $$;

-- What everybody may read of an offering: the half-years that were told, with the provider's answer. Of a protected one
-- those of the service in its region, which name no site and no provider; nobody answers them.
CREATE FUNCTION participation.told(p_offering uuid)
RETURNS TABLE (round uuid, period text, invited integer, answers integer, figures jsonb, words text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT r.id, r.period::text, r.invited, r.answers, r.figures, a.words
      FROM public.services_offering o JOIN public.services_site s ON s.id = o.site_id
      JOIN public.participation_round r ON r.outcome = 'told' AND (
        NOT o.protected AND r.offering_id = o.id
        OR o.protected AND r.offering_id IS NULL AND r.service = o.service AND r.place_id = s.territory_id)
      LEFT JOIN public.participation_reply a ON a.round_id = r.id
     WHERE o.id = p_offering ORDER BY r.period DESC LIMIT 10;
END;

-- A slip for a file that who acts may plan in.
CREATE FUNCTION participation.put_slip(p_dossier uuid, p_hash bytea, p_period text, p_sealed bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.may_write(p_dossier, 6::smallint) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    INSERT INTO public.participation_slip (hash, period, sealed) VALUES (p_hash, p_period, p_sealed)
    ON CONFLICT DO NOTHING;
END $$;

-- The worker's side.
CREATE FUNCTION participation.demand_letters() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() OR access.purpose() <> 'letters' THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
END $$;

CREATE FUNCTION participation.take_words(p_limit integer)
RETURNS TABLE (id uuid, period text, version smallint, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM participation.demand_letters();
    RETURN QUERY
    SELECT l.id, l.period::text, l.version::smallint, l.sealed FROM public.participation_letter l
     WHERE l.kind = 'words' AND l.due_at <= worktime.now()
     ORDER BY l.tries, l.id LIMIT p_limit FOR UPDATE SKIP LOCKED;
END $$;

CREATE FUNCTION participation.letter_done(p_letter uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM participation.demand_letters();
    DELETE FROM public.participation_letter l WHERE l.id = p_letter AND l.kind = 'words';
END $$;

-- Words that could not be opened now are tried again, later each time, and never given up.
CREATE FUNCTION participation.letter_left(p_letter uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM participation.demand_letters();
    UPDATE public.participation_letter l
       SET tries = least(l.tries + 1, 1000),
           due_at = worktime.now() + least(interval '10 seconds' * 2 ^ least(l.tries, 10), interval '1 hour')
     WHERE l.id = p_letter;
END $$;

-- Which half-years have slips or answers, but for those in which somebody may still answer.
CREATE FUNCTION participation.waiting_periods(p_open text[]) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM participation.demand_letters();
    RETURN QUERY
    SELECT s.period::text FROM public.participation_slip s WHERE s.period <> ALL (p_open)
    UNION SELECT l.period::text FROM public.participation_letter l
           WHERE l.kind = 'answers' AND l.period <> ALL (p_open);
END $$;

CREATE FUNCTION participation.take_answers(p_period text) RETURNS TABLE (id uuid, version smallint, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM participation.demand_letters();
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('participation:' || p_period, 0));
    RETURN QUERY
    SELECT l.id, l.version::smallint, l.sealed FROM public.participation_letter l
     WHERE l.kind = 'answers' AND l.period = p_period;
END $$;

-- A half-year is counted: its answers and its numbers go. Words that wait stay until they are opened.
CREATE FUNCTION participation.end_period(p_period text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM participation.demand_letters();
    DELETE FROM public.participation_slip s WHERE s.period = p_period;
    DELETE FROM public.participation_letter l WHERE l.kind = 'answers' AND l.period = p_period;
END $$;

-- The provider answers what was told of its own offering, once, and nobody else does.
CREATE FUNCTION participation.may_reply(p_round uuid, p_offering uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (
  SELECT FROM public.participation_round r JOIN public.services_offering o ON o.id = r.offering_id
   WHERE r.id = p_round AND o.id = p_offering AND r.outcome = 'told' AND services.works_at(o.site_id));

GRANT SELECT, INSERT ON public.participation_reply TO arasha_app;
GRANT SELECT ON public.participation_reply TO arasha_backup;
CREATE POLICY acting_reads ON public.participation_reply FOR SELECT TO arasha_app
  USING ((SELECT access.context()) IS NOT NULL);
CREATE POLICY provider_inserts ON public.participation_reply FOR INSERT TO arasha_app
  WITH CHECK (participation.may_reply(round_id, offering_id) AND unit_id = (SELECT access.unit_id()));

-- What was told once stays, whoever would change it.
CREATE FUNCTION participation.keep_told() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'what was told stays' USING ERRCODE = 'AR409';
END $$;
REVOKE ALL ON FUNCTION participation.keep_told() FROM PUBLIC;
CREATE TRIGGER told_stays BEFORE UPDATE OR DELETE ON public.participation_round FOR EACH ROW
  WHEN (OLD.outcome <> '') EXECUTE FUNCTION participation.keep_told();
CREATE TRIGGER told_stays BEFORE UPDATE OR DELETE ON public.participation_reply FOR EACH ROW
  EXECUTE FUNCTION participation.keep_told();

-- A round is the worker's alone, and so is what a child wrote: who leads one reads it and decides on words, and forges
-- neither. An invitation never changes.
DROP POLICY team_inserts ON public.participation_round;
DROP POLICY team_updates ON public.participation_round;
DROP POLICY team_inserts ON public.participation_text;
CREATE POLICY worker_inserts ON public.participation_round FOR INSERT TO arasha_app
  WITH CHECK ((SELECT access.is_system()));
CREATE POLICY worker_updates ON public.participation_round FOR UPDATE TO arasha_app
  USING ((SELECT access.is_system())) WITH CHECK ((SELECT access.is_system()));
CREATE POLICY worker_inserts ON public.participation_text FOR INSERT TO arasha_app
  WITH CHECK ((SELECT access.is_system()));
DROP POLICY team_updates ON public.participation_invitation;
REVOKE UPDATE ON public.participation_invitation FROM arasha_app;
