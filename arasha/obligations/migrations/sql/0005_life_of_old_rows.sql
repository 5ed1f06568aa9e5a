-- No row changes outside an act, an upgrade's neither: verify would find rows that nobody wrote.
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
        '{"table": "obligations_obligation", "columns": ["due_now"]}', worktime.now(), '[]', false) o;
    UPDATE public.obligations_obligation SET due_now = due_at, role = '', number = '', delivered_by = '', outcome = '';
    UPDATE public.obligations_answer a SET unit_id = o.met_by_unit_id, post_id = o.met_by_post_id, outcome = ''
      FROM public.obligations_obligation o WHERE o.id = a.obligation_id;
    PERFORM journal.close_act(v_act);
END $$;
