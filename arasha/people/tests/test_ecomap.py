"""The eco-map: the household in the middle, systems around it, bonds told apart by their line, nothing on another."""

from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arasha.people.rules.ecomap import BONDS, FLOWS, SYSTEMS, Bond, System, ecomap
from arasha.people.rules.family import Member, Why
from arasha.people.rules.picture import Area, Line, Picture, Round, Words, bounds
from arasha.people.rules.told import BOND_REASONS, told_bonds, told_odd_bonds
from arasha.people.tests.pictures import outside, overlaps, with_style

HOME = [Member("m", "Айгүл", "girl"), Member("i", "Дәурен", "boy", is_index=True)]
SCHOOL, CLINIC = System("s", "№ 12 мектеп", "school"), System("c", "Емхана", "clinic")


def circles(picture: Picture, style: str) -> list[Round]:
    return [shape for shape in with_style(picture, style) if isinstance(shape, Round)]


def nothing_lies_on_another(picture: Picture) -> None:
    for rounds in ([*circles(picture, "e-household"), *circles(picture, "e-system")], circles(picture, "e-badge")):
        assert all(
            hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius
            for at, one in enumerate(rounds)
            for other in rounds[:at]
        )
    assert outside(picture) == []


def held(picture: Picture, circle: Round, owners: set[str]) -> bool:
    """Say whether everything of some owners lies within a circle."""
    return all(
        hypot(x - circle.x, y - circle.y) <= circle.radius + 1
        for shape in picture.shapes
        if shape.owner in owners and shape is not circle
        for left, top, right, bottom in [bounds(shape)]
        for x, y in ((left, top), (left, bottom), (right, top), (right, bottom))
    )


def test_the_household_is_in_the_middle_with_its_people_numbered_the_child_first() -> None:
    picture = ecomap(HOME, [SCHOOL, CLINIC], [])
    (home,) = circles(picture, "e-household")
    assert (home.x, home.y) == (picture.width // 2, picture.height // 2)
    assert held(picture, home, {"i", "m"})
    numbers = {shape.owner: shape.words for shape in with_style(picture, "e-number") if isinstance(shape, Words)}
    assert numbers == {"i": "1", "m": "2"}


@pytest.mark.parametrize("strength", [row.code for row in BONDS])
def test_each_strength_has_its_own_line(strength: str) -> None:
    picture = ecomap(HOME, [SCHOOL], [Bond("s", strength)])
    lines = [shape for shape in picture.shapes if isinstance(shape, Line) and "e-bond" in shape.style]
    assert {shape.style for shape in lines} == {f"e-bond e-bond--{strength}"}
    assert len(lines) == (2 if strength == "broken" else 1)
    assert (max(len(line.points) for line in lines) > 2) == (strength == "stressful")
    assert len(with_style(picture, "e-break")) == (2 if strength == "broken" else 0)


@pytest.mark.parametrize(
    ("flow", "ends"), [("to", {"home"}), ("from", {"away"}), ("both", {"home", "away"}), ("none", set())]
)
def test_an_arrow_stands_where_strength_arrives(flow: str, ends: set[str]) -> None:
    picture = ecomap(HOME, [SCHOOL], [Bond("s", "usual", flow)])
    (home,), (away,) = circles(picture, "e-household"), circles(picture, "e-system")
    tips = [shape.points[0] for shape in with_style(picture, "e-arrow") if isinstance(shape, Area)]
    found = {
        name
        for x, y in tips
        for name, circle in (("home", home), ("away", away))
        if abs(hypot(x - circle.x, y - circle.y) - circle.radius) <= 1
    }
    assert (found, len(tips)) == (ends, len(ends))


def test_a_bond_of_one_person_bears_their_number() -> None:
    picture = ecomap(
        HOME, [SCHOOL], [Bond("s", "strong", member="m"), Bond("s", "weak", member="i"), Bond("s", "usual")]
    )
    on_lines = [shape for shape in with_style(picture, "e-number") if isinstance(shape, Words) and not shape.owner]
    assert sorted(shape.words for shape in on_lines) == ["1", "2"]
    assert len(circles(picture, "e-badge")) == 2


@pytest.mark.parametrize(
    ("bond", "why"),
    [
        (Bond("x", "strong"), Why.NOBODY),
        (Bond("s", "strong", member="x"), Why.NOBODY),
        (Bond("s", "mighty"), Why.KIND),
        (Bond("s", "strong", "sideways"), Why.KIND),
        (Bond("s", "strong"), Why.TWICE),
    ],
)
def test_a_bond_that_cannot_be_is_left_out_and_named(bond: Bond, why: Why) -> None:
    picture = ecomap(HOME, [SCHOOL], [Bond("s", "usual"), bond])
    assert [entry.why for entry in picture.odd] == [why]
    assert why in BOND_REASONS
    assert [row.why for row in told_odd_bonds([SCHOOL], picture.odd)] == [BOND_REASONS[why]]
    assert len(with_style(picture, "e-bond")) == 1


def test_a_system_written_twice_is_drawn_once() -> None:
    picture = ecomap(HOME, [SCHOOL, SCHOOL, System("s", "other", "school")], [])
    assert [entry.why for entry in picture.odd] == [Why.TWICE, Why.TWICE]
    assert len(circles(picture, "e-system")) == 1


def test_whoever_has_died_is_not_in_the_household() -> None:
    picture = ecomap([*HOME, Member("g", "Ата", "boy", died=True)], [], [])
    assert {shape.owner for shape in with_style(picture, "g-person")} == {"i", "m"}


def test_the_table_holds_every_system_and_every_bond() -> None:
    rows = told_bonds(
        HOME, [SCHOOL, CLINIC], [Bond("s", "strong", "to", "i"), Bond("s", "weak", note="2023"), Bond("x", "weak")]
    )
    assert [(row.system, bool(row.strength), row.whose, row.note) for row in rows] == [
        ("№ 12 мектеп", True, "Дәурен", ""),
        ("№ 12 мектеп", True, "", "2023"),
        ("Емхана", False, "", ""),
    ]


@pytest.mark.parametrize("count", [1, 2, 24, 100])
def test_many_systems_with_long_names_and_many_bonds_find_room(count: int) -> None:
    household = [Member(f"m{n}", f"Айым {n}") for n in range(8)]
    systems = [System(f"s{n}", "Облыстық көпбейінді балалар ауруханасы", "clinic") for n in range(count)]
    bonds = [Bond(f"s{n}", "strong", "both", f"m{m}") for n in range(count) for m in range(8)]
    picture = ecomap(household, systems, bonds)
    nothing_lies_on_another(picture)
    tips = [shape.points[0] for shape in with_style(picture, "e-arrow") if isinstance(shape, Area)]
    assert len(tips) == 2 * 8 * count
    # An arrow is 12 px wide.
    assert all(hypot(x - u, y - v) >= 12 for at, (x, y) in enumerate(tips) for u, v in tips[:at])


PEOPLE = [f"m{n}" for n in range(30)]
PLACES = [f"s{n}" for n in range(24)]
NAMES = st.sampled_from(
    ["Ж.", "Христорождественский-Нұрмұхаммедәлиханов", "", "Ш" * 40, "Аудандық әлеуметтік қолдау орталығы"]
)
HOUSEHOLDS = st.lists(
    st.builds(
        Member,
        key=st.sampled_from(PEOPLE),
        called=NAMES,
        sex=st.sampled_from(["girl", "boy", "unknown", "x"]),
        is_index=st.booleans(),
    ),
    max_size=30,
    unique_by=lambda member: member.key,
)
SYSTEM_LISTS = st.lists(
    st.builds(
        System,
        key=st.sampled_from(PLACES),
        called=NAMES,
        kind=st.sampled_from([*(row.code for row in SYSTEMS), "x"]),
    ),
    max_size=24,
)
BOND_LISTS = st.lists(
    st.builds(
        Bond,
        system=st.sampled_from(PLACES),
        strength=st.sampled_from([*(row.code for row in BONDS), "x"]),
        flow=st.sampled_from([row.code for row in FLOWS]),
        member=st.sampled_from([*PEOPLE, "", ""]),
    ),
    max_size=40,
)


@settings(max_examples=100, deadline=None)
@given(HOUSEHOLDS, SYSTEM_LISTS, BOND_LISTS)
def test_whatever_is_written_nothing_lies_on_another(
    household: list[Member], systems: list[System], bonds: list[Bond]
) -> None:
    picture = ecomap(household, systems, bonds)
    nothing_lies_on_another(picture)
    rounds = circles(picture, "e-system")
    assert len(rounds) == len({system.key for system in systems})
    assert all(held(picture, circle, {circle.owner}) for circle in rounds)
    assert held(picture, circles(picture, "e-household")[0], {member.key for member in household})
    assert overlaps(Picture(picture.width, picture.height, [s for s in picture.shapes if s.owner in PEOPLE])) == []
    assert ecomap(household, systems, bonds) == picture
