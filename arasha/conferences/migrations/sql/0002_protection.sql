-- Case conferences. A sitting holds no child's data: its unit sees it, and whoever sees one of its items. Everything of
-- an item lies in its file, under the facet of obligations; what was said there only who was invited reads, or who
-- reads the plan. The child's words only whom the child chose.

CREATE SCHEMA conferences;
REVOKE ALL ON SCHEMA conferences FROM PUBLIC;
GRANT USAGE ON SCHEMA conferences TO arasha_app;

-- Whether what was said and decided in an item is there for who acts: a unit invited, or one that reads the file's plan;
-- never one that stepped aside.
CREATE FUNCTION conferences.sits(p_item uuid, p_dossier uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN NOT EXISTS (
    SELECT FROM public.conferences_seat s
     WHERE s.item_id = p_item AND s.standing = 'aside' AND s.unit_id = ANY ((SELECT access.units())::integer[]))
  AND (EXISTS (
    SELECT FROM public.conferences_seat s
     WHERE s.item_id = p_item AND s.unit_id = ANY ((SELECT access.units())::integer[]))
    OR access.reads_plan(p_dossier));

-- Whether the child's words of this revision are for who acts: who wrote them; else, of the child's last choice alone,
-- everybody at the table, or the unit that leads the file and the person whom the child named.
CREATE FUNCTION conferences.hears(p_voice uuid, p_revision smallint, p_user integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN p_user = (SELECT access.user_id()) OR EXISTS (
    SELECT FROM public.conferences_voice v
     WHERE v.id = p_voice AND v.revision = p_revision
       AND NOT EXISTS (
         SELECT FROM public.conferences_seat s
          WHERE s.item_id = v.item_id AND s.standing = 'aside' AND s.unit_id = ANY ((SELECT access.units())::integer[]))
       AND (v.hears = 'all' AND EXISTS (
              SELECT FROM public.conferences_seat s
               WHERE s.item_id = v.item_id AND s.unit_id = ANY ((SELECT access.units())::integer[]))
         OR v.hears IN ('few', 'aloud') AND (
              v.hearer_id = (SELECT access.user_id()) OR EXISTS (
                SELECT FROM public.access_dossier d
                 WHERE d.id = v.dossier_id AND d.lead_unit_id = ANY ((SELECT access.units())::integer[])))));

-- Which of these people may know of a file: nobody who is barred, as a person or for where they sit, sat or have a tie.
CREATE FUNCTION conferences.may_know(p_dossier uuid, p_users integer[]) RETURNS SETOF integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.may_write(p_dossier, 7::smallint) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    RETURN QUERY SELECT u.id FROM unnest(p_users) AS u (id)
     WHERE NOT EXISTS (
        SELECT FROM public.access_bar b
         WHERE b.dossier_id = p_dossier AND b.ended_at IS NULL
           AND (b.user_id = u.id OR b.body_id = ANY (access.bodies_of(u.id, access.moment()))));
END $$;

GRANT SELECT, INSERT, UPDATE ON public.conferences_sitting TO arasha_app;
CREATE POLICY sitting_reads ON public.conferences_sitting FOR SELECT TO arasha_app USING (
    (SELECT access.is_system()) OR unit_id = ANY ((SELECT access.units())::integer[])
    OR EXISTS (SELECT FROM public.conferences_item i WHERE i.sitting_id = conferences_sitting.id));
CREATE POLICY holder_inserts ON public.conferences_sitting FOR INSERT TO arasha_app
  WITH CHECK (unit_id = ANY ((SELECT access.units())::integer[]) AND user_id = (SELECT access.user_id()));
CREATE POLICY holder_updates ON public.conferences_sitting FOR UPDATE TO arasha_app
  USING (unit_id = ANY ((SELECT access.units())::integer[]))
  WITH CHECK (unit_id = ANY ((SELECT access.units())::integer[]));

GRANT SELECT, INSERT ON public.conferences_secretary TO arasha_app;
CREATE POLICY unit_reads ON public.conferences_secretary FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR unit_id = ANY ((SELECT access.units())::integer[]));
CREATE POLICY unit_inserts ON public.conferences_secretary FOR INSERT TO arasha_app
  WITH CHECK (unit_id = ANY ((SELECT access.units())::integer[]) AND user_id = (SELECT access.user_id()));
