-- Writes down what an event raised in one file, an act for each duty, in one call: the rows as they are, the gaps of
-- each; with the last duty the units that owe join the file. It runs with the caller's own rights, so row security and
-- the journal ask of it what they ask of every insert. Any failure is the whole call's.
-- `p_duties`: [{"row": {column: value}, "codes": {}, "gaps": [{"function", "territory", "level"}]}]
CREATE FUNCTION obligations.raise_duties(
    p_dossier uuid, p_duties jsonb, p_units integer[], p_now timestamptz, p_sealed boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_duty record; v_act bigint; v_last bigint := jsonb_array_length(p_duties);
BEGIN
    FOR v_duty IN
        SELECT d.value -> 'row' AS row, d.value -> 'codes' AS codes, d.value -> 'gaps' AS gaps, d.ordinality AS place
          FROM jsonb_array_elements(p_duties) WITH ORDINALITY AS d ORDER BY d.ordinality
    LOOP
        SELECT a.act INTO v_act
          FROM journal.open_act('dossier', p_dossier::text, 'raise_obligation', v_duty.codes, p_now, '[]', p_sealed) a;
        INSERT INTO public.obligations_obligation
        SELECT r.* FROM jsonb_populate_record(NULL::public.obligations_obligation, v_duty.row) r;
        INSERT INTO public.obligations_gap (id, obligation_id, dossier_id, function, territory, level, noticed_at)
        SELECT gen_random_uuid(), (v_duty.row ->> 'id')::uuid, p_dossier, g.function, g.territory, g.level, p_now
          FROM jsonb_to_recordset(v_duty.gaps) AS g (function text, territory text, level text);
        IF v_duty.place = v_last AND cardinality(p_units) > 0 THEN
            PERFORM obligations.oblige(p_dossier, p_units);
        END IF;
        PERFORM journal.close_act(v_act);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION obligations.raise_duties(uuid, jsonb, integer[], timestamptz, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION obligations.raise_duties(uuid, jsonb, integer[], timestamptz, boolean) TO arasha_app;
