-- Bodies, units, posts and users: who may read and write their rows.

ALTER TABLE public.access_user ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY definer_all ON public.access_user TO arasha_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.access_user TO arasha_definer;
GRANT USAGE ON SEQUENCE public.access_user_id_seq TO arasha_definer;
GRANT SELECT ON public.access_user TO arasha_app;
GRANT UPDATE (password, last_login, language, email, name) ON public.access_user TO arasha_app;
-- The row holds the password's hash: one's own, or the sign-in pages' (system context with this purpose).
CREATE POLICY own_reads ON public.access_user FOR SELECT TO arasha_app USING (
    id = (SELECT access.user_id()) OR (SELECT access.is_system()));
CREATE POLICY own_updates ON public.access_user FOR UPDATE TO arasha_app USING (
    id = (SELECT access.user_id()) OR (SELECT access.purpose()) = 'sign_in')
    WITH CHECK (id = (SELECT access.user_id()) OR (SELECT access.purpose()) = 'sign_in');

-- Colleagues' names are no secret among signed-in people; their logins, addresses and hashes are.
CREATE FUNCTION access.names(p_users integer[]) RETURNS TABLE (id integer, name text)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT u.id, u.name FROM public.access_user u
     WHERE u.id = ANY (p_users) AND (SELECT access.context()) IS NOT NULL;
END;

CREATE POLICY own_reads ON public.access_tenure FOR SELECT TO arasha_app USING (
    user_id = (SELECT access.user_id()) OR (SELECT access.is_system()));
GRANT SELECT ON public.access_tenure TO arasha_app;

-- The look at the file, the broken glass and the budget: one's own, and those that one must answer for.
CREATE POLICY own_reads ON public.access_look FOR SELECT TO arasha_app USING (user_id = (SELECT access.user_id()));
CREATE POLICY own_reads ON public.access_budget FOR SELECT TO arasha_app USING (user_id = (SELECT access.user_id()));
CREATE POLICY barred ON public.access_glass AS RESTRICTIVE TO arasha_app
    USING (dossier_id <> ALL ((SELECT access.barred())::uuid[]));
CREATE POLICY concerned_reads ON public.access_glass FOR SELECT TO arasha_app USING (
    user_id = (SELECT access.user_id()) OR lead_unit_id = ANY ((SELECT access.units())::integer[])
    OR watching_unit_id = ANY ((SELECT access.units())::integer[]) OR (SELECT access.is_system()));

-- Django's own session data: no child's data, and a key that is not the session's.
GRANT SELECT, INSERT, UPDATE, DELETE ON public.access_websession TO arasha_app;
-- Reference tables.
GRANT SELECT ON public.access_function, public.access_facet, public.access_partfacet
    TO arasha_app, arasha_public, arasha_reader, arasha_definer;

ALTER FUNCTION access.names(integer[]) OWNER TO arasha_definer;
ALTER FUNCTION access.settle_team(uuid) OWNER TO arasha_definer;
ALTER FUNCTION access.keep_team() OWNER TO arasha_definer;
ALTER FUNCTION access.keep_tenures() OWNER TO arasha_definer;
ALTER FUNCTION access.my_parts(uuid) OWNER TO arasha_definer;
ALTER FUNCTION access.may_open(uuid) OWNER TO arasha_definer;
ALTER FUNCTION access.may_read(uuid, smallint) OWNER TO arasha_definer;
ALTER FUNCTION access.may_write(uuid, smallint) OWNER TO arasha_definer;
ALTER FUNCTION access.may_insert(uuid, smallint) OWNER TO arasha_definer;
ALTER FUNCTION access.require_part(uuid, text[]) OWNER TO arasha_definer;
ALTER FUNCTION access.put_member(uuid, integer, integer, text, bigint, bigint, timestamptz, text) OWNER TO arasha_definer;
ALTER FUNCTION access.put_part(uuid, integer, integer, text, timestamptz, text) OWNER TO arasha_definer;
ALTER FUNCTION access.open_dossier(uuid, text, text, jsonb, timestamptz) OWNER TO arasha_definer;
ALTER FUNCTION access.add_member(uuid, integer, integer, text, timestamptz, text) OWNER TO arasha_definer;
ALTER FUNCTION access.renew_masks() OWNER TO arasha_definer;
ALTER FUNCTION access.team(uuid[]) OWNER TO arasha_definer;

-- Nothing is granted by default; what follows is all that other roles may run.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA access TO arasha_definer;
GRANT EXECUTE ON FUNCTION access.renew_context_key(), access.install_secret(bytea, bytea, interval),
    access.renew_masks() TO arasha_owner;
GRANT EXECUTE ON FUNCTION
    access.transaction_mark(), access.enter(bytea, integer), access.enter_system(text, bytea),
    access.begin_session(integer, bytea, timestamptz, bytea), access.end_session(bytea),
    access.context(), access.user_id(), access.post_id(), access.unit_id(), access.body_id(), access.units(),
    access.users(), access.bodies(), access.barred(), access.glass(), access.functions(), access.reads(),
    access.writes(), access.scope(), access.purpose(), access.is_system(), access.moment(),
    access.may_open(uuid), access.may_read(uuid, smallint), access.may_write(uuid, smallint),
    access.may_insert(uuid, smallint), access.my_parts(uuid), access.team(uuid[]), access.names(integer[]),
    access.open_dossier(uuid, text, text, jsonb, timestamptz),
    access.add_member(uuid, integer, integer, text, timestamptz, text)
    TO arasha_app;
