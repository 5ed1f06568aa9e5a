-- A lawyer's sign-off of the tables that say who sees what: one person signs, another confirms.

CREATE POLICY acting_reads ON public.administration_signoff FOR SELECT TO arasha_app
  USING ((SELECT access.context()) IS NOT NULL);
GRANT SELECT ON public.administration_signoff TO arasha_app;

-- The tables as they stand: for each part and each function, what it reads ("r") and writes ("rw") of each facet.
CREATE FUNCTION administration.present_tables() RETURNS jsonb
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT jsonb_build_object(
    'parts', (SELECT jsonb_object_agg(p.part, p.cells) FROM (
      SELECT pf.part, jsonb_object_agg(f.code, CASE WHEN pf.writes THEN 'rw' WHEN pf.reads THEN 'r' ELSE '' END) AS cells
        FROM public.access_partfacet pf JOIN public.access_facet f ON f.bit = pf.facet_id GROUP BY pf.part) p),
    'functions', (SELECT jsonb_object_agg(n.code, n.cells) FROM (
      SELECT fn.code, jsonb_object_agg(f.code, CASE WHEN (fn.writes >> f.bit) & 1 = 1 THEN 'rw'
          WHEN (fn.reads >> f.bit) & 1 = 1 THEN 'r' ELSE '' END) AS cells
        FROM public.access_function fn CROSS JOIN public.access_facet f GROUP BY fn.code) n));
END;

CREATE FUNCTION administration.tables_digest(p_tables jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN encode(sha256(convert_to(p_tables::text, 'UTF8')), 'hex');

-- Signs the tables that were read: when they changed meanwhile, they are read again first.
CREATE FUNCTION administration.sign_tables(p_id uuid, p_digest text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_tables jsonb := administration.present_tables();
BEGIN
  IF access.user_id() IS NULL OR 'legal_review' <> ALL (access.functions()) THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('administration.signoff', 0));
  IF administration.tables_digest(v_tables) IS DISTINCT FROM p_digest
     OR EXISTS (SELECT FROM public.administration_signoff s WHERE s.digest = p_digest) THEN
    RAISE EXCEPTION 'changed or signed' USING ERRCODE = 'AR409';
  END IF;
  INSERT INTO public.administration_signoff (id, digest, tables, signed_by_id, signed_at)
  VALUES (p_id, p_digest, v_tables, access.user_id(), access.moment());
END $$;

CREATE FUNCTION administration.confirm_signoff(p_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_found record;
BEGIN
  SELECT s.signed_by_id, s.confirmed_by_id, s.digest INTO v_found
    FROM public.administration_signoff s WHERE s.id = p_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
  ELSIF access.user_id() IS NULL OR v_found.signed_by_id = access.user_id()
        OR NOT access.functions() && ARRAY['legal_review', 'ombudsperson', 'prosecution'] THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
  ELSIF v_found.confirmed_by_id IS NOT NULL
        OR v_found.digest <> administration.tables_digest(administration.present_tables()) THEN
    RAISE EXCEPTION 'confirmed or changed' USING ERRCODE = 'AR409';
  END IF;
  UPDATE public.administration_signoff s SET confirmed_by_id = access.user_id(), confirmed_at = access.moment()
   WHERE s.id = p_id;
END $$;
