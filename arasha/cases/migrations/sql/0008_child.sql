-- A case bears the child's name in lists. It follows the child as the case's file knows them: who corrects a name or a
-- birth corrects it once.
CREATE FUNCTION cases.follow_child() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.cases_case c
       SET child_called = CASE WHEN NEW.called <> '' THEN NEW.called ELSE c.child_called END,
           child_sex = NEW.sex,
           child_age = CASE WHEN NEW.birth_first IS NULL THEN c.child_age
               ELSE greatest(0, extract(year FROM age(c.opened_at::date,
                    NEW.birth_first + (NEW.birth_last - NEW.birth_first) / 2)))::smallint END
     WHERE c.dossier_id = NEW.dossier_id;
    RETURN NULL;
END $$;
CREATE TRIGGER follow_child AFTER INSERT OR UPDATE ON public.people_person
    FOR EACH ROW WHEN (NEW.role = 'child' AND NEW.ended_at IS NULL) EXECUTE FUNCTION cases.follow_child();
