"""Part × facet × function × command, as raw SQL on the application's own login: every cell as the tables say."""

import uuid

import psycopg
import pytest

from arasha.kernel.access.rules import FACETS, Facet, matrix
from arasha.kernel.access.tests.world import World, expected

FUNCTIONS = sorted(matrix.of_functions())


def named(world: World, rows: list[tuple[uuid.UUID, int]]) -> dict[str, set[Facet]]:
    ways = {dossier: way for way, dossier in world.dossiers.items()}
    found: dict[str, set[Facet]] = {way: set() for way in world.dossiers}
    for dossier, facet in rows:
        found[ways[dossier]].add(Facet(facet))
    return found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_select_shows_what_the_tables_say(world: World, function: str) -> None:
    with world.acting(function) as app:
        rows = app.execute("SELECT dossier_id, facet FROM test_note").fetchall()
    assert named(world, rows) == {way: expected(function, way)[0] for way in world.dossiers}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_update_reaches_what_the_tables_say(world: World, function: str) -> None:
    with world.acting(function) as app:
        rows = app.execute("UPDATE test_note SET body = 'changed' RETURNING dossier_id, facet").fetchall()
    assert named(world, rows) == {way: expected(function, way)[1] for way in world.dossiers}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_insert_is_let_in_where_the_tables_say(world: World, function: str) -> None:
    let_in: list[tuple[uuid.UUID, int]] = []
    with world.acting(function) as app:
        for dossier in world.dossiers.values():
            for facet in FACETS:
                try:
                    with app.transaction():
                        app.execute(
                            "INSERT INTO test_note VALUES (%s, %s, %s, 'new')", [uuid.uuid4(), dossier, int(facet)]
                        )
                    let_in.append((dossier, int(facet)))
                except psycopg.errors.InsufficientPrivilege:
                    pass
    assert named(world, let_in) == {way: expected(function, way)[1] for way in world.dossiers}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_functions_for_pages_say_the_same(world: World, function: str) -> None:
    with world.acting(function) as app:
        asked = app.execute(
            "SELECT d.id, f.bit, access.may_read(d.id, f.bit), access.may_write(d.id, f.bit) "
            "FROM unnest(%s::uuid[]) AS d (id), access_facet f",
            [list(world.dossiers.values())],
        ).fetchall()
    for index in (0, 1):
        said = [(dossier, bit) for dossier, bit, *answers in asked if answers[index]]
        assert named(world, said) == {way: expected(function, way)[index] for way in world.dossiers}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_nothing_is_ever_deleted_or_moved_to_where_one_may_not_write(world: World, function: str) -> None:
    with world.acting(function) as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
            app.execute("DELETE FROM test_note")
        for facet in (Facet.REPORTER, Facet.DOCUMENTS):
            _, writable = expected(function, "lead")
            moved = app.execute(
                "SELECT count(*) FROM test_note WHERE dossier_id = %s AND facet = ANY(%s)",
                [world.dossiers["lead"], [int(f) for f in writable]],
            ).fetchone()
            if moved and moved[0]:
                with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                    app.execute("UPDATE test_note SET facet = %s", [int(facet)])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_dossiers_and_teams_are_there_for_who_is_on_them(world: World, function: str) -> None:
    on_team = {dossier for way, dossier in world.dossiers.items() if way != "nobody"}
    with world.acting(function) as app:
        dossiers = {row[0] for row in app.execute("SELECT id FROM access_dossier")}
        members = {row[0] for row in app.execute("SELECT dossier_id FROM access_member")}
        team = {
            row[0] for row in app.execute("SELECT dossier_id FROM access.team(%s)", [list(world.dossiers.values())])
        }
    assert dossiers == members == team == on_team


NAMED_BY_THE_REQUIREMENTS = [
    ("health_care", Facet.HEALTH, True),
    ("health_care", Facet.INTERVIEW, False),
    ("juvenile_inspection", Facet.DOCUMENTS, False),
    ("women_children_police", Facet.DOCUMENTS, False),
    ("prosecution", Facet.DOCUMENTS, False),
    ("education_school", Facet.EDUCATION, True),
    ("education_school", Facet.OBLIGATIONS, True),
    ("education_school", Facet.CONCERN, False),
    ("education_school", Facet.HEALTH, False),
    ("education_school", Facet.REPORTER, False),
    ("coordination_district", Facet.HEALTH, True),
    ("coordination_district", Facet.REPORTER, False),
    ("administration", Facet.IDENTITY, False),
]


@pytest.mark.parametrize(("function", "facet", "reads"), NAMED_BY_THE_REQUIREMENTS)
def test_what_the_requirements_name_is_so_whatever_the_tables_say(
    world: World, function: str, facet: Facet, reads: bool
) -> None:
    with world.acting(function) as app:
        rows = app.execute("SELECT DISTINCT facet FROM test_note").fetchall()
    assert ((int(facet),) in rows) is reads


def test_a_sealed_facet_never_comes_with_a_part() -> None:
    for reads, writes in matrix.of_parts().values():
        assert (reads | writes) >> 16 == 0
        assert writes & ~reads == 0
    for reads, writes in matrix.of_functions().values():
        assert writes & ~reads == 0


def test_the_table_has_every_part_function_and_facet() -> None:
    for name in ("part_facets", "function_facets"):
        for row in matrix.rows(name):
            assert {facet.name.lower() for facet in Facet} < set(row)
            assert {row[facet.name.lower()] for facet in Facet} <= {"", "r", "rw"}
    assert {row["code"] for row in matrix.rows("functions")} == set(matrix.of_functions())
    assert {int(row["bit"]) for row in matrix.rows("facets")} == {int(facet) for facet in Facet}
    assert all(functions <= set(matrix.of_functions()) for functions in matrix.rights().values())
