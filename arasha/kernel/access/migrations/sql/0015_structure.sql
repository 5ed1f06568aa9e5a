-- Bodies and units are made, changed and ended by two persons: the application's role writes them as system work only;
-- what two administrators agree on is carried out by `administration.confirm`.
ALTER POLICY administers_inserts ON public.access_body WITH CHECK ((SELECT access.is_system()));
ALTER POLICY administers_updates ON public.access_body
    USING ((SELECT access.is_system())) WITH CHECK ((SELECT access.is_system()));
ALTER POLICY administers_inserts ON public.access_unit WITH CHECK ((SELECT access.is_system()));
ALTER POLICY administers_updates ON public.access_unit
    USING ((SELECT access.is_system())) WITH CHECK ((SELECT access.is_system()));
GRANT UPDATE (phone) ON public.access_unit TO arasha_app;
GRANT USAGE ON SEQUENCE public.access_body_id_seq, public.access_unit_id_seq, public.access_post_id_seq TO arasha_definer;
