-- Structure by two persons: a proposal holds steps (`administration.rules.structure`), each about a body or unit by its
-- code, and its second person carries out all of them or none.

-- Whether who is acting may have a hand in each step: their territory, and never their own unit or body.
CREATE FUNCTION administration.check_steps(p_steps jsonb) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_step jsonb; v_code text; v_unit record; v_body record; v_own text; v_own_body text;
BEGIN
  SELECT u.code, b.code INTO v_own, v_own_body FROM public.access_unit u JOIN public.access_body b ON b.id = u.body_id
   WHERE u.id = access.unit_id();
  FOR v_step IN SELECT s FROM jsonb_array_elements(p_steps) s LOOP
    IF v_step -> 'set' ? 'territory_id' AND NOT access.administers(v_step -> 'set' ->> 'territory_id') THEN
      RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    FOREACH v_code IN ARRAY ARRAY[v_step ->> 'unit', v_step ->> 'successor'] LOOP
      SELECT u.territory_id INTO v_unit FROM public.access_unit u WHERE u.code = v_code;
      IF FOUND AND NOT access.administers(v_unit.territory_id) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
      END IF;
    END LOOP;
    SELECT b.territory_id INTO v_body FROM public.access_body b WHERE b.code = v_step ->> 'body';
    IF FOUND AND NOT access.administers(v_body.territory_id) THEN
      RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    IF v_own IN (v_step ->> 'unit', v_step ->> 'successor', v_step -> 'set' ->> 'parent')
       OR v_step ->> 'do' = 'change_body' AND v_step ->> 'body' = v_own_body THEN
      RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION administration.unit_of(p_code text) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_id integer;
BEGIN
  SELECT u.id INTO v_id FROM public.access_unit u WHERE u.code = p_code;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such unit' USING ERRCODE = 'AR409';
  END IF;
  RETURN v_id;
END $$;

-- A unit ends on a day: its seats and functions with it. Who takes over gets the functions and the units below.
CREATE FUNCTION administration.end_unit(p_unit integer, p_on date, p_successor integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_moment timestamptz := greatest(p_on::timestamp AT TIME ZONE 'Asia/Almaty', access.moment());
BEGIN
  IF administration.led_files(p_unit) > 0 THEN
    RAISE EXCEPTION 'files rest on it' USING ERRCODE = 'AR409';
  END IF;
  INSERT INTO public.access_unitfunction (unit_id, function_id, territory_id, since, until)
  SELECT p_successor, uf.function_id, uf.territory_id, greatest(uf.since, v_moment), uf.until
    FROM public.access_unitfunction uf
   WHERE p_successor IS NOT NULL AND uf.unit_id = p_unit AND (uf.until IS NULL OR uf.until > greatest(uf.since, v_moment))
     AND NOT EXISTS (SELECT FROM public.access_unitfunction o WHERE o.unit_id = p_successor
       AND o.function_id = uf.function_id AND o.territory_id = uf.territory_id AND (o.until IS NULL OR o.until > v_moment));
  UPDATE public.access_unitfunction uf SET until = greatest(v_moment, uf.since + interval '1 microsecond')
   WHERE uf.unit_id = p_unit AND (uf.until IS NULL OR uf.until > v_moment);
  UPDATE public.access_post p SET until = greatest(v_moment, p.since + interval '1 microsecond')
   WHERE p.unit_id = p_unit AND p.holder_id IS NOT NULL AND (p.until IS NULL OR p.until > v_moment);
  UPDATE public.access_unit u SET parent_id = coalesce(p_successor,
      (SELECT e.parent_id FROM public.access_unit e WHERE e.id = p_unit))
   WHERE u.parent_id = p_unit AND u.id IS DISTINCT FROM p_successor AND (u.valid_to IS NULL OR u.valid_to > p_on);
  UPDATE public.access_unit u SET parent_id = (SELECT e.parent_id FROM public.access_unit e WHERE e.id = p_unit)
   WHERE u.id = p_successor AND u.parent_id = p_unit;
  UPDATE public.access_unit u SET valid_to = p_on WHERE u.id = p_unit AND u.valid_to IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'it had ended' USING ERRCODE = 'AR409';
  END IF;
END $$;

-- Carries out one step; what no longer fits raises AR409 or a constraint.
CREATE FUNCTION administration.carry_out_step(p_step jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_set jsonb := p_step -> 'set'; v_parent integer; v_count integer := 1;
BEGIN
  IF v_set ->> 'parent' IS NOT NULL THEN
    v_parent := administration.unit_of(v_set ->> 'parent');
  END IF;
  CASE p_step ->> 'do'
  WHEN 'add_body' THEN
    INSERT INTO public.access_body (code, name_kk, name_ru, name_en, sector, kind, territory_id, protected, valid_from)
    SELECT p_step ->> 'body', r.name_kk, r.name_ru, r.name_en, r.sector, r.kind, r.territory_id,
        coalesce(r.protected, false), r.valid_from FROM jsonb_populate_record(NULL::public.access_body, v_set) r;
  WHEN 'change_body' THEN
    UPDATE public.access_body b SET (name_kk, name_ru, name_en, sector, kind, territory_id, protected) =
      (SELECT r.name_kk, r.name_ru, r.name_en, r.sector, r.kind, r.territory_id, r.protected
         FROM jsonb_populate_record(b, v_set) r) WHERE b.code = p_step ->> 'body';
    GET DIAGNOSTICS v_count = ROW_COUNT;
  WHEN 'add_unit' THEN
    INSERT INTO public.access_unit (body_id, code, name_kk, name_ru, name_en, territory_id, parent_id, around_the_clock,
        opens, closes, phone, valid_from)
    SELECT b.id, p_step ->> 'unit', r.name_kk, r.name_ru, r.name_en, r.territory_id, v_parent,
        coalesce(r.around_the_clock, false), r.opens, r.closes, r.phone, r.valid_from
      FROM public.access_body b, jsonb_populate_record(NULL::public.access_unit, v_set) r WHERE b.code = p_step ->> 'body';
    GET DIAGNOSTICS v_count = ROW_COUNT;
  WHEN 'change_unit' THEN
    UPDATE public.access_unit u
       SET (name_kk, name_ru, name_en, territory_id, parent_id, around_the_clock, opens, closes, phone) =
      (SELECT r.name_kk, r.name_ru, r.name_en, r.territory_id, CASE WHEN v_set ? 'parent' THEN v_parent ELSE r.parent_id END,
          r.around_the_clock, r.opens, r.closes, r.phone FROM jsonb_populate_record(u, v_set) r)
     WHERE u.code = p_step ->> 'unit' AND u.valid_to IS NULL;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF EXISTS (WITH RECURSIVE line AS (
        SELECT u.id, u.parent_id, 0 AS height FROM public.access_unit u WHERE u.code = p_step ->> 'unit'
        UNION ALL SELECT u.id, u.parent_id, l.height + 1 FROM line l JOIN public.access_unit u ON u.id = l.parent_id
         WHERE l.height < 50) SELECT FROM line WHERE height > 49) THEN
      RAISE EXCEPTION 'it would supervise itself' USING ERRCODE = 'AR409';
    END IF;
  WHEN 'end_unit' THEN
    PERFORM administration.end_unit(administration.unit_of(p_step ->> 'unit'), (v_set ->> 'valid_to')::date,
      CASE WHEN p_step ->> 'successor' IS NOT NULL THEN administration.unit_of(p_step ->> 'successor') END);
  WHEN 'add_post' THEN
    INSERT INTO public.access_post (unit_id, title_kk, title_ru, title_en, rank, scope, since)
    SELECT administration.unit_of(p_step ->> 'unit'), r.title_kk, r.title_ru, r.title_en, r.rank, '', access.moment()
      FROM jsonb_populate_record(NULL::public.access_post, v_set) r;
  ELSE
    RAISE EXCEPTION 'no such step' USING ERRCODE = 'AR409';
  END CASE;
  IF v_count <> 1 THEN
    RAISE EXCEPTION 'not there any more' USING ERRCODE = 'AR409';
  END IF;
END $$;

-- All steps or none. Returns whether it could be done.
CREATE FUNCTION administration.carry_out_steps(p_steps jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_step jsonb;
BEGIN
  FOR v_step IN SELECT s FROM jsonb_array_elements(p_steps) s LOOP
    PERFORM administration.carry_out_step(v_step);
  END LOOP;
  RETURN true;
EXCEPTION
  WHEN integrity_constraint_violation OR data_exception OR SQLSTATE 'AR409' THEN
    RETURN false;
END $$;

-- Proposes steps for one place. What was proposed of the same body or unit and waits comes first.
CREATE FUNCTION administration.propose_structure(p_id uuid, p_place text, p_unit integer, p_steps jsonb, p_lasts interval)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_moment timestamptz := access.moment();
BEGIN
  IF access.user_id() IS NULL OR NOT access.administers(p_place) THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  END IF;
  PERFORM administration.check_steps(p_steps);
  PERFORM pg_advisory_xact_lock(hashtextextended('administration.structure', 0));
  IF EXISTS (SELECT FROM public.administration_proposal p, jsonb_array_elements(p.steps) old, jsonb_array_elements(p_steps) new
      WHERE p.kind = 'structure' AND p.state = 'pending' AND p.expires_at > v_moment
        AND (old ->> 'unit' = new ->> 'unit' OR old ->> 'body' = new ->> 'body' AND NOT old ? 'unit' AND NOT new ? 'unit')) THEN
    RAISE EXCEPTION 'already proposed' USING ERRCODE = 'AR409';
  END IF;
  INSERT INTO public.administration_proposal (id, kind, state, place_id, unit_id, steps, proposed_by_id, proposed_at,
    expires_at)
  VALUES (p_id, 'structure', 'pending', p_place, p_unit, p_steps, access.user_id(), v_moment, v_moment + p_lasts);
END $$;

-- `administration.confirm` carries them out: see 0005_calendar.sql, which writes it for every kind of proposal.
