-- The team's further changes, bars, grants of sealed facets, break-glass.

-- Ends one row of the team. Giving up one's own part needs no leave; a lead hands over instead.
CREATE FUNCTION access.end_member(p_member uuid, p_reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_member public.access_member;
BEGIN
    SELECT * INTO v_member FROM public.access_member m WHERE m.id = p_member AND m.ended_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    ELSIF v_member.part = 'lead' AND NOT access.is_system() THEN
        PERFORM access.require_part(v_member.dossier_id, ARRAY['overseeing']);
    ELSIF NOT (access.may_open(v_member.dossier_id)
               AND (v_member.unit_id = ANY (access.units()) OR v_member.user_id = access.user_id())) THEN
        PERFORM access.require_part(v_member.dossier_id, ARRAY['lead', 'overseeing']);
    END IF;
    UPDATE public.access_member m SET ended_at = access.moment(), reason = p_reason WHERE m.id = p_member;
END $$;

-- The lead goes to another unit: by the lead itself, who gives up its access unless it keeps a lesser part.
CREATE FUNCTION access.hand_over(p_dossier uuid, p_unit integer, p_reason text, p_keep text DEFAULT NULL) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_before integer;
BEGIN
    PERFORM access.require_part(p_dossier, ARRAY['lead', 'overseeing']);
    IF p_keep NOT IN ('partner', 'overseeing', 'informed') THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    PERFORM FROM public.access_dossier d WHERE d.id = p_dossier FOR NO KEY UPDATE;
    SELECT m.unit_id INTO v_before FROM public.access_member m
     WHERE m.dossier_id = p_dossier AND m.part = 'lead' AND m.ended_at IS NULL AND m.unit_id IS NOT NULL LIMIT 1;
    IF v_before = p_unit THEN
        RAISE EXCEPTION 'already so' USING ERRCODE = 'AR409';
    END IF;
    UPDATE public.access_member m SET ended_at = access.moment(), reason = p_reason
     WHERE m.dossier_id = p_dossier AND m.part = 'lead' AND m.ended_at IS NULL;
    IF p_keep IS NOT NULL AND v_before IS NOT NULL THEN
        PERFORM access.put_part(p_dossier, v_before, NULL, p_keep, NULL, p_reason);
    END IF;
    RETURN access.put_part(p_dossier, p_unit, NULL, 'lead', NULL, p_reason);
END $$;

-- The child moved: the lead and the place change together, and the old place's units leave the team.
CREATE FUNCTION access.move_dossier(p_dossier uuid, p_unit integer, p_territory text, p_reason text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_from text; v_id uuid;
BEGIN
    PERFORM access.require_part(p_dossier, ARRAY['lead', 'overseeing']);
    SELECT d.territory_id INTO v_from FROM public.access_dossier d WHERE d.id = p_dossier FOR NO KEY UPDATE;
    v_id := access.hand_over(p_dossier, p_unit, p_reason);
    UPDATE public.access_member m SET ended_at = access.moment(), reason = p_reason
      FROM public.access_unit u
     WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL AND u.id = m.unit_id AND u.territory_id = v_from
       AND m.id <> v_id AND u.territory_id <> p_territory;
    UPDATE public.access_dossier d SET territory_id = p_territory WHERE d.id = p_dossier;
    RETURN v_id;
END $$;

CREATE FUNCTION access.close_dossier(p_dossier uuid, p_closed_at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.require_part(p_dossier, ARRAY['lead', 'overseeing']);
    UPDATE public.access_dossier d SET closed_at = p_closed_at WHERE d.id = p_dossier;
END $$;

-- One sealed facet for one unit or user, for a time. Nobody grants to themselves.
CREATE FUNCTION access.grant_facet(p_dossier uuid, p_unit integer, p_user integer, p_facet smallint,
    p_writes boolean, p_until timestamptz, p_reason text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.require_part(p_dossier, ARRAY['lead']);
    IF p_unit = ANY (access.units()) OR p_user = access.user_id() OR NOT EXISTS (
            SELECT FROM public.access_facet f WHERE f.bit = p_facet AND f.sealed)
       OR p_until IS NULL OR p_until <= access.moment() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    RETURN access.put_member(p_dossier, p_unit, p_user, 'granted', 1::bigint << p_facet,
        CASE WHEN p_writes THEN 1::bigint << p_facet ELSE 0 END, p_until, p_reason);
END $$;

-- Periods end by themselves for reading; this lets the arrays and the lead follow. Returns how many dossiers did.
CREATE FUNCTION access.due_teams(p_limit integer) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    RETURN QUERY SELECT d.id FROM public.access_dossier d WHERE d.access_until <= access.moment()
     ORDER BY d.access_until LIMIT p_limit FOR NO KEY UPDATE SKIP LOCKED;
END $$;
CREATE FUNCTION access.refresh_team(p_dossier uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    PERFORM access.settle_team(p_dossier);
END $$;

-- Bars. Anybody on the team may bar themselves (conflict of interest); others are barred by lead or overseer.
CREATE FUNCTION access.bar(p_dossier uuid, p_user integer, p_body integer, p_reason text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_id uuid;
BEGIN
    IF NOT (p_user IS NOT DISTINCT FROM access.user_id() AND p_user IS NOT NULL AND access.may_open(p_dossier)) THEN
        PERFORM access.require_part(p_dossier, ARRAY['lead', 'overseeing']);
    END IF;
    SELECT b.id INTO v_id FROM public.access_bar b WHERE b.dossier_id = p_dossier AND b.ended_at IS NULL
       AND b.user_id IS NOT DISTINCT FROM p_user AND b.body_id IS NOT DISTINCT FROM p_body;
    IF NOT FOUND THEN
        INSERT INTO public.access_bar (id, dossier_id, user_id, body_id, since, reason)
        VALUES (gen_random_uuid(), p_dossier, p_user, p_body, access.moment(), p_reason) RETURNING id INTO v_id;
    END IF;
    RETURN v_id;
END $$;
CREATE FUNCTION access.lift_bar(p_bar uuid, p_reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_dossier uuid;
BEGIN
    SELECT b.dossier_id INTO v_dossier FROM public.access_bar b WHERE b.id = p_bar AND b.ended_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    PERFORM access.require_part(v_dossier, ARRAY['lead', 'overseeing']);
    UPDATE public.access_bar b SET ended_at = access.moment(), reason = p_reason WHERE b.id = p_bar;
END $$;
-- Who is barred is for those to know who lead or oversee; the barred never see the dossier, so nor this.
CREATE FUNCTION access.bars(p_dossier uuid) RETURNS SETOF public.access_bar
LANGUAGE sql STABLE PARALLEL RESTRICTED ROWS 3 SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT b.* FROM public.access_bar b WHERE b.dossier_id = p_dossier AND b.ended_at IS NULL
       AND ((SELECT access.is_system()) OR access.my_parts(p_dossier) && ARRAY['lead', 'overseeing']);
END;

-- A unit that may watch over a broken glass: not of the user's body, not above the user's unit.
CREATE FUNCTION access.watching_unit(p_territory text) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH RECURSIVE line AS (
        SELECT u.id, u.parent_id FROM public.access_unit u WHERE u.id = (SELECT access.unit_id())
        UNION SELECT p.id, p.parent_id FROM public.access_unit p JOIN line ON line.parent_id = p.id)
    SELECT uf.unit_id FROM public.access_unitfunction uf JOIN public.access_unit u ON u.id = uf.unit_id
      JOIN public.territory_territory t ON t.kato = uf.territory_id
     WHERE uf.function_id IN ('coordination_district', 'coordination_region', 'coordination_nation', 'ombudsperson',
                              'prosecution')
       AND uf.territory_id = ANY (SELECT pg_catalog.unnest(pg_catalog.string_to_array(p.path, '.'))
                                    FROM public.territory_territory p WHERE p.kato = p_territory)
       AND uf.since <= (SELECT access.moment()) AND (uf.until IS NULL OR uf.until > (SELECT access.moment()))
       AND u.body_id <> (SELECT access.body_id()) AND uf.unit_id NOT IN (SELECT line.id FROM line)
     ORDER BY t.level DESC, uf.function_id, uf.unit_id LIMIT 1;
END;

-- One dossier, three hours, never a sealed facet. The application proves a fresh second factor and the right to do so.
CREATE FUNCTION access.break_glass(p_dossier uuid, p_reason text, p_factor_at timestamptz, p_review_due timestamptz,
    p_proof bytea) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_moment timestamptz := access.moment(); v_dossier public.access_dossier; v_id uuid := gen_random_uuid();
BEGIN
    IF access.post_id() IS NULL OR NOT access.proven('break_glass|' || p_dossier || '|' || access.user_id() || '|'
            || p_reason || '|' || (extract(epoch FROM p_factor_at) * 1000000)::bigint || '|'
            || (extract(epoch FROM p_review_due) * 1000000)::bigint || '|' || access.transaction_mark(), p_proof)
       OR p_factor_at < clock_timestamp() - interval '5 minutes' OR p_factor_at > clock_timestamp() + interval '1 minute'
    THEN
        RAISE EXCEPTION 'no proof' USING ERRCODE = 'AR401';
    ELSIF EXISTS (SELECT FROM public.access_glass g WHERE g.user_id = access.user_id() AND g.reviewed_at IS NULL
                     AND g.review_due <= v_moment) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    SELECT * INTO v_dossier FROM public.access_dossier d WHERE d.id = p_dossier AND d.id <> ALL (access.barred());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    INSERT INTO public.access_glass (id, dossier_id, user_id, post_id, reason, opened_at, until, lead_unit_id,
        watching_unit_id, review_due)
    VALUES (v_id, p_dossier, access.user_id(), access.post_id(), p_reason, v_moment, v_moment + interval '3 hours',
        v_dossier.lead_unit_id, access.watching_unit(v_dossier.territory_id), p_review_due);
    PERFORM access.set_context(access.context()
        || jsonb_build_object('glass', (access.glass() || p_dossier)::text));
    RETURN v_id;
END $$;

-- By another person of the unit that led or watched, never of the unit that broke the glass.
CREATE FUNCTION access.review_glass(p_glass uuid, p_justified boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_glass public.access_glass;
BEGIN
    SELECT * INTO v_glass FROM public.access_glass g WHERE g.id = p_glass
       AND (g.lead_unit_id = ANY (access.units()) OR g.watching_unit_id = ANY (access.units()) OR g.user_id = access.user_id())
       AND g.dossier_id <> ALL (access.barred());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    ELSIF v_glass.user_id = access.user_id() OR EXISTS (
            SELECT FROM public.access_post p WHERE p.id = v_glass.post_id AND p.unit_id = access.unit_id()) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    ELSIF v_glass.reviewed_at IS NOT NULL THEN
        RAISE EXCEPTION 'already reviewed' USING ERRCODE = 'AR409';
    END IF;
    UPDATE public.access_glass g SET reviewed_at = access.moment(), reviewed_by_id = access.user_id(),
        justified = p_justified WHERE g.id = p_glass;
END $$;
