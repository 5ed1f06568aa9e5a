-- The calendar is changed by the administration, held here too. `access` stands above and is made later, therefore its
-- reader of the context is found when the function runs; without a valid context it raises AR400 by itself.
CREATE OR REPLACE FUNCTION worktime.change_day(
  p_date date, p_kind text, p_name_kk text, p_name_ru text, p_name_en text, p_instead_of date,
  p_estimated boolean, p_source text, p_verified_by text, p_at timestamptz
) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_allowed boolean;
  v_since timestamptz;
  v_id bigint;
BEGIN
  EXECUTE 'SELECT ''administration'' = ANY (access.functions())' INTO v_allowed;
  IF v_allowed IS NOT TRUE THEN
    RAISE EXCEPTION 'the calendar is changed by the administration' USING ERRCODE = 'AR403';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('worktime.day ' || p_date, 0));
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
