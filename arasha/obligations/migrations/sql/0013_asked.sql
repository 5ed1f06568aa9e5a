-- The words of an agreement are written with the duty that comes of it, in the same act.
CREATE OR REPLACE FUNCTION obligations.raise_duties(
    p_dossier uuid, p_duties jsonb, p_units integer[], p_now timestamptz, p_sealed boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_duty record; v_act bigint; v_last bigint := jsonb_array_length(p_duties);
BEGIN
    FOR v_duty IN
        SELECT d.value -> 'row' AS row, d.value -> 'codes' AS codes, d.value -> 'gaps' AS gaps,
               d.value -> 'asked' AS asked, d.ordinality AS place
          FROM jsonb_array_elements(p_duties) WITH ORDINALITY AS d ORDER BY d.ordinality
    LOOP
        SELECT a.act INTO v_act
          FROM journal.open_act('dossier', p_dossier::text, 'raise_obligation', v_duty.codes, p_now, '[]', p_sealed) a;
        INSERT INTO public.obligations_obligation
        SELECT r.* FROM jsonb_populate_record(NULL::public.obligations_obligation, v_duty.row) r;
        INSERT INTO public.obligations_gap (id, obligation_id, dossier_id, function, territory, level, noticed_at)
        SELECT gen_random_uuid(), (v_duty.row ->> 'id')::uuid, p_dossier, g.function, g.territory, g.level, p_now
          FROM jsonb_to_recordset(v_duty.gaps) AS g (function text, territory text, level text);
        IF v_duty.asked IS NOT NULL THEN
            INSERT INTO public.obligations_remark
                (id, obligation_id, dossier_id, kind, reason, until, at, unit_id, post_id, text)
            SELECT r.id, (v_duty.row ->> 'id')::uuid, p_dossier, r.kind, '', NULL, p_now, r.unit_id, r.post_id, r.text
              FROM jsonb_populate_record(NULL::public.obligations_remark, v_duty.asked) r;
        END IF;
        IF v_duty.place = v_last AND cardinality(p_units) > 0 THEN
            PERFORM obligations.oblige(p_dossier, p_units);
        END IF;
        PERFORM journal.close_act(v_act);
    END LOOP;
END $$;

-- Of what was agreed with one body the others on the team read nothing: its own unit does, and who reads the plan.
CREATE POLICY asked_of ON public.obligations_remark AS RESTRICTIVE FOR SELECT TO arasha_app USING (
    kind <> 'asked' OR (SELECT access.is_system()) OR access.reads_plan(dossier_id)
    OR EXISTS (SELECT FROM public.obligations_obligation o
                WHERE o.id = obligation_id AND o.unit_id = (SELECT access.unit_id())));
