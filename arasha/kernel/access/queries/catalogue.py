"""What the database lets whom do, as lines to be reviewed: functions, policies, tables, views, triggers, roles.

Each folder keeps its lines in `data/catalogue.txt`; a test compares them with the migrated database, so that nobody
gains a door without a reviewer seeing a line.
"""

from collections import defaultdict
from pathlib import Path

from django.apps import apps
from django.db import connections

HERE = "access"

SCHEMAS = """
SELECT n.nspname, format('schema %s owner=%s grants=%s', n.nspname, n.nspowner::regrole, GRANTS(n.nspacl))
  FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"""

FUNCTIONS = """
SELECT n.nspname, format('function %s.%s(%s) returns %s %s %s owner=%s %s execute=%s', n.nspname, p.proname,
       pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid), l.lanname,
       CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END, p.proowner::regrole,
       CASE WHEN p.prosecdef THEN 'DEFINER' ELSE 'invoker' END
           || coalesce(' set ' || array_to_string(p.proconfig, '; '), ''),
       GRANTS(coalesce(p.proacl, acldefault('f', p.proowner))))
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND p.proname !~ '^procrastinate_'
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""

TABLES = """
SELECT c.relname, format('%s %s owner=%s rows=%s grants=%s', CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN
       'materialised view' ELSE 'table' END, c.relname, c.relowner::regrole,
       CASE WHEN c.relforcerowsecurity AND c.relrowsecurity THEN 'forced' WHEN c.relrowsecurity THEN 'not forced'
            ELSE 'open' END, GRANTS(c.relacl))
       || coalesce((SELECT string_agg(format(' %s:%s', a.attname, GRANTS(a.attacl)), '' ORDER BY a.attname)
                      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL), '')
       || coalesce(' options=' || array_to_string(c.reloptions, ','), '')
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""

POLICIES = """
SELECT p.tablename, format('policy %s.%s %s %s to %s using %s check %s', p.tablename, p.policyname, p.permissive, p.cmd,
       array_to_string(p.roles, ','), coalesce(regexp_replace(p.qual, '\\s+', ' ', 'g'), '-'),
       coalesce(regexp_replace(p.with_check, '\\s+', ' ', 'g'), '-'))
  FROM pg_policies p WHERE p.schemaname = 'public'"""

TRIGGERS = """
SELECT c.relname, format('trigger %s.%s runs %s %s', c.relname, t.tgname, t.tgfoid::regproc,
       CASE t.tgenabled WHEN 'A' THEN 'always' WHEN 'O' THEN 'origin' ELSE t.tgenabled::text END)
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace AND c.relname !~ '^procrastinate_'"""

ROLES = """
SELECT 'access', format('role %s login=%s super=%s bypassrls=%s createrole=%s member of %s', r.rolname, r.rolcanlogin,
       r.rolsuper, r.rolbypassrls, r.rolcreaterole, coalesce((SELECT string_agg(m.roleid::regrole::text, ',' ORDER BY
       m.roleid::regrole::text) FROM pg_auth_members m WHERE m.member = r.oid), '-'))
  FROM pg_roles r WHERE r.rolname ~ '^arasha_(owner|app|public|definer|reader|backup)$'
UNION ALL
SELECT 'access', format('default grants of %s in %s: %s', d.defaclrole::regrole, d.defaclnamespace, d.defaclacl)
  FROM pg_default_acl d"""

# An access list without what its owner has anyway, in a fixed order.
GRANTS = """coalesce((SELECT string_agg(
    format('%s=%s', CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END, g.privileges),
    ',' ORDER BY g.grantee::regrole::text)
    FROM (SELECT x.grantee, string_agg(x.privilege_type, '+' ORDER BY x.privilege_type) AS privileges
            FROM aclexplode(ACL) x WHERE x.grantee <> x.grantor GROUP BY x.grantee) g), '-')"""


def present(*, using: str = "default") -> dict[str, list[str]]:
    """Return what is in the database now: sorted lines by the label of the folder that answers for them."""
    found: dict[str, list[str]] = defaultdict(list)
    with connections[using].cursor() as cursor:
        for query in (SCHEMAS, FUNCTIONS, TABLES, POLICIES, TRIGGERS, ROLES):
            cursor.execute(_with_grants(query))
            for name, line in cursor.fetchall():
                found[_label_of(name)].append(line)
    return {label: sorted(lines) for label, lines in sorted(found.items())}


def reviewed() -> dict[str, list[str]]:
    """Return the reviewed lines by folder."""
    files = {label: file_of(label) for label in _folders()}
    return {label: file.read_text(encoding="utf-8").splitlines() for label, file in files.items() if file.exists()}


def file_of(label: str) -> Path:
    """Return where a folder keeps its reviewed lines."""
    return _folders()[label] / "data" / "catalogue.txt"


def _folders() -> dict[str, Path]:
    return {c.label: Path(c.path) for c in apps.get_app_configs() if c.name.startswith("arasha.")}


def _label_of(name: str) -> str:
    """Return the folder of a table or schema by its name; what is nobody's (public, Django's) is access's."""
    labels = sorted(_folders(), key=len, reverse=True)
    return next((label for label in labels if name == label or name.startswith(f"{label}_")), HERE)


def _with_grants(query: str) -> str:
    """Write `GRANTS(acl)` out."""
    while (start := query.find("GRANTS(")) >= 0:
        depth, end = 1, start + len("GRANTS(")
        while depth:
            depth += {"(": 1, ")": -1}.get(query[end], 0)
            end += 1
        acl = query[start + len("GRANTS(") : end - 1]
        query = query[:start] + GRANTS.replace("ACL", acl) + query[end:]
    return query
