-- Who watches over a unit of the helpline: its head, or a post of the helpline above it. Asked with the asker's own rights.
CREATE SCHEMA helpline;
GRANT USAGE ON SCHEMA helpline TO arasha_app, arasha_definer;
CREATE FUNCTION helpline.supervises(p_unit integer) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'helpline' = ANY ((SELECT access.functions())::text[]) AND (
        EXISTS (SELECT FROM public.access_post p WHERE p.id = (SELECT access.post_id()) AND p.unit_id = p_unit
                   AND p.rank = 'head')
        OR EXISTS (SELECT FROM public.access_unit u WHERE u.id = p_unit
                      AND u.parent_id = ANY ((SELECT access.units())::integer[])))
$$;
CREATE FUNCTION helpline.answers(p_unit integer) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT (SELECT access.post_id()) IS NOT NULL AND 'helpline' = ANY ((SELECT access.functions())::text[])
       AND p_unit = ANY ((SELECT access.units())::integer[])
$$;
REVOKE ALL ON FUNCTION helpline.supervises(integer), helpline.answers(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline.supervises(integer), helpline.answers(integer) TO arasha_app, arasha_definer;

-- Phrases: the country's are every helpline's, a unit's are that unit's, an operator's own are nobody else's.
GRANT SELECT, INSERT, UPDATE, DELETE ON public.helpline_phrase TO arasha_app;
GRANT SELECT, INSERT, DELETE ON public.helpline_phraseversion TO arasha_app;
GRANT SELECT, INSERT, UPDATE ON public.helpline_phraseuse TO arasha_app;
CREATE POLICY helpline_reads ON public.helpline_phrase FOR SELECT TO arasha_app USING (
    level = 'country' AND 'helpline' = ANY ((SELECT access.functions())::text[])
    OR level = 'unit' AND (helpline.answers(unit_id) OR helpline.supervises(unit_id))
    OR level = 'own' AND owner_id = (SELECT access.user_id()));
CREATE POLICY helpline_inserts ON public.helpline_phrase FOR INSERT TO arasha_app WITH CHECK (
    level = 'unit' AND helpline.supervises(unit_id)
    OR level = 'own' AND owner_id = (SELECT access.user_id())
       AND 'helpline' = ANY ((SELECT access.functions())::text[]));
CREATE POLICY helpline_updates ON public.helpline_phrase FOR UPDATE TO arasha_app
    USING (level = 'unit' AND helpline.supervises(unit_id) OR level = 'own' AND owner_id = (SELECT access.user_id()));
CREATE POLICY own_deletes ON public.helpline_phrase FOR DELETE TO arasha_app
    USING (level = 'own' AND owner_id = (SELECT access.user_id()));
CREATE POLICY with_phrase ON public.helpline_phraseversion FOR SELECT TO arasha_app
    USING (EXISTS (SELECT FROM public.helpline_phrase p WHERE p.id = phrase_id));
CREATE POLICY with_phrase_inserts ON public.helpline_phraseversion FOR INSERT TO arasha_app
    WITH CHECK (EXISTS (SELECT FROM public.helpline_phrase p WHERE p.id = phrase_id AND (
        p.level = 'unit' AND helpline.supervises(p.unit_id)
        OR p.level = 'own' AND p.owner_id = (SELECT access.user_id()))));
CREATE POLICY own_deletes ON public.helpline_phraseversion FOR DELETE TO arasha_app
    USING (EXISTS (SELECT FROM public.helpline_phrase p WHERE p.id = phrase_id AND p.level = 'own'
        AND p.owner_id = (SELECT access.user_id())));
CREATE POLICY helpline_reads ON public.helpline_phraseuse FOR SELECT TO arasha_app
    USING (helpline.answers(unit_id) OR helpline.supervises(unit_id));
CREATE POLICY unit_inserts ON public.helpline_phraseuse FOR INSERT TO arasha_app WITH CHECK (helpline.answers(unit_id));
CREATE POLICY unit_updates ON public.helpline_phraseuse FOR UPDATE TO arasha_app USING (helpline.answers(unit_id));

-- Known callers: persons in posts of the unit alone. No other system, no wide scope, no broken glass. All of it can go.
CREATE POLICY unit_only ON public.helpline_profile AS RESTRICTIVE TO arasha_app
    USING ((SELECT access.is_system()) OR helpline.answers(unit_id));
CREATE POLICY unit_only ON public.helpline_profileflag AS RESTRICTIVE TO arasha_app
    USING ((SELECT access.is_system()) OR EXISTS (SELECT FROM public.helpline_profile p WHERE p.id = profile_id));
CREATE POLICY unit_only ON public.helpline_profilecontact AS RESTRICTIVE TO arasha_app
    USING ((SELECT access.post_id()) IS NOT NULL AND 'helpline' = ANY ((SELECT access.functions())::text[]));
CREATE POLICY heads_only ON public.helpline_profileguidance AS RESTRICTIVE TO arasha_app
    USING (helpline.answers(unit_id) AND helpline.supervises(unit_id));
-- An operator who forgets a caller deletes what supervisors wrote without seeing that there is anything.
DO $$
DECLARE
    v_name text;
BEGIN
    SELECT conname INTO STRICT v_name FROM pg_catalog.pg_constraint
     WHERE conrelid = 'public.helpline_profileguidance'::regclass AND contype = 'f'
       AND confrelid = 'public.helpline_profile'::regclass;
    EXECUTE pg_catalog.format('ALTER TABLE public.helpline_profileguidance DROP CONSTRAINT %I', v_name);
    EXECUTE pg_catalog.format('ALTER TABLE public.helpline_profileguidance ADD CONSTRAINT %I FOREIGN KEY (profile_id)'
        ' REFERENCES public.helpline_profile (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED', v_name);
END $$;
GRANT DELETE ON public.helpline_profile, public.helpline_profileflag, public.helpline_profilecontact,
    public.helpline_profileguidance TO arasha_app;
CREATE POLICY team_deletes ON public.helpline_profile FOR DELETE TO arasha_app
    USING (access.may_write(dossier_id, 8::smallint));
CREATE POLICY team_deletes ON public.helpline_profileflag FOR DELETE TO arasha_app
    USING (access.may_write(dossier_id, 8::smallint)
        OR (SELECT access.is_system()) AND until <= (SELECT access.moment()));
CREATE POLICY team_deletes ON public.helpline_profilecontact FOR DELETE TO arasha_app
    USING (access.may_write(dossier_id, 8::smallint));
CREATE POLICY team_deletes ON public.helpline_profileguidance FOR DELETE TO arasha_app
    USING (access.may_write(dossier_id, 8::smallint));

-- What is handed over is the helpline's, as the contact is.
CREATE POLICY helpline_only ON public.helpline_matter AS RESTRICTIVE TO arasha_app
    USING ((SELECT access.is_system()) OR 'helpline' = ANY ((SELECT access.functions())::text[]));

-- Shifts: the unit and who watches over it see them; who watches over it plans them.
GRANT SELECT, INSERT, UPDATE ON public.helpline_shift TO arasha_app;
GRANT SELECT, INSERT ON public.helpline_shiftseat TO arasha_app;
DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['shift', 'shiftseat'] LOOP
        EXECUTE pg_catalog.format('CREATE POLICY helpline_reads ON public.helpline_%s FOR SELECT TO arasha_app USING ('
            '(SELECT access.is_system()) OR helpline.answers(unit_id) OR helpline.supervises(unit_id))', v_table);
        EXECUTE pg_catalog.format('CREATE POLICY heads_insert ON public.helpline_%s FOR INSERT TO arasha_app'
            ' WITH CHECK (helpline.supervises(unit_id))', v_table);
    END LOOP;
END $$;
CREATE POLICY heads_update ON public.helpline_shift FOR UPDATE TO arasha_app
    USING ((SELECT access.is_system()) OR helpline.supervises(unit_id));

-- A debrief is its operator's, and known as a code to who watches over the unit. Its words are those of two persons;
-- the clock's work sees none before its day has come.
GRANT SELECT, INSERT, UPDATE, DELETE ON public.helpline_debrief TO arasha_app;
GRANT SELECT, INSERT, DELETE ON public.helpline_debriefwords TO arasha_app;
CREATE POLICY two_read ON public.helpline_debrief FOR SELECT TO arasha_app USING (
    (SELECT access.is_system()) OR operator_id = (SELECT access.user_id()) AND helpline.answers(unit_id)
    OR helpline.supervises(unit_id));
CREATE POLICY two_insert ON public.helpline_debrief FOR INSERT TO arasha_app WITH CHECK (
    (SELECT access.is_system()) OR operator_id = (SELECT access.user_id()) AND helpline.answers(unit_id));
CREATE POLICY two_update ON public.helpline_debrief FOR UPDATE TO arasha_app USING (
    (SELECT access.is_system()) OR operator_id = (SELECT access.user_id()) AND helpline.answers(unit_id)
    OR helpline.supervises(unit_id));
CREATE POLICY clock_deletes ON public.helpline_debrief FOR DELETE TO arasha_app USING ((SELECT access.is_system()));
CREATE POLICY two_read ON public.helpline_debriefwords FOR SELECT TO arasha_app USING (
    (SELECT access.is_system()) AND until <= (SELECT access.moment())
    OR until > (SELECT access.moment()) AND EXISTS (SELECT FROM public.helpline_debrief d WHERE d.id = debrief_id
        AND (SELECT access.user_id()) IN (d.operator_id, d.supervisor_id)));
CREATE POLICY two_insert ON public.helpline_debriefwords FOR INSERT TO arasha_app WITH CHECK (
    author_id = (SELECT access.user_id()) AND EXISTS (SELECT FROM public.helpline_debrief d WHERE d.id = debrief_id
        AND (SELECT access.user_id()) IN (d.operator_id, d.supervisor_id)));
CREATE POLICY clock_deletes ON public.helpline_debriefwords FOR DELETE TO arasha_app
    USING ((SELECT access.is_system()) AND until <= (SELECT access.moment()));
