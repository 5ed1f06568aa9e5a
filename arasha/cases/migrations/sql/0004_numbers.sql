-- Which file bears a case's number, for breaking the glass: the only place where a number that somebody was told leads
-- to a file that is not theirs.

CREATE SCHEMA cases;
REVOKE ALL ON SCHEMA cases FROM PUBLIC;
GRANT USAGE ON SCHEMA cases TO arasha_app;

-- A number that nobody bears has an answer of the same form, the same again each time and not to be guessed: whoever
-- asks learns nothing until the glass is broken, and that is refused alike for no file and for one that is barred.
CREATE FUNCTION cases.dossier_of_number(p_number text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_found uuid; v_none text;
BEGIN
    IF access.post_id() IS NULL THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    -- Both are looked up each time, so that time says nothing either.
    SELECT c.dossier_id INTO v_found FROM public.cases_case c WHERE c.number = p_number;
    SELECT access.hmac(s."inner", s."outer", 'case_number|' || p_number) INTO STRICT v_none
      FROM public.access_secret s WHERE s.purpose = 'context' AND s.valid_until IS NULL;
    -- A version 4 UUID by its form: 4 in the 13th place, 8 to b in the 17th.
    RETURN coalesce(v_found, overlay(overlay(left(v_none, 32) PLACING '4' FROM 13)
        PLACING substr('89ab', 1 + get_byte(decode(right(v_none, 2), 'hex'), 0) % 4, 1) FROM 17)::uuid);
END $$;
