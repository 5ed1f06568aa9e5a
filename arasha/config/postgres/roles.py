"""The roles, the database and what each may do in it, as SQL that can be run again."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

LOGINS = {
    "arasha_owner": "owns schemas and tables, migrates",
    "arasha_app": "serves staff, under row security",
    "arasha_public": "serves the public pages",
    "arasha_reader": "sees codes, for the mart",
    "arasha_backup": "reads everything for dumps",
}
PLAIN = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
EXTENSIONS = ("pg_trgm", "btree_gist", "btree_gin", "unaccent", "fuzzystrmatch")
USERS = "arasha_app, arasha_public, arasha_reader, arasha_backup"
SERVING = ("arasha_app", "arasha_public", "arasha_reader")
# The beginning of the database's comment while a restore is not finished: nobody who serves may connect.
CLOSED = "arasha: closed while a backup is restored"
CONNECT = """DO $$ BEGIN
  IF coalesce((SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()), '')
    NOT LIKE '{closed}%' THEN GRANT CONNECT ON DATABASE {name} TO {users}; END IF; END $$"""


def role_statements() -> list[str]:
    """Return the statements that make the roles; a role that exists is brought to the same attributes."""
    made = [
        f"DO $$ BEGIN IF to_regrole('{role}') IS NULL THEN CREATE ROLE {role}; END IF; END $$"
        for role in [*LOGINS, "arasha_definer"]
    ]
    for role in LOGINS:
        bypass = "BYPASSRLS" if role == "arasha_backup" else "NOBYPASSRLS"
        made.append(f"ALTER ROLE {role} LOGIN INHERIT {PLAIN} {bypass}")
    return [
        *made,
        f"ALTER ROLE arasha_definer NOLOGIN INHERIT {PLAIN} NOBYPASSRLS",
        "GRANT arasha_definer TO arasha_owner",
        "GRANT pg_read_all_data TO arasha_backup",
        "ALTER ROLE arasha_app SET search_path = public",
        "ALTER ROLE arasha_public SET search_path = public",
    ]


def create_database(name: str, version: int) -> str:
    """Return the statement that makes the database with Unicode character classes and byte order."""
    provider = " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'" if version >= 17 else ""
    return (
        f"CREATE DATABASE {name} OWNER arasha_owner TEMPLATE template0 ENCODING 'UTF8'{provider} "
        "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
    )


def database_statements(name: str) -> list[str]:
    """Return the statements to run inside the database: who may connect, and the extensions."""
    return [
        f"ALTER DATABASE {name} OWNER TO arasha_owner",
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        CONNECT.format(closed=CLOSED, name=name, users=USERS),
        "ALTER SCHEMA public OWNER TO arasha_owner",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {USERS}, arasha_definer",
        *(f"CREATE EXTENSION IF NOT EXISTS {name} SCHEMA public" for name in EXTENSIONS),
    ]


def for_administrator(name: str = "arasha") -> str:
    """Return a psql script for a database administrator; passwords are set by hand, not written here."""
    lines = [
        "-- Roles and database of Arasha for PostgreSQL 15 to 18. Run as a superuser:  psql -f roles.sql",
        "-- It can be run again. Then give each role that logs in a password with \\password:",
        *(f"--   \\password {role}   -- {purpose}" for role, purpose in LOGINS.items()),
        "\\set ON_ERROR_STOP on",
        *(f"{statement};" for statement in role_statements()),
        "SELECT current_setting('server_version_num')::int >= 170000 AS builtin \\gset",
    ]
    for condition, version in (("\\if :builtin", 17), ("\\else", 15)):
        text = create_database(name, version).replace("'", "''")
        lines += [condition, f"SELECT '{text}' WHERE NOT EXISTS "]
        lines[-1] += f"(SELECT FROM pg_database WHERE datname = '{name}') \\gexec"
    lines += ["\\endif", f"\\connect {name}", *(f"{statement};" for statement in database_statements(name))]
    return "\n".join(lines) + "\n"


def apply_roles(connection: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Make the roles on a superuser's connection and set their passwords."""
    for statement in role_statements():
        connection.execute(statement.encode())
    for other in ("postgres", "template1"):  # in a cluster of our own nobody has business there
        connection.execute(f"REVOKE ALL ON DATABASE {other} FROM PUBLIC".encode())
    for role, password in passwords.items():
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password)))


def apply_database(connection: psycopg.Connection, name: str) -> None:
    """Grant and extend inside the database that the superuser's connection is in."""
    for statement in database_statements(name):
        connection.execute(statement.encode())
