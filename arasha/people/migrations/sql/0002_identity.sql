-- A person of a file begins as an identity of its own. Which rows are one human being stands apart, where no role of
-- the application reads it.

CREATE SCHEMA people;
REVOKE ALL ON SCHEMA people FROM PUBLIC;
GRANT USAGE ON SCHEMA people TO arasha_app;

CREATE FUNCTION people.identify() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.people_personidentity (person_id, identity, sealed) VALUES (NEW.id, gen_random_uuid(), false);
    RETURN NULL;
END $$;
CREATE TRIGGER identify AFTER INSERT ON public.people_person FOR EACH ROW EXECUTE FUNCTION people.identify();

-- A fact stands in the file of its person: a row that names another file's person is refused like one that names
-- nobody. Kin are of one file too.
ALTER TABLE public.people_person ADD CONSTRAINT person_in_file UNIQUE (id, dossier_id);
DO $facts$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['personname', 'communication', 'kinship', 'residence', 'standing', 'surrounding',
        'contact', 'difficulty', 'paper', 'address', 'attendance'] LOOP
        EXECUTE format('ALTER TABLE public.people_%s ADD CONSTRAINT %s_of_person_in_file
            FOREIGN KEY (person_id, dossier_id) REFERENCES public.people_person (id, dossier_id)', v_table, v_table);
    END LOOP;
END $facts$;
ALTER TABLE public.people_kinship ADD CONSTRAINT kinship_within_file
    FOREIGN KEY (other_id, dossier_id) REFERENCES public.people_person (id, dossier_id);

-- The other rows of the same human being that the reader's files hold, the newest first.
CREATE FUNCTION people.also(p_person uuid) RETURNS TABLE (person uuid, dossier uuid)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT other.id, other.dossier_id
      FROM public.people_person here
      JOIN public.people_personidentity mine ON mine.person_id = here.id
      JOIN public.people_personidentity its ON its.identity = mine.identity AND its.person_id <> mine.person_id
      JOIN public.people_person other ON other.id = its.person_id
     WHERE here.id = p_person AND access.may_read(here.dossier_id, 0::smallint)
       AND access.may_read(other.dossier_id, 0::smallint)
     ORDER BY other.recorded_at DESC, other.id;
END;

-- Papers are sealed by the function alone: whoever leads a file or works on it as a partner reads them, unless their
-- function is closed to documents, as every one of the police is. A grant by name counts too. Breaking the glass and
-- the work of the clock open no papers.
CREATE FUNCTION people.may_papers(p_dossier uuid, p_mask bigint, p_writes boolean) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_mask & (1::bigint << 20) <> 0 AND p_dossier <> ALL ((SELECT access.barred())::uuid[]) AND EXISTS (
    SELECT FROM public.access_member m
     WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > (SELECT access.moment()))
       AND (m.unit_id = ANY ((SELECT access.units())::integer[]) OR m.user_id = (SELECT access.user_id()))
       AND (m.part IN ('lead', 'partner')
            OR (CASE WHEN p_writes THEN m.writes ELSE m.reads END) & (1::bigint << 20) <> 0));

CREATE FUNCTION people.may_read_papers(p_dossier uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN people.may_papers(p_dossier, access.reads(), false);
CREATE FUNCTION people.may_write_papers(p_dossier uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN people.may_papers(p_dossier, access.writes(), true);

ALTER POLICY team_reads ON public.people_paper USING (people.may_papers(dossier_id, (SELECT access.reads()), false));
ALTER POLICY team_inserts ON public.people_paper
    WITH CHECK (people.may_papers(dossier_id, (SELECT access.writes()), true)
                OR access.may_insert(dossier_id, 20::smallint));
ALTER POLICY team_updates ON public.people_paper
    USING (people.may_papers(dossier_id, (SELECT access.writes()), true))
    WITH CHECK (people.may_papers(dossier_id, (SELECT access.writes()), true));
