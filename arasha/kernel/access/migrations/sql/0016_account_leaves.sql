-- Another system decides nothing about who works on a file; its own unit's part it may end, when it has declined what
-- it owed there.
CREATE OR REPLACE FUNCTION access.refuse_account() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_row jsonb := to_jsonb(NEW);
BEGIN
    IF NOT access.is_account() OR (TG_TABLE_NAME = 'access_budget' AND v_row ->> 'confirmed_at' IS NULL)
       OR (TG_TABLE_NAME = 'access_member' AND v_row ->> 'part' IN ('obliged', 'informed', 'overseeing')
           AND v_row ->> 'ended_at' IS NULL)
       OR (TG_TABLE_NAME = 'access_member' AND v_row ->> 'part' = 'obliged'
           AND v_row ->> 'unit_id' = access.context() ->> 'unit')
       OR EXISTS (SELECT FROM public.access_dossier d
                   WHERE d.id = (v_row ->> 'dossier_id')::uuid AND d.opened_mark = access.opening_mark()) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
END $$;
