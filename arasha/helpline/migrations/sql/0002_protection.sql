-- Words of a contact are for helplines alone: no broken glass, wide scope or later member of a file's team opens them
-- to a post of another function.

DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['contact', 'message', 'passon', 'callback', 'draft'] LOOP
        EXECUTE pg_catalog.format('CREATE POLICY helpline_only ON public.helpline_%s AS RESTRICTIVE TO arasha_app'
            ' USING ((SELECT access.is_system()) OR ''helpline'' = ANY ((SELECT access.functions())::text[]))',
            v_table);
    END LOOP;
END $$;

-- A half-written form is its writer's: the team reads it when a contact lost its operator, and nobody else changes it.
CREATE POLICY own_inserts ON public.helpline_draft AS RESTRICTIVE FOR INSERT TO arasha_app
    WITH CHECK (user_id = (SELECT access.user_id()));
CREATE POLICY own_updates ON public.helpline_draft AS RESTRICTIVE FOR UPDATE TO arasha_app
    USING (user_id = (SELECT access.user_id())) WITH CHECK (user_id = (SELECT access.user_id()));

-- Who is there: each says it of their own post; the unit and the helpline above it see it.
GRANT SELECT, INSERT, UPDATE ON public.helpline_presence TO arasha_app;
CREATE POLICY helpline_reads ON public.helpline_presence FOR SELECT TO arasha_app USING (
    (SELECT access.is_system()) OR unit_id = ANY ((SELECT access.units())::integer[])
    OR 'helpline' = ANY ((SELECT access.functions())::text[]) AND EXISTS (
        SELECT FROM public.access_unit u
         WHERE u.id = helpline_presence.unit_id AND u.parent_id = ANY ((SELECT access.units())::integer[])));
CREATE POLICY own_inserts ON public.helpline_presence FOR INSERT TO arasha_app
    WITH CHECK (post_id = (SELECT access.post_id()) AND unit_id = (SELECT access.unit_id()));
CREATE POLICY own_updates ON public.helpline_presence FOR UPDATE TO arasha_app
    USING (post_id = (SELECT access.post_id()))
    WITH CHECK (post_id = (SELECT access.post_id()) AND unit_id = (SELECT access.unit_id()));

-- The list of reasons is reference: everybody reads it, the loader and the importer write it as the owner.
GRANT SELECT ON public.helpline_reason TO arasha_app, arasha_reader, arasha_definer, arasha_backup;
