"""The SQL that protects a table, written once, for every part's migrations.

The shapes were chosen by measurement (docs/decisions/0004): the team is looked up by an inlined EXISTS, what the
context says stands in scalar subqueries that are verified once a query.
"""

IN_TEAM = """EXISTS (SELECT FROM public.access_member m
        WHERE m.dossier_id = {table}.{dossier} AND m.ended_at IS NULL
          AND (m.until IS NULL OR m.until > (SELECT access.moment()))
          AND (m.unit_id = ANY ((SELECT access.units())::integer[]) OR m.user_id = (SELECT access.user_id()))
          AND (m.reads & (SELECT access.reads()) & (1::bigint << {facet})) <> 0)"""


def definer_all(table: str) -> str:
    """Return the SQL that turns row security on, for the owner too, and lets definer functions pass."""
    return f"""
ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY definer_all ON public.{table} TO arasha_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.{table} TO arasha_definer;
"""


def row_security(
    table: str, *, dossier: str = "dossier_id", facet: str | int = "facet", nation: bool = False, writes: bool = True
) -> str:
    """Return the SQL of a content table's protection and of its grants to `arasha_app`.

    `dossier` is the column with the dossier's id, `facet` the column with the row's facet or a constant bit.
    `nation`: the table holds codes alone, which posts with the scope "nation" may read. `writes=False`: rows are
    written by definer functions only. Rows are never deleted by the application.
    """
    bit = str(int(facet)) if isinstance(facet, int) else f"{table}.{facet}"
    ordinary = f"{bit} < 16"
    in_team = IN_TEAM.format(table=table, dossier=dossier, facet=bit)
    seen_by_nation = "\n    OR (SELECT access.scope()) = 'nation'" if nation else ""
    sql = (
        definer_all(table)
        + f"""
GRANT SELECT{", INSERT, UPDATE" if writes else ""} ON public.{table} TO arasha_app;
CREATE POLICY barred ON public.{table} AS RESTRICTIVE TO arasha_app
    USING ({dossier} <> ALL ((SELECT access.barred())::uuid[]))
    WITH CHECK ({dossier} <> ALL ((SELECT access.barred())::uuid[]));
CREATE POLICY team_reads ON public.{table} FOR SELECT TO arasha_app USING (
    {in_team}
    OR {ordinary} AND ((SELECT access.is_system()) OR {dossier} = ANY ((SELECT access.glass())::uuid[])
        AND ((SELECT access.reads()) & (1::bigint << {bit})) <> 0){seen_by_nation});
"""
    )
    if writes:
        sql += f"""
CREATE POLICY team_inserts ON public.{table} FOR INSERT TO arasha_app
    WITH CHECK (access.may_insert({dossier}, ({bit})::smallint));
CREATE POLICY team_updates ON public.{table} FOR UPDATE TO arasha_app
    USING (access.may_write({dossier}, ({bit})::smallint))
    WITH CHECK (access.may_write({dossier}, ({bit})::smallint));
{system_first(table, dossier=dossier, facet=facet)}"""
    return sql


def system_first(table: str, *, dossier: str = "dossier_id", facet: str | int = "facet") -> str:
    """Return the SQL that asks once a query whether this is system work before it asks for each row.

    The same rows pass: `may_write` and `may_insert` let system work through by the same two conditions. But a sweep
    locks what is due by the thousand, and a definer function for each row, those that others hold included, costs
    thirty times the claim itself.
    """
    bit = str(int(facet)) if isinstance(facet, int) else f"{table}.{facet}"
    system = f"{bit} < 16 AND (SELECT access.is_system())"
    return f"""
ALTER POLICY team_inserts ON public.{table}
    WITH CHECK ({system} OR access.may_insert({dossier}, ({bit})::smallint));
ALTER POLICY team_updates ON public.{table}
    USING ({system} OR access.may_write({dossier}, ({bit})::smallint))
    WITH CHECK ({system} OR access.may_write({dossier}, ({bit})::smallint));
"""


def reads_system_first(
    table: str, *, dossier: str = "dossier_id", facet: str | int = "facet", nation: bool = False
) -> str:
    """Return the SQL that lets reading, too, ask once a query whether this is system work, for a table of duties.

    The same rows pass. For tables from which the clock reads much; who reads a list as a worker pays one more look
    at the context a query, therefore it is not so everywhere.
    """
    bit = str(int(facet)) if isinstance(facet, int) else f"{table}.{facet}"
    in_team = IN_TEAM.format(table=table, dossier=dossier, facet=bit)
    seen_by_nation = "\n    OR (SELECT access.scope()) = 'nation'" if nation else ""
    return f"""
ALTER POLICY team_reads ON public.{table} USING (
    {bit} < 16 AND (SELECT access.is_system())
    OR {in_team}
    OR {bit} < 16 AND {dossier} = ANY ((SELECT access.glass())::uuid[])
        AND ((SELECT access.reads()) & (1::bigint << {bit})) <> 0{seen_by_nation});
"""


def context_security(table: str) -> str:
    """Return the SQL for a table that anybody acting may read and that definer functions alone write."""
    return (
        definer_all(table)
        + f"""
GRANT SELECT ON public.{table} TO arasha_app;
CREATE POLICY acting_reads ON public.{table} FOR SELECT TO arasha_app
    USING ((SELECT access.context()) IS NOT NULL);
"""
    )


def definer_function(signature: str, *roles: str) -> str:
    """Return the SQL that gives a function to the definer role and to nobody but the roles named.

    `signature` is schema-qualified with argument types; the function itself must be declared
    `SECURITY DEFINER SET search_path = pg_catalog, pg_temp`.
    """
    grant = f"GRANT EXECUTE ON FUNCTION {signature} TO {', '.join(roles)};\n" if roles else ""
    schema = signature.partition(".")[0]
    return (
        f"GRANT USAGE, CREATE ON SCHEMA {schema} TO arasha_definer;\n"
        f"ALTER FUNCTION {signature} OWNER TO arasha_definer;\n"
        f"REVOKE CREATE ON SCHEMA {schema} FROM arasha_definer;\n"
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC;\n{grant}"
    )
