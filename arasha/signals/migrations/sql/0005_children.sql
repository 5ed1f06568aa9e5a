-- What the child of a signal is called, for whoever reads the identity of the file but not what worries: the school
-- that owes something must know about whom, and nothing else of the report.

CREATE SCHEMA signals;
REVOKE ALL ON SCHEMA signals FROM PUBLIC;
GRANT USAGE ON SCHEMA signals TO arasha_app;

CREATE FUNCTION signals.children(p_dossiers uuid[])
RETURNS TABLE (dossier uuid, called text, age smallint, sex text)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT s.dossier_id, s.child_called::text, s.child_age, s.child_sex::text FROM public.signals_signal s
     WHERE s.dossier_id = ANY (p_dossiers) AND access.may_read(s.dossier_id, 0::smallint);
END;
