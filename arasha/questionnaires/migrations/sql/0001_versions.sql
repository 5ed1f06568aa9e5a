-- Forms and their versions: everybody may read them; rows come by the functions of the next migration, or from the
-- installation. Of a version nothing changes but where it stands.
REVOKE ALL ON public.questionnaires_questionnaire, public.questionnaires_version FROM PUBLIC;
GRANT SELECT ON public.questionnaires_questionnaire, public.questionnaires_version
  TO arasha_app, arasha_reader, arasha_definer, arasha_backup;

CREATE SCHEMA questionnaires;
REVOKE ALL ON SCHEMA questionnaires FROM PUBLIC;

CREATE FUNCTION questionnaires.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'a version of a form never changes; publish a new one' USING ERRCODE = 'AR409';
END $$;
REVOKE ALL ON FUNCTION questionnaires.refuse_change() FROM PUBLIC;

CREATE FUNCTION questionnaires.keep_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['state', 'published_at', 'withdrawn_at']
       IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'published_at', 'withdrawn_at'] THEN
    RAISE EXCEPTION 'a version of a form never changes; publish a new one' USING ERRCODE = 'AR409';
  END IF;
  IF (OLD.state, NEW.state) NOT IN (('draft', 'published'), ('draft', 'discarded'), ('discarded', 'draft'),
                                    ('published', 'withdrawn'))
     OR (OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at) THEN
    RAISE EXCEPTION 'a version that was published stays published, or is withdrawn' USING ERRCODE = 'AR409';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION questionnaires.keep_version() FROM PUBLIC;

CREATE TRIGGER version_stays BEFORE UPDATE ON public.questionnaires_version
  FOR EACH ROW EXECUTE FUNCTION questionnaires.keep_version();
CREATE TRIGGER version_is_kept BEFORE DELETE ON public.questionnaires_version
  FOR EACH ROW EXECUTE FUNCTION questionnaires.refuse_change();
CREATE TRIGGER versions_are_kept BEFORE TRUNCATE ON public.questionnaires_version
  FOR EACH STATEMENT EXECUTE FUNCTION questionnaires.refuse_change();
CREATE TRIGGER questionnaire_is_kept BEFORE UPDATE OR DELETE ON public.questionnaires_questionnaire
  FOR EACH ROW EXECUTE FUNCTION questionnaires.refuse_change();
CREATE TRIGGER questionnaires_are_kept BEFORE TRUNCATE ON public.questionnaires_questionnaire
  FOR EACH STATEMENT EXECUTE FUNCTION questionnaires.refuse_change();
