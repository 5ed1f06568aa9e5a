-- A training instance's clock may begin behind the real one, so that weeks of story end at the present: in the very
-- transaction that declares the instance, when nothing has happened in it yet, and never afterwards.
CREATE FUNCTION worktime.guard_clock_begins() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.ahead_seconds < 0 AND NOT EXISTS (
      SELECT FROM public.worktime_instance i, public.worktime_clock c WHERE i.xmin = c.xmin) THEN
    RAISE EXCEPTION 'the training clock never goes back' USING ERRCODE = 'AR409';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION worktime.guard_clock_begins() FROM PUBLIC;
CREATE TRIGGER guard_clock_begins AFTER INSERT ON public.worktime_clock
  FOR EACH ROW EXECUTE FUNCTION worktime.guard_clock_begins();
