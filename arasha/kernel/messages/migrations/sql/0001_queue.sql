-- The job queue belongs to the library; the application's role may use it, nobody else.
-- arasha_app needs what a worker does: put in, take, finish, clear jobs. No TRUNCATE, no REFERENCES, no TRIGGER.
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers
  TO arasha_app;
GRANT SELECT, INSERT ON procrastinate_events TO arasha_app;
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_workers_id_seq,
  procrastinate_periodic_defers_id_seq, procrastinate_events_id_seq TO arasha_app;

DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
           WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'procrastinate\_%'
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO arasha_app', f);
  END LOOP;
END $$;

REVOKE ALL ON TYPE procrastinate_job_status, procrastinate_job_event_type, procrastinate_job_to_defer_v1 FROM PUBLIC;
GRANT USAGE ON TYPE procrastinate_job_status, procrastinate_job_event_type, procrastinate_job_to_defer_v1 TO arasha_app;

GRANT SELECT, INSERT, UPDATE ON message_pulse TO arasha_app;
