-- Files that were received. Who reads a dossier's words knows of them, and so does who was given the originals alone.

CREATE SCHEMA evidence;
REVOKE ALL ON SCHEMA evidence FROM PUBLIC;
GRANT USAGE ON SCHEMA evidence TO arasha_app;

GRANT SELECT, INSERT, UPDATE ON public.evidence_exhibit TO arasha_app;
CREATE POLICY barred ON public.evidence_exhibit AS RESTRICTIVE TO arasha_app
    USING (dossier_id <> ALL ((SELECT access.barred())::uuid[]))
    WITH CHECK (dossier_id <> ALL ((SELECT access.barred())::uuid[]));
CREATE POLICY team_reads ON public.evidence_exhibit FOR SELECT TO arasha_app
    USING (access.may_read(dossier_id, 8::smallint) OR access.may_read(dossier_id, 17::smallint));
CREATE POLICY worker_inserts ON public.evidence_exhibit FOR INSERT TO arasha_app
    WITH CHECK ((SELECT access.is_system()));
CREATE POLICY team_updates ON public.evidence_exhibit FOR UPDATE TO arasha_app
    USING (access.may_write(dossier_id, 8::smallint)) WITH CHECK (access.may_write(dossier_id, 8::smallint));

-- The custody record: added to, never changed.
GRANT SELECT, INSERT ON public.evidence_custody TO arasha_app;
CREATE POLICY barred ON public.evidence_custody AS RESTRICTIVE TO arasha_app
    USING (dossier_id <> ALL ((SELECT access.barred())::uuid[]))
    WITH CHECK (dossier_id <> ALL ((SELECT access.barred())::uuid[]));
CREATE POLICY team_reads ON public.evidence_custody FOR SELECT TO arasha_app
    USING (access.may_read(dossier_id, 8::smallint) OR access.may_read(dossier_id, 17::smallint));
CREATE POLICY team_inserts ON public.evidence_custody FOR INSERT TO arasha_app
    WITH CHECK (access.may_read(dossier_id, 8::smallint) OR access.may_read(dossier_id, 17::smallint));

CREATE FUNCTION evidence.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a custody record is added to, never changed' USING ERRCODE = 'AR411';
END $$;
REVOKE ALL ON FUNCTION evidence.refuse_change() FROM PUBLIC;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON public.evidence_custody
    FOR EACH ROW EXECUTE FUNCTION evidence.refuse_change();
ALTER TABLE public.evidence_custody ENABLE ALWAYS TRIGGER never_changed;

-- Writes the row of an original. Sealed facets are closed to the clock's work: it puts this one in and reads it never again.
CREATE FUNCTION evidence.keep_original(p_file uuid, p_dossier uuid, p_type text, p_size bigint, p_name bytea,
    p_sha256 bytea, p_scanned text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() OR access.purpose() <> 'letters' THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    INSERT INTO public.vault_keptfile (id, dossier_id, facet, content_type, size, sealed_name, sealed_sha256, reencoded,
        scanned, created_at)
    VALUES (p_file, p_dossier, 17, p_type, p_size, p_name, p_sha256, false, p_scanned, p_at);
END $$;

-- Marks a picture as intimate and takes the row of its copy away; the caller takes the content from the shelf. Whoever
-- sees that a picture is there may do so, also who may write nothing else of the file. Returns whether it was unmarked.
CREATE FUNCTION evidence.mark(p_exhibit uuid, p_at timestamptz) RETURNS TABLE (marked boolean, copy uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_copy uuid;
BEGIN
    SELECT x.copy_id INTO v_copy FROM public.evidence_exhibit x
     WHERE x.id = p_exhibit AND NOT x.intimate AND x.dossier_id <> ALL ((SELECT access.barred())::uuid[])
       AND (access.may_read(x.dossier_id, 8::smallint) OR access.may_read(x.dossier_id, 17::smallint)) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT false, NULL::uuid;
        RETURN;
    END IF;
    UPDATE public.evidence_exhibit x
       SET intimate = true, marked_at = p_at, copy_id = NULL, no_copy = 'intimate', handed_at = NULL
     WHERE x.id = p_exhibit;
    DELETE FROM public.vault_keptfile f WHERE f.id = v_copy;
    RETURN QUERY SELECT true, v_copy;
END $$;
