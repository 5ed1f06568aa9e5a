-- Two persons: what one administrator proposes takes effect when another confirms. Rows are written here only.

CREATE POLICY concerned_reads ON public.administration_proposal FOR SELECT TO arasha_app USING (
  (SELECT access.is_system()) OR proposed_by_id = (SELECT access.user_id()) OR access.administers(place_id));
GRANT SELECT ON public.administration_proposal TO arasha_app;

-- Gives a unit a sensitive function: for the time being only proposed.
CREATE FUNCTION administration.propose_function(p_id uuid, p_unit integer, p_function text, p_territory text,
  p_since timestamptz, p_until timestamptz, p_lasts interval) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_place text := access.unit_territory(p_unit); v_moment timestamptz := access.moment();
BEGIN
  IF v_place IS NULL OR NOT access.administers(v_place) OR NOT access.administers(p_territory) THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  ELSIF access.user_id() IS NULL OR NOT access.is_elsewhere(p_unit) THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('administration.unit ' || p_unit, 0));
  IF EXISTS (SELECT FROM public.access_unitfunction uf
              WHERE uf.unit_id = p_unit AND uf.function_id = p_function AND uf.territory_id = p_territory
                AND (uf.until IS NULL OR uf.until > p_since))
     OR EXISTS (SELECT FROM public.administration_proposal p
              WHERE p.kind = 'give_function' AND p.state = 'pending' AND p.expires_at > v_moment
                AND p.unit_id = p_unit AND p.function_id = p_function AND p.territory_id = p_territory) THEN
    RAISE EXCEPTION 'already so' USING ERRCODE = 'AR409';
  END IF;
  INSERT INTO public.administration_proposal (id, kind, state, place_id, unit_id, function_id, territory_id, since, until,
    proposed_by_id, proposed_at, expires_at)
  VALUES (p_id, 'give_function', 'pending', v_place, p_unit, p_function, p_territory, p_since, p_until,
    access.user_id(), v_moment, v_moment + p_lasts);
END $$;

-- Seats somebody: proposed when the post is sensitive, else planned for its day.
CREATE FUNCTION administration.propose_seat(p_id uuid, p_post integer, p_user integer, p_since timestamptz,
  p_until timestamptz, p_lasts interval) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_post record; v_state text; v_moment timestamptz := access.moment();
BEGIN
  SELECT p.unit_id, p.holder_id, p.until, u.territory_id AS place INTO v_post
    FROM public.access_post p JOIN public.access_unit u ON u.id = p.unit_id WHERE p.id = p_post FOR UPDATE OF p;
  IF NOT FOUND OR NOT access.administers(v_post.place) THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  ELSIF access.user_id() IS NULL OR p_user = access.user_id() OR NOT access.is_elsewhere(v_post.unit_id)
        OR NOT access.is_my_account(p_user) THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  ELSIF v_post.holder_id <> p_user AND (v_post.until IS NULL OR v_post.until > p_since)
        OR EXISTS (SELECT FROM public.administration_proposal p WHERE p.post_id = p_post AND p.kind = 'seat'
              AND (p.state = 'planned' OR p.state = 'pending' AND p.expires_at > v_moment)) THEN
    RAISE EXCEPTION 'already so' USING ERRCODE = 'AR409';
  END IF;
  v_state := CASE WHEN access.is_sensitive_post(p_post) THEN 'pending' ELSE 'planned' END;
  INSERT INTO public.administration_proposal (id, kind, state, place_id, unit_id, post_id, user_id, since, until,
    proposed_by_id, proposed_at, expires_at)
  VALUES (p_id, 'seat', v_state, v_post.place, v_post.unit_id, p_post, p_user, p_since, p_until,
    access.user_id(), v_moment, v_moment + p_lasts);
  RETURN v_state;
END $$;

-- Whether somebody holds a post that administers, anywhere: a proposal of one who no longer does is worth nothing.
CREATE FUNCTION administration.is_administrator(p_user integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.access_user a JOIN public.access_post p ON p.holder_id = a.id
    JOIN public.access_unitfunction uf ON uf.unit_id = p.unit_id AND uf.function_id = 'administration'
   WHERE a.id = p_user AND a.is_active AND (p.functions IS NULL OR 'administration' = ANY (p.functions))
     AND p.since <= worktime.now() AND (p.until IS NULL OR p.until > worktime.now())
     AND uf.since <= worktime.now() AND (uf.until IS NULL OR uf.until > worktime.now()));

-- Puts a seat that was agreed into effect. Returns whether it could be done.
CREATE FUNCTION administration.carry_out_seat(p_proposal public.administration_proposal) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_post record; v_open boolean;
BEGIN
  SELECT p.holder_id, p.until INTO v_post FROM public.access_post p WHERE p.id = p_proposal.post_id FOR UPDATE;
  SELECT a.is_active INTO v_open FROM public.access_user a WHERE a.id = p_proposal.user_id;
  IF NOT v_open OR p_proposal.until <= worktime.now() OR v_post.holder_id <> p_proposal.user_id
     AND (v_post.until IS NULL OR v_post.until > worktime.now()) THEN
    RETURN false;
  END IF;
  PERFORM access.put_holder(p_proposal.post_id, p_proposal.user_id, p_proposal.until);
  RETURN true;
END $$;

-- The pending proposal, for who may decide on it: another administrator of the place, not concerned themselves.
CREATE FUNCTION administration.to_decide(p_id uuid) RETURNS public.administration_proposal
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_proposal public.administration_proposal;
BEGIN
  SELECT * INTO v_proposal FROM public.administration_proposal p WHERE p.id = p_id FOR UPDATE;
  IF NOT FOUND OR NOT (access.administers(v_proposal.place_id) OR v_proposal.proposed_by_id = access.user_id()) THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  ELSIF access.user_id() IS NULL OR v_proposal.proposed_by_id = access.user_id()
        OR v_proposal.user_id = access.user_id() OR NOT access.is_elsewhere(v_proposal.unit_id) THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  ELSIF v_proposal.state <> 'pending' OR v_proposal.expires_at <= access.moment() THEN
    RAISE EXCEPTION 'decided or expired' USING ERRCODE = 'AR409';
  END IF;
  RETURN v_proposal;
END $$;

CREATE FUNCTION administration.confirm(p_id uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_proposal public.administration_proposal := administration.to_decide(p_id); v_state text := 'done';
  v_moment timestamptz := access.moment();
BEGIN
  IF NOT administration.is_administrator(v_proposal.proposed_by_id) THEN
    v_state := 'failed';
  ELSIF v_proposal.kind = 'give_function' THEN
    IF v_proposal.until <= v_moment THEN
      v_state := 'failed';
    ELSE
      INSERT INTO public.access_unitfunction (unit_id, function_id, territory_id, since, until)
      VALUES (v_proposal.unit_id, v_proposal.function_id, v_proposal.territory_id,
        greatest(v_proposal.since, v_moment), v_proposal.until);
    END IF;
  ELSIF v_proposal.kind = 'seat' THEN
    IF v_proposal.since > v_moment THEN
      v_state := 'planned';
    ELSIF NOT administration.carry_out_seat(v_proposal) THEN
      v_state := 'failed';
    END IF;
  ELSE
    RAISE EXCEPTION 'no such proposal' USING ERRCODE = 'AR403';
  END IF;
  UPDATE public.administration_proposal p SET state = v_state, decided_by_id = access.user_id(), decided_at = v_moment
   WHERE p.id = p_id;
  RETURN v_state;
END $$;

CREATE FUNCTION administration.refuse(p_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM administration.to_decide(p_id);
  UPDATE public.administration_proposal p
     SET state = 'refused', decided_by_id = access.user_id(), decided_at = access.moment() WHERE p.id = p_id;
END $$;

-- The proposer takes it back, as long as it has no effect; a planned seat may be called off by any administrator.
CREATE FUNCTION administration.withdraw(p_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_proposal public.administration_proposal;
BEGIN
  SELECT * INTO v_proposal FROM public.administration_proposal p WHERE p.id = p_id FOR UPDATE;
  IF NOT FOUND OR NOT (access.administers(v_proposal.place_id) OR v_proposal.proposed_by_id = access.user_id()) THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  ELSIF v_proposal.state NOT IN ('pending', 'planned') THEN
    RAISE EXCEPTION 'decided' USING ERRCODE = 'AR409';
  ELSIF v_proposal.proposed_by_id <> access.user_id() AND v_proposal.state <> 'planned' THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  END IF;
  UPDATE public.administration_proposal p
     SET state = 'withdrawn', decided_by_id = access.user_id(), decided_at = access.moment() WHERE p.id = p_id;
END $$;

-- What the clock does: proposals that nobody confirmed expire, planned seats begin on their day.
CREATE FUNCTION administration.settle(p_id uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_proposal public.administration_proposal; v_state text;
BEGIN
  IF NOT access.is_system() THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  END IF;
  SELECT * INTO v_proposal FROM public.administration_proposal p WHERE p.id = p_id FOR UPDATE;
  v_state := CASE
    WHEN v_proposal.state = 'pending' AND v_proposal.expires_at <= access.moment() THEN 'expired'
    WHEN v_proposal.state = 'planned' AND v_proposal.since <= access.moment() THEN
      CASE WHEN administration.carry_out_seat(v_proposal) THEN 'done' ELSE 'failed' END
    ELSE v_proposal.state END;
  UPDATE public.administration_proposal p SET state = v_state WHERE p.id = p_id AND p.state <> v_state;
  RETURN v_state;
END $$;

-- Who sat, sits or is to sit where: for who administers the unit's place.
CREATE FUNCTION administration.tenures(p_unit integer) RETURNS TABLE (post_id integer, user_id integer, name text,
  since timestamptz, until timestamptz)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT t.post_id, t.user_id, u.name, t.since, t.until
    FROM public.access_post p JOIN public.access_tenure t ON t.post_id = p.id JOIN public.access_user u ON u.id = t.user_id
   WHERE p.unit_id = p_unit AND access.administers(access.unit_territory(p_unit))
   ORDER BY t.since DESC, t.id DESC;
END;

-- How many files a unit leads that are not closed: a number for who ends the unit, never which.
CREATE FUNCTION administration.led_files(p_unit integer) RETURNS bigint
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT pg_catalog.count(*) FROM public.access_dossier d
    WHERE d.lead_unit_id = p_unit AND d.closed_at IS NULL AND access.administers(access.unit_territory(p_unit)));

GRANT USAGE ON SEQUENCE public.access_unitfunction_id_seq TO arasha_definer;
