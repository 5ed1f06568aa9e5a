-- Which rows are one human being. Whoever may write both files says it at once; it changes no row of either file.

CREATE FUNCTION people.identity_of(p_person uuid) RETURNS public.people_personidentity
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_file uuid; v_found public.people_personidentity;
BEGIN
    SELECT p.dossier_id INTO v_file FROM public.people_person p WHERE p.id = p_person AND p.ended_at IS NULL;
    IF NOT FOUND OR NOT access.may_insert(v_file, 0::smallint) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    SELECT * INTO STRICT v_found FROM public.people_personidentity i WHERE i.person_id = p_person FOR UPDATE;
    IF v_found.sealed THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    RETURN v_found;
END $$;

-- Two people of the caller's files are one: all rows of the second's identity take the first's.
CREATE FUNCTION people.recognise(p_one uuid, p_other uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_one public.people_personidentity := people.identity_of(p_one);
    v_other public.people_personidentity := people.identity_of(p_other);
BEGIN
    UPDATE public.people_personidentity i SET identity = v_one.identity
     WHERE i.identity = v_other.identity AND v_other.identity <> v_one.identity;
END $$;

-- This row is a human being of its own again.
CREATE FUNCTION people.set_apart(p_person uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_one public.people_personidentity := people.identity_of(p_person);
BEGIN
    UPDATE public.people_personidentity i SET identity = gen_random_uuid() WHERE i.person_id = v_one.person_id;
END $$;
