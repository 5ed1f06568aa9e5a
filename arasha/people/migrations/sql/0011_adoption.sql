-- An adoption parts one child into two people. The row before it, and every row of its identity in whatever file, is
-- sealed: matching, imports and searches beyond a file's own team leave it alone. Which two belong together is told by
-- one function, to guardianship, in an act of its own.

CREATE FUNCTION people.of_guardianship(p_person uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_file uuid;
BEGIN
    SELECT p.dossier_id INTO v_file FROM public.people_person p
      JOIN public.access_dossier d ON d.id = p.dossier_id AND d.kind <> 'register'
     WHERE p.id = p_person AND p.role = 'child' AND p.ended_at IS NULL;
    IF NOT FOUND OR NOT 'guardianship' = ANY (access.functions()) OR NOT 'lead' = ANY (access.my_parts(v_file)) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN v_file;
END $$;

CREATE FUNCTION people.seal_adoption(p_id uuid, p_before uuid, p_after uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_before uuid; v_after uuid;
BEGIN
    IF people.of_guardianship(p_before) = people.of_guardianship(p_after) THEN
        RAISE EXCEPTION 'one file' USING ERRCODE = 'AR409';
    END IF;
    SELECT i.identity INTO v_before FROM public.people_personidentity i WHERE i.person_id = p_before FOR UPDATE;
    SELECT i.identity INTO v_after FROM public.people_personidentity i WHERE i.person_id = p_after FOR UPDATE;
    IF EXISTS (SELECT FROM public.people_adoption a WHERE a.before_id = p_before OR a.after_id = p_after) THEN
        RAISE EXCEPTION 'sealed before' USING ERRCODE = 'AR409';
    END IF;
    -- Where somebody had joined the two already, the row after the adoption becomes a person of its own again.
    IF v_before = v_after THEN
        UPDATE public.people_personidentity i SET identity = gen_random_uuid() WHERE i.person_id = p_after;
    END IF;
    UPDATE public.people_personidentity i SET sealed = true WHERE i.identity = v_before;
    PERFORM people.enter(n.id) FROM public.people_personname n
       JOIN public.people_personidentity i ON i.person_id = n.person_id WHERE i.identity = v_before;
    DELETE FROM public.people_unmatched u USING public.people_personidentity i
     WHERE i.person_id = u.person_id AND i.identity = v_before;
    INSERT INTO public.people_adoption (id, before_id, after_id, sealed_at, user_id)
    VALUES (p_id, p_before, p_after, access.moment(), access.user_id());
END $$;

-- The other person of an adoption and their file; nobody where there is none. Asked inside an act, which remains.
CREATE FUNCTION people.adoption_of(p_person uuid) RETURNS TABLE (person uuid, dossier uuid, is_after boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.of_guardianship(p_person);
    IF NOT EXISTS (SELECT FROM public.journal_act a
                    WHERE a.id = nullif(current_setting('arasha.act', true), '')::bigint
                      AND a.xid = pg_current_xact_id() AND a.verb = 'open_adoption') THEN
        RAISE EXCEPTION 'asked with no act open' USING ERRCODE = 'AR410';
    END IF;
    RETURN QUERY SELECT p.id, p.dossier_id, a.before_id = p_person FROM public.people_adoption a
      JOIN public.people_person p ON p.id = CASE WHEN a.before_id = p_person THEN a.after_id ELSE a.before_id END
     WHERE p_person IN (a.before_id, a.after_id);
END $$;

-- What was sealed by mistake is sealed no more: guardianship that leads both files, and never who sealed it. The two
-- keep identities of their own and wait to be compared; who was before stays sealed by another adoption of theirs.
CREATE FUNCTION people.lift_adoption(p_person uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_row public.people_adoption; v_identity uuid;
BEGIN
    PERFORM people.of_guardianship(p_person);
    SELECT * INTO v_row FROM public.people_adoption a WHERE p_person IN (a.before_id, a.after_id) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM people.of_guardianship(v_row.before_id), people.of_guardianship(v_row.after_id);
    IF v_row.user_id IS NOT DISTINCT FROM access.user_id() THEN
        RAISE EXCEPTION 'a second person' USING ERRCODE = 'AR412';
    END IF;
    DELETE FROM public.people_adoption a WHERE a.id = v_row.id;
    SELECT i.identity INTO v_identity FROM public.people_personidentity i WHERE i.person_id = v_row.before_id FOR UPDATE;
    IF EXISTS (SELECT FROM public.people_adoption a JOIN public.people_personidentity i ON i.person_id = a.before_id
                WHERE i.identity = v_identity) THEN
        RETURN true;
    END IF;
    UPDATE public.people_personidentity i SET sealed = false WHERE i.identity = v_identity;
    PERFORM people.enter(n.id) FROM public.people_personname n
       JOIN public.people_personidentity i ON i.person_id = n.person_id WHERE i.identity = v_identity;
    INSERT INTO public.people_unmatched (person_id, queued_at)
    SELECT i.person_id, clock_timestamp() FROM public.people_personidentity i WHERE i.identity = v_identity ON CONFLICT DO NOTHING;
    RETURN true;
END $$;
