-- A service without an account answers a referral over a link. The public's process finds a link by a keyed hash, counts
-- wrong codes, and posts sealed letters; it reads no file. A link that ended leaves no door: it is like one that never was.

GRANT USAGE ON SCHEMA plans TO arasha_public;

-- What was made stands; what comes later are its moments alone.
REVOKE UPDATE ON public.plans_outsidelink FROM arasha_app;
GRANT UPDATE (opened_at, opens, ended_at, ended_why) ON public.plans_outsidelink TO arasha_app;
-- Who knows a file by a referral alone sees no link of another's.
CREATE POLICY own_referral ON public.plans_outsidelink AS RESTRICTIVE FOR SELECT TO arasha_app USING (
    dossier_id <> ALL ((SELECT access.limited())::uuid[])
    OR EXISTS (SELECT FROM public.plans_referral r WHERE r.id = referral_id));

-- Puts the door of a link that who acts has just made. Raises AR403 for anybody else's.
CREATE FUNCTION plans.put_outside(p_link uuid, p_hash bytea, p_proof bytea, p_sealed bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_link public.plans_outsidelink;
BEGIN
    SELECT * INTO v_link FROM public.plans_outsidelink l WHERE l.id = p_link AND l.ended_at IS NULL;
    IF NOT FOUND OR NOT access.may_write(v_link.dossier_id, 6::smallint) OR v_link.user_id <> access.user_id() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    INSERT INTO public.plans_outsidedoor (hash, link_id, proof, sealed, tries, expires_at)
    VALUES (p_hash, p_link, p_proof, p_sealed, 0, v_link.expires_at);
END $$;

-- Takes the door of a link away: whoever may write the plan, or the clock.
CREATE FUNCTION plans.close_outside(p_link uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_dossier uuid;
BEGIN
    SELECT l.dossier_id INTO v_dossier FROM public.plans_outsidelink l WHERE l.id = p_link;
    IF NOT FOUND OR NOT (access.is_system() OR access.may_write(v_dossier, 6::smallint)) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    DELETE FROM public.plans_outsidedoor d WHERE d.link_id = p_link;
END $$;

-- Opens a link with its code: what it shows, sealed, how the place stands, and whether an answer waits to be taken in.
-- The row is held while a code is tried, so that tries at the same moment are counted one after the other; the fifth
-- wrong one takes the door away.
CREATE FUNCTION plans.open_outside(p_hash bytea, p_proof bytea, p_first boolean)
RETURNS TABLE (sealed bytea, state text, booked_on date, waits boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_door public.plans_outsidedoor;
    v_state text;
    v_booked date;
BEGIN
    SELECT * INTO v_door FROM public.plans_outsidedoor d
     WHERE d.hash = p_hash AND d.expires_at > worktime.now() FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF v_door.proof <> p_proof THEN
        IF v_door.tries >= 4 THEN
            DELETE FROM public.plans_outsidedoor d WHERE d.hash = p_hash;
            INSERT INTO public.plans_outsideletter (id, link_id, kind, version, sealed, came_at, tries, due_at)
            VALUES (gen_random_uuid(), v_door.link_id, 'wrong', 0, '', worktime.now(), 0, worktime.now());
        ELSE
            UPDATE public.plans_outsidedoor d SET tries = d.tries + 1 WHERE d.hash = p_hash;
        END IF;
        RETURN;
    END IF;
    -- A body that was barred from the file meanwhile finds what anybody finds who has no link.
    SELECT p.state, p.booked_on INTO v_state, v_booked
      FROM public.plans_outsidelink l JOIN public.plans_referral r ON r.id = l.referral_id
      JOIN public.plans_serviceplace p ON p.id = r.place_id
      JOIN public.services_offering o ON o.id = p.offering_id JOIN public.services_site s ON s.id = o.site_id
      JOIN public.services_provider v ON v.id = s.provider_id
     WHERE l.id = v_door.link_id AND l.ended_at IS NULL
       AND NOT EXISTS (SELECT FROM public.access_bar b
                        WHERE b.dossier_id = l.dossier_id AND b.body_id = v.body_id AND b.ended_at IS NULL);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF p_first THEN
        INSERT INTO public.plans_outsideletter (id, link_id, kind, version, sealed, came_at, tries, due_at)
        VALUES (gen_random_uuid(), v_door.link_id, 'opened', 0, '', worktime.now(), 0, worktime.now());
    END IF;
    RETURN QUERY SELECT v_door.sealed, v_state, v_booked,
        EXISTS (SELECT FROM public.plans_outsideletter o WHERE o.link_id = v_door.link_id AND o.kind = 'answer');
END $$;

-- Takes in one sealed answer; sent twice with one id it is one. One at a time: the next waits until it is taken in.
-- `p_last`: the link ends with it.
CREATE FUNCTION plans.answer_outside(p_hash bytea, p_proof bytea, p_letter uuid, p_version integer, p_sealed bytea,
  p_last boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_link uuid;
BEGIN
    SELECT d.link_id INTO v_link FROM public.plans_outsidedoor d
     WHERE d.hash = p_hash AND d.proof = p_proof AND d.expires_at > worktime.now() FOR UPDATE;
    IF NOT FOUND OR octet_length(p_sealed) > 20000 THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT FROM public.plans_outsideletter o WHERE o.id = p_letter AND o.link_id = v_link) THEN
        RETURN true;
    END IF;
    IF EXISTS (SELECT FROM public.plans_outsideletter o WHERE o.link_id = v_link AND o.kind = 'answer') THEN
        RETURN false;
    END IF;
    INSERT INTO public.plans_outsideletter (id, link_id, kind, version, sealed, came_at, tries, due_at)
    VALUES (p_letter, v_link, 'answer', p_version, p_sealed, worktime.now(), 0, worktime.now());
    IF p_last THEN
        DELETE FROM public.plans_outsidedoor d WHERE d.hash = p_hash;
    END IF;
    RETURN true;
END $$;

-- The worker's side.
CREATE FUNCTION plans.demand_outside() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() OR access.purpose() <> 'watch_places' THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
END $$;

CREATE FUNCTION plans.take_outside(p_limit integer)
RETURNS TABLE (id uuid, link uuid, kind text, version smallint, sealed bytea, came_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM plans.demand_outside();
    RETURN QUERY
    SELECT o.id, o.link_id, o.kind::text, o.version::smallint, o.sealed, o.came_at FROM public.plans_outsideletter o
     WHERE o.due_at <= worktime.now() ORDER BY o.tries, o.came_at, o.kind DESC, o.id LIMIT p_limit
       FOR UPDATE SKIP LOCKED;
END $$;

CREATE FUNCTION plans.outside_done(p_letter uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM plans.demand_outside();
    DELETE FROM public.plans_outsideletter o WHERE o.id = p_letter;
END $$;

-- What could not be taken in now is tried again, later each time, and never given up.
CREATE FUNCTION plans.outside_left(p_letter uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM plans.demand_outside();
    UPDATE public.plans_outsideletter o
       SET tries = least(o.tries + 1, 1000),
           due_at = worktime.now() + least(interval '10 seconds' * 2 ^ least(o.tries, 10), interval '1 hour')
     WHERE o.id = p_letter;
END $$;
