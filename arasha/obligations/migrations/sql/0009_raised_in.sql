-- Duties that stood before arose where they are. Where one moved since, its journal alone knows.
DO $$
DECLARE
    v_act bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM public.obligations_obligation) THEN
        RETURN;
    END IF;
    PERFORM access.set_context(jsonb_build_object(
        'kind', 'system', 'purpose', 'upgrade', 'moment', worktime.now(), 'units', '{}', 'users', '{}', 'bodies', '{}',
        'barred', '{}', 'glass', '{}', 'functions', '{}', 'reads', 65535, 'writes', 65535, 'scope', '', 'territory', ''));
    SELECT o.act INTO v_act FROM journal.open_act('system', 'upgrade', 'upgrade_rows',
        '{"table": "obligations_obligation", "columns": ["raised_in"]}', worktime.now(), '[]', false) o;
    UPDATE public.obligations_obligation SET raised_in = dossier_id WHERE raised_in IS NULL;
    PERFORM journal.close_act(v_act);
END $$;
