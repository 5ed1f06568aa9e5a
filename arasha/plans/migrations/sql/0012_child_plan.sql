-- What was agreed stands: goals and actions are written while their plan is a draft. Afterwards an action may only say
-- what became of it; anything else is the next version.
CREATE FUNCTION plans.hold_agreed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_state text;
BEGIN
    SELECT p.state INTO v_state FROM public.plans_childplan p WHERE p.id = NEW.plan_id;
    IF v_state = 'draft' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'plans_planaction'
       AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a plan that was agreed is changed by its next version' USING ERRCODE = 'integrity_constraint_violation';
END $$;
REVOKE ALL ON FUNCTION plans.hold_agreed() FROM PUBLIC;
CREATE TRIGGER agreed_stays BEFORE INSERT OR UPDATE ON public.plans_plangoal
    FOR EACH ROW EXECUTE FUNCTION plans.hold_agreed();
CREATE TRIGGER agreed_stays BEFORE INSERT OR UPDATE ON public.plans_planaction
    FOR EACH ROW EXECUTE FUNCTION plans.hold_agreed();

REVOKE UPDATE ON public.plans_planvoice, public.plans_planmark FROM arasha_app;
DROP POLICY team_updates ON public.plans_planvoice;
DROP POLICY team_updates ON public.plans_planmark;
