-- The country's calendar by two persons of the nation: every limit that is counted from then on follows it.
REVOKE EXECUTE ON FUNCTION
  worktime.change_day(date, text, text, text, text, date, boolean, text, text, timestamptz) FROM arasha_app;

-- Proposes what the calendar is to say of some days. What was proposed of the same day and waits comes first.
CREATE FUNCTION administration.propose_days(p_id uuid, p_steps jsonb, p_lasts interval) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_moment timestamptz := access.moment();
BEGIN
  IF access.user_id() IS NULL OR NOT access.administers('000000000') THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('administration.calendar', 0));
  IF EXISTS (SELECT FROM public.administration_proposal p, jsonb_array_elements(p.steps) old, jsonb_array_elements(p_steps) new
      WHERE p.kind = 'calendar' AND p.state = 'pending' AND p.expires_at > v_moment AND old ->> 'date' = new ->> 'date') THEN
    RAISE EXCEPTION 'already proposed' USING ERRCODE = 'AR409';
  END IF;
  INSERT INTO public.administration_proposal (id, kind, state, place_id, steps, proposed_by_id, proposed_at, expires_at)
  VALUES (p_id, 'calendar', 'pending', '000000000', p_steps, access.user_id(), v_moment, v_moment + p_lasts);
END $$;

-- All days or none. Returns whether it could be done.
CREATE FUNCTION administration.carry_out_days(p_steps jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_step jsonb;
BEGIN
  FOR v_step IN SELECT s FROM jsonb_array_elements(p_steps) s LOOP
    PERFORM worktime.change_day((v_step ->> 'date')::date, v_step ->> 'kind', v_step ->> 'name_kk', v_step ->> 'name_ru',
      v_step ->> 'name_en', (v_step ->> 'instead_of')::date, false, v_step ->> 'source', v_step ->> 'verified_by',
      access.moment());
  END LOOP;
  RETURN true;
EXCEPTION
  WHEN integrity_constraint_violation OR data_exception OR SQLSTATE 'AR409' THEN
    RETURN false;
END $$;

CREATE OR REPLACE FUNCTION administration.confirm(p_id uuid) RETURNS text
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
  ELSIF v_proposal.kind = 'structure' THEN
    PERFORM administration.check_steps(v_proposal.steps);
    IF NOT administration.carry_out_steps(v_proposal.steps) THEN
      v_state := 'failed';
    END IF;
  ELSIF v_proposal.kind = 'calendar' THEN
    IF NOT administration.carry_out_days(v_proposal.steps) THEN
      v_state := 'failed';
    END IF;
  ELSE
    RAISE EXCEPTION 'no such proposal' USING ERRCODE = 'AR403';
  END IF;
  UPDATE public.administration_proposal p SET state = v_state, decided_by_id = access.user_id(), decided_at = v_moment
   WHERE p.id = p_id;
  RETURN v_state;
END $$;
