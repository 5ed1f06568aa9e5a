-- Reference data: everybody may read it, nobody but the owner adds to it, nobody at all changes it.
REVOKE ALL ON public.protocols_version FROM PUBLIC;
GRANT SELECT ON public.protocols_version TO arasha_app, arasha_public, arasha_reader, arasha_definer, arasha_backup;

CREATE SCHEMA protocols;
REVOKE ALL ON SCHEMA protocols FROM PUBLIC;

CREATE FUNCTION protocols.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'a published version of a procedure never changes; publish a new one' USING ERRCODE = 'AR409';
END $$;
REVOKE ALL ON FUNCTION protocols.refuse_change() FROM PUBLIC;

CREATE TRIGGER version_stays BEFORE UPDATE OR DELETE ON public.protocols_version
  FOR EACH ROW EXECUTE FUNCTION protocols.refuse_change();
CREATE TRIGGER versions_stay BEFORE TRUNCATE ON public.protocols_version
  FOR EACH STATEMENT EXECUTE FUNCTION protocols.refuse_change();
