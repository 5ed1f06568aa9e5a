-- Time: what the instance is for, its clock, the calendar. Reference tables: everybody reads, only functions write.

CREATE SCHEMA worktime;
REVOKE ALL ON SCHEMA worktime FROM PUBLIC;
GRANT USAGE ON SCHEMA worktime TO arasha_app, arasha_public, arasha_definer, arasha_reader, arasha_backup;

REVOKE ALL ON public.worktime_instance, public.worktime_clock, public.worktime_day FROM PUBLIC;
GRANT SELECT ON public.worktime_instance, public.worktime_clock, public.worktime_day
  TO arasha_app, arasha_public, arasha_definer, arasha_reader, arasha_backup;
GRANT INSERT, UPDATE ON public.worktime_clock TO arasha_definer;
GRANT INSERT ON public.worktime_day TO arasha_definer;
GRANT UPDATE (valid_to) ON public.worktime_day TO arasha_definer;

-- The kind of an instance is written once, for the owner too.
CREATE FUNCTION worktime.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'what an instance is for is written once' USING ERRCODE = 'AR403';
END $$;
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON public.worktime_instance
  FOR EACH ROW EXECUTE FUNCTION worktime.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.worktime_instance
  FOR EACH STATEMENT EXECUTE FUNCTION worktime.refuse_change();

CREATE FUNCTION worktime.instance_kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT kind FROM public.worktime_instance
$$;

-- The transaction's moment on the domain's clock: the real one, plus the training clock's advance.
CREATE FUNCTION worktime.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.now() + pg_catalog.make_interval(secs => coalesce(
    (SELECT clock.ahead_seconds FROM public.worktime_clock clock, public.worktime_instance instance
      WHERE instance.kind IN ('training', 'demonstration')), 0))
$$;

-- A clock exists where nothing real happens, and it only goes forward: an act never precedes its cause.
CREATE FUNCTION worktime.guard_clock() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP IN ('INSERT', 'UPDATE') AND NOT EXISTS (
      SELECT FROM public.worktime_instance WHERE kind IN ('training', 'demonstration')) THEN
    RAISE EXCEPTION 'only a training or demonstration instance has a clock of its own' USING ERRCODE = 'AR403';
  END IF;
  IF TG_OP IN ('DELETE', 'TRUNCATE') OR (TG_OP = 'UPDATE' AND NEW.ahead_seconds < OLD.ahead_seconds) THEN
    RAISE EXCEPTION 'the training clock never goes back' USING ERRCODE = 'AR409';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_clock BEFORE INSERT OR UPDATE OR DELETE ON public.worktime_clock
  FOR EACH ROW EXECUTE FUNCTION worktime.guard_clock();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.worktime_clock
  FOR EACH STATEMENT EXECUTE FUNCTION worktime.guard_clock();

CREATE FUNCTION worktime.set_clock(p_ahead_seconds bigint) RETURNS bigint LANGUAGE sql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO public.worktime_clock (id, ahead_seconds) VALUES (1, p_ahead_seconds)
    ON CONFLICT (id) DO UPDATE SET ahead_seconds = EXCLUDED.ahead_seconds
    RETURNING ahead_seconds
$$;

-- Replaces what the calendar says of one day, from p_at on; what it said before stays readable.
CREATE FUNCTION worktime.change_day(
  p_date date, p_kind text, p_name_kk text, p_name_ru text, p_name_en text, p_instead_of date,
  p_estimated boolean, p_source text, p_verified_by text, p_at timestamptz
) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_since timestamptz;
  v_id bigint;
BEGIN
  PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('worktime.day ' || p_date, 0));
  SELECT valid_from INTO v_since FROM public.worktime_day WHERE date = p_date AND valid_to IS NULL;
  IF v_since >= p_at THEN
    RAISE EXCEPTION 'this day was changed at a later moment' USING ERRCODE = 'AR409';
  END IF;
  UPDATE public.worktime_day SET valid_to = p_at WHERE date = p_date AND valid_to IS NULL;
  INSERT INTO public.worktime_day (date, kind, name_kk, name_ru, name_en, instead_of, estimated, source,
                                   verified_by, edited, valid_from)
    VALUES (p_date, p_kind, p_name_kk, p_name_ru, p_name_en, p_instead_of, p_estimated, p_source,
            p_verified_by, true, p_at)
    RETURNING id INTO v_id;
  RETURN v_id;
END $$;

REVOKE ALL ON FUNCTION worktime.refuse_change(), worktime.guard_clock(), worktime.instance_kind(), worktime.now(),
  worktime.set_clock(bigint),
  worktime.change_day(date, text, text, text, text, date, boolean, text, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION worktime.instance_kind(), worktime.now()
  TO arasha_app, arasha_public, arasha_definer, arasha_reader, arasha_backup;
GRANT EXECUTE ON FUNCTION worktime.set_clock(bigint),
  worktime.change_day(date, text, text, text, text, date, boolean, text, text, timestamptz) TO arasha_app;

GRANT CREATE ON SCHEMA worktime TO arasha_definer;
ALTER FUNCTION worktime.set_clock(bigint) OWNER TO arasha_definer;
ALTER FUNCTION worktime.change_day(date, text, text, text, text, date, boolean, text, text, timestamptz)
  OWNER TO arasha_definer;
REVOKE CREATE ON SCHEMA worktime FROM arasha_definer;
