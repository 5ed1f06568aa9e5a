-- Added columns of a table that is filled keep their defaults here: an INSERT must not ask to read its row.
ALTER TABLE public.signals_signal ALTER COLUMN school_class SET DEFAULT '', ALTER COLUMN dangers SET DEFAULT '{}',
  ALTER COLUMN statement SET DEFAULT '', ALTER COLUMN response SET DEFAULT 'ordinary';

-- Whoever writes duties in a file may name the police unit that refuses a statement or presses to withdraw it: its body
-- is barred at once, by whoever told, and the lead alone lifts it.
CREATE FUNCTION signals.bar_hindering(p_dossier uuid, p_body integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF access.is_system() OR NOT access.may_write(p_dossier, 7::smallint) OR NOT EXISTS (
        SELECT FROM public.signals_hindrance h
          JOIN public.access_unit u ON u.id = h.unit_id AND u.body_id = p_body
          JOIN public.access_unitfunction f ON f.unit_id = u.id
           AND f.function_id IN ('juvenile_inspection', 'women_children_police')
         WHERE h.dossier_id = p_dossier) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    IF NOT EXISTS (SELECT FROM public.access_bar b
        WHERE b.dossier_id = p_dossier AND b.ended_at IS NULL AND b.body_id = p_body) THEN
        INSERT INTO public.access_bar (id, dossier_id, user_id, body_id, since, reason)
        VALUES (gen_random_uuid(), p_dossier, NULL, p_body, access.moment(), 'hindered_statement');
    END IF;
END $$;

-- The clock draws who is read a second time; the unit drawn decides, and nobody else of the team.
CREATE POLICY clock_draws ON public.signals_responsereview AS RESTRICTIVE FOR INSERT TO arasha_app
    WITH CHECK ((SELECT access.is_system()));
CREATE POLICY reader_decides ON public.signals_responsereview AS RESTRICTIVE FOR UPDATE TO arasha_app
    USING (unit_id = ANY ((SELECT access.units())::integer[]))
    WITH CHECK (unit_id = ANY ((SELECT access.units())::integer[]));

-- What was told of a hindrance stays as it was told.
REVOKE UPDATE ON public.signals_hindrance FROM arasha_app;
DROP POLICY team_updates ON public.signals_hindrance;
