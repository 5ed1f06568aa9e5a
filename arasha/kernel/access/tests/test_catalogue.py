"""Nobody gains a door without a reviewed line, and the lines obey the house's rules."""

import re

import pytest
from django.db import connection

from arasha.kernel.access.queries import catalogue
from arasha.kernel.access.rules import matrix

pytestmark = pytest.mark.django_db
LISTS = {row["table"]: row["list"] for row in matrix.rows("tables")}


def asked(query: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


@pytest.fixture
def lines() -> list[str]:
    return [line for found in catalogue.present().values() for line in found]


def test_the_database_is_as_it_was_reviewed() -> None:
    present, reviewed = catalogue.present(), catalogue.reviewed()
    difference = {
        label: sorted(set(present.get(label, [])) ^ set(reviewed.get(label, [])))
        for label in present.keys() | reviewed.keys()
        if present.get(label, []) != reviewed.get(label, [])
    }
    assert not difference, "run `arasha access catalogue --write` and review each line that differs"


def test_every_definer_function_is_the_definers_with_a_pinned_search_path(lines: list[str]) -> None:
    definers = [line for line in lines if line.startswith("function ") and " DEFINER" in line]
    assert len(definers) > 40
    assert [line for line in definers if "owner=arasha_definer" not in line] == []
    assert [line for line in definers if "search_path=pg_catalog, pg_temp" not in line] == []


def test_nothing_is_granted_to_everybody(lines: list[str]) -> None:
    open_schemas = r"^(schema public |function public\.)"
    assert [line for line in lines if "PUBLIC=" in line and not re.match(open_schemas, line)] == []
    assert [line for line in lines if line.startswith("function public.")] == []
    assert [line for line in lines if line.startswith("default grants")] == []


def test_no_role_of_the_application_passes_row_security(lines: list[str]) -> None:
    roles = {line.split()[1]: line for line in lines if line.startswith("role ")}
    for role in ("arasha_app", "arasha_public", "arasha_definer", "arasha_reader", "arasha_owner"):
        assert "super=f bypassrls=f createrole=f" in roles[role]
    for role in ("arasha_app", "arasha_public", "arasha_definer", "arasha_reader"):
        assert roles[role].endswith("member of -")


def test_every_table_is_on_exactly_one_list() -> None:
    journalled = {
        table for (table,) in asked("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'journal_row'")
    }
    tables = {
        table
        for (table,) in asked(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        )
    }
    assert set(LISTS.values()) == {"reference", "framework", "journal", "log"}
    assert journalled & set(LISTS) == set(), "journalled and on a list of those that are not"
    assert tables - journalled == set(LISTS), "not journalled: say in access/data/tables.csv which list it is on"


def test_what_is_journalled_is_protected_and_forced(lines: list[str]) -> None:
    open_tables = {line.split()[1] for line in lines if line.startswith("table ") and "rows=forced" not in line}
    assert open_tables <= {table for table, kind in LISTS.items() if kind in {"reference", "framework"}} | {
        "journal_source"
    }


def test_the_application_deletes_and_truncates_nothing_of_the_domain(lines: list[str]) -> None:
    may_delete = {
        line.split()[1]
        for line in lines
        if line.startswith("table ") and re.search(r"arasha_(app|public)=[^,\s]*(DELETE|TRUNCATE)", line)
    }
    assert may_delete <= {table for table, kind in LISTS.items() if kind == "framework"}


def test_reference_tables_are_written_by_functions_and_the_owner_alone(lines: list[str]) -> None:
    for line in lines:
        if line.startswith("table ") and LISTS.get(line.split()[1]) == "reference":
            grants = line.partition("grants=")[2]
            assert not re.search(r"arasha_(app|public|reader)=[^,\s]*(INSERT|UPDATE|DELETE)", grants), line


def test_views_ask_as_who_looks(lines: list[str]) -> None:
    assert [line for line in lines if line.startswith("view ") and "security_invoker=true" not in line] == []
    assert [line for line in lines if line.startswith("materialised view ")] == []
