-- Sweeping by the batch: one question about seats for all its files, and one call that writes down what became of it.

-- Who sits in units, as far as each of these files may know; pairs of a file and a unit, in parallel.
CREATE FUNCTION obligations.seats_of(p_dossiers uuid[], p_units integer[], p_at timestamptz)
RETURNS TABLE (dossier uuid, unit integer, held boolean, barred boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() AND EXISTS (
            SELECT FROM unnest(p_dossiers) AS d (id) WHERE NOT access.may_insert(d.id, 7::smallint)) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN QUERY
    WITH bars AS MATERIALIZED (
        SELECT b.dossier_id, b.user_id, b.body_id FROM public.access_bar b
         WHERE b.dossier_id = ANY (p_dossiers) AND b.ended_at IS NULL
    ), seated AS MATERIALIZED (
        SELECT p.unit_id, array_agg(p.holder_id) AS holders FROM public.access_post p
         WHERE p.unit_id = ANY (p_units) AND p.holder_id IS NOT NULL
           AND p.since <= p_at AND (p.until IS NULL OR p.until > p_at)
         GROUP BY p.unit_id
    )
    SELECT asked.dossier, u.id::integer, s.holders IS NOT NULL,
           EXISTS (SELECT FROM bars b WHERE b.dossier_id = asked.dossier AND b.body_id = u.body_id)
           -- Somebody sits there, and each of them is barred: as a person, or for where they sit or sat.
           OR s.holders IS NOT NULL AND EXISTS (SELECT FROM bars b WHERE b.dossier_id = asked.dossier) AND NOT EXISTS (
               SELECT FROM unnest(s.holders) AS h (id) WHERE NOT EXISTS (
                   SELECT FROM bars b
                    WHERE b.dossier_id = asked.dossier AND (b.user_id = h.id OR b.body_id IN (
                        SELECT t.body_id FROM public.access_tenure t
                         WHERE t.user_id = h.id AND (t.until IS NULL OR t.until > p_at - interval '24 months')))))
      FROM (SELECT DISTINCT p.d, p.u FROM unnest(p_dossiers, p_units) AS p (d, u)) AS asked (dossier, unit)
      JOIN public.access_unit u ON u.id = asked.unit
      LEFT JOIN seated s ON s.unit_id = u.id;
END $$;

CREATE OR REPLACE FUNCTION obligations.seats(p_dossier uuid, p_units integer[], p_at timestamptz)
RETURNS TABLE (unit integer, held boolean, barred boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT s.unit, s.held, s.barred
      FROM obligations.seats_of(array_fill(p_dossier, ARRAY[cardinality(p_units)]), p_units, p_at) s;
END $$;

-- Writes down the next step of each duty, an act each, in the order given: what became of its rungs, the unit that is
-- told joins the team, the duty's state. What the step is was decided by the application (obligations.rules); the
-- sweeper alone may call this, on duties that are looked at again. Any failure is the whole call's.
-- `p_steps`: [{"id", "verb", "codes", "state", "rung", "next_check_at", "told", "tried":
--   [{"id", "rung", "outcome", "unit", "fell_due_at", "noticed_at"}]}]
CREATE FUNCTION obligations.apply_sweep(p_steps jsonb, p_now timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_step record; v_dossier uuid; v_act bigint;
BEGIN
    IF NOT access.is_system() OR access.purpose() <> 'sweep' THEN
        RAISE EXCEPTION 'only the sweeper lets silence climb' USING ERRCODE = 'AR403';
    END IF;
    FOR v_step IN
        SELECT * FROM jsonb_to_recordset(p_steps) AS s (id uuid, verb text, codes jsonb, state text, rung smallint,
            next_check_at timestamptz, told integer, tried jsonb)
    LOOP
        SELECT o.dossier_id INTO v_dossier FROM public.obligations_obligation o
         WHERE o.id = v_step.id AND o.next_check_at IS NOT NULL;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'nobody waits for this duty' USING ERRCODE = 'AR409';
        END IF;
        SELECT a.act INTO v_act
          FROM journal.open_act('dossier', v_dossier::text, v_step.verb, v_step.codes, p_now, '[]', false) a;
        INSERT INTO public.obligations_escalation
            (id, obligation_id, dossier_id, rung, outcome, unit_id, fell_due_at, noticed_at)
        SELECT t.id, v_step.id, v_dossier, t.rung, t.outcome, t.unit, t.fell_due_at, t.noticed_at
          FROM jsonb_to_recordset(v_step.tried) AS t (id uuid, rung smallint, outcome text, unit integer,
               fell_due_at timestamptz, noticed_at timestamptz);
        IF v_step.told IS NOT NULL THEN
            PERFORM access.add_member(v_dossier, v_step.told, NULL, 'overseeing', NULL, 'escalation');
        END IF;
        UPDATE public.obligations_obligation o
           SET state = v_step.state, rung = v_step.rung, next_check_at = v_step.next_check_at WHERE o.id = v_step.id;
        PERFORM journal.close_act(v_act);
    END LOOP;
END $$;
