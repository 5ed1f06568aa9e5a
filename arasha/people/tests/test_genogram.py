"""The genogram: everybody stands where the field expects them, nobody on another, whatever was written."""

import random
import subprocess
import sys
from datetime import date
from itertools import combinations

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from arasha.people.rules.family import RELATIONSHIPS, Member, Tie, Why
from arasha.people.rules.genogram import genogram
from arasha.people.rules.picture import Area, Line, Picture, Words
from arasha.people.tests.pictures import alongside, inside, middle, outside, overlaps, struck, touching, with_style

CODES = [row.code for row in RELATIONSHIPS]
I = Member("i", "Дәурен", "boy", "2014", is_index=True, household="home", first_day=date(2014, 5, 1))  # noqa: E741
M, F = Member("m", "Айгүл", "girl", household="home"), Member("f", "Ермек", "boy", household="away")
BOTH = [Tie("m", "i", "mother"), Tie("f", "i", "father")]


def sound(picture: Picture) -> None:
    assert overlaps(picture) == []
    assert outside(picture) == []
    assert struck(picture) == []
    assert alongside(picture) == []
    homes = [shape for shape in with_style(picture, "g-home") if isinstance(shape, Area)]
    assert not any(touching(one, other) for one, other in combinations(homes, 2))


def test_parents_stand_above_the_child_the_man_left() -> None:
    picture = genogram([I, M, F], [*BOTH, Tie("m", "f", "spouse")])
    (fx, fy), (mx, my), (ix, iy) = (middle(picture, key) for key in "fmi")
    assert fx < ix < mx
    assert fy == my < iy
    assert len(with_style(picture, "g-line--married")) == 1
    sound(picture)


def test_brothers_and_sisters_stand_in_order_of_birth_however_they_were_named() -> None:
    born = {"c": 2020, "a": 2009, "b": 2012}
    more = [Member(key, key, first_day=date(year, 1, 1)) for key, year in born.items()]
    picture = genogram([I, *more, M, F], [*BOTH, *(Tie(one, key, "parent") for key in born for one in "mf")])
    assert sorted("iabc", key=lambda key: middle(picture, key)[0]) == ["a", "b", "i", "c"]


def test_a_child_with_a_spouse_keeps_the_place_of_its_birth() -> None:
    more = [Member("a", "A", "boy", first_day=date(2000, 1, 1)), Member("b", "B", "boy", first_day=date(1999, 1, 1))]
    wife = Member("w", "W", "girl")
    ties = [*BOTH, *(Tie(one, key, "parent") for key in "ab" for one in "mf"), Tie("w", "a", "spouse")]
    picture = genogram([I, *more, M, F, wife], ties)
    assert sorted("iabw", key=lambda key: middle(picture, key)[0]) == ["b", "a", "w", "i"]


@pytest.mark.parametrize(
    ("tie", "line", "strokes"),
    [
        (Tie("m", "f", "spouse"), "married", 0),
        (Tie("m", "f", "spouse", ended=True), "married", 2),
        (Tie("m", "f", "former_spouse"), "married", 2),
        (Tie("m", "f", "partner"), "unmarried", 0),
        (Tie("m", "f", "partner", ended=True), "unmarried", 1),
        (Tie("f", "m", "former_partner"), "unmarried", 1),
    ],
)
def test_the_line_of_a_couple_says_how_they_are_joined(tie: Tie, line: str, strokes: int) -> None:
    picture = genogram([I, M, F], [*BOTH, tie])
    assert len(with_style(picture, f"g-line--{line}")) == 1
    assert len(with_style(picture, "g-cross")) == strokes


def test_a_marriage_that_death_ended_is_not_struck_through() -> None:
    picture = genogram([I, M, Member("f", "Ермек", "boy", died=True)], [Tie("m", "f", "spouse", ended=True)])
    assert with_style(picture, "g-cross") == []
    assert len(with_style(picture, "g-died")) == 2


def test_a_marriage_that_lasts_stands_over_one_that_ended_before() -> None:
    ties = [Tie("m", "f", "spouse"), Tie("m", "f", "former_spouse", until="2010")]
    assert with_style(genogram([M, F], ties), "g-cross") == []


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("foster_carer", "care"),
        ("guardian", "care"),
        ("stepmother", "step"),
        ("mother", "birth"),
        ("aunt_uncle", "kin"),
        ("grandmother", "kin"),
        ("sibling", "full"),
        ("half_sibling", "half"),
        ("cousin", "kin"),
    ],
)
def test_each_relationship_has_its_kind_of_line(kind: str, line: str) -> None:
    picture = genogram([I, M], [Tie("m", "i", kind)])
    lines = {style for shape in with_style(picture, "g-line") for style in shape.style.split()} - {"g-line"}
    assert lines == {f"g-line--{line}"}


def test_kin_whom_other_lines_join_need_no_line_of_their_own() -> None:
    gran, aunt = Member("g", "Әже", "girl"), Member("a", "Тәте", "girl")
    ties = [BOTH[0], Tie("g", "m", "mother"), Tie("g", "a", "mother"), Tie("g", "i", "grandmother")]
    picture = genogram([I, M, gran, aunt], [*ties, Tie("a", "i", "aunt_uncle"), Tie("a", "m", "sibling")])
    assert with_style(picture, "g-line--kin") == with_style(picture, "g-line--full") == []
    assert middle(picture, "a")[1] == middle(picture, "m")[1]


def test_a_stepfather_beside_the_mother_needs_no_line_to_the_child() -> None:
    step = Member("s", "Нұрлан", "boy")
    picture = genogram([I, M, step], [BOTH[0], Tie("s", "i", "stepfather"), Tie("s", "m", "spouse")])
    assert with_style(picture, "g-line--step") == []


def test_a_child_with_four_parents_hangs_on_two_lines() -> None:
    two = [Member("am", "Гүлбаршын", "girl"), Member("af", "Константин", "boy")]
    ties = [*BOTH, Tie("am", "i", "foster_carer"), Tie("af", "i", "foster_carer")]
    picture = genogram([I, M, F, *two], ties)
    ends = {
        shape.points[-1][0]
        for shape in picture.shapes
        if isinstance(shape, Line) and shape.style.startswith("g-line--", 7)
        and len(shape.points) == 2 and shape.points[0][0] == shape.points[1][0]
        and shape.points[1][1] == middle(picture, "i")[1] - 22
    }  # fmt: skip
    assert len(ends) == 2
    sound(picture)


def test_a_man_and_three_wives_are_each_joined() -> None:
    wives = [Member(f"w{n}", f"Әйелі {n}", "girl") for n in range(3)]
    ties = [Tie("f", wife.key, "former_spouse" if wife.key != "w2" else "spouse") for wife in wives]
    picture = genogram([F, *wives], ties)
    assert len(with_style(picture, "g-cross")) == 4
    # Two side by side; the third by a line below, in three parts.
    assert len(with_style(picture, "g-line--married")) == 5
    sound(picture)


def test_a_grandmother_who_is_guardian_stands_two_rows_above() -> None:
    gran = Member("g", "Әже", "girl")
    picture = genogram([I, M, gran], [BOTH[0], Tie("g", "m", "mother"), Tie("g", "i", "guardian")])
    assert middle(picture, "g")[1] < middle(picture, "m")[1] < middle(picture, "i")[1]
    assert with_style(picture, "g-line--care")
    sound(picture)


def test_an_elder_sister_who_is_guardian_stays_in_the_row_of_her_brother() -> None:
    sister = Member("s", "Сәуле", "girl", first_day=date(1999, 1, 1))
    picture = genogram([I, sister, M], [BOTH[0], Tie("m", "s", "mother"), Tie("s", "i", "guardian")])
    assert middle(picture, "s")[1] == middle(picture, "i")[1]
    assert with_style(picture, "g-line--care")


def test_the_child_is_double_and_the_dead_are_crossed_out() -> None:
    picture = genogram([I, Member("g", "Ата", "boy", died=True)], [Tie("g", "i", "grandfather")])
    assert [shape.owner for shape in with_style(picture, "g-double")] == ["i"]
    assert {shape.owner for shape in with_style(picture, "g-died")} == {"g"}


def test_who_lives_together_is_outlined_and_nobody_else() -> None:
    gran = Member("g", "Әже", "girl", household="home")
    picture = genogram([I, M, F, gran], [*BOTH, Tie("g", "m", "mother")])
    (home,) = (shape for shape in with_style(picture, "g-home") if isinstance(shape, Area))
    assert {key for key in "imfg" if inside(middle(picture, key), home.points)} == set("img")


def test_who_lives_together_but_stands_apart_has_the_same_number() -> None:
    aunt, lodger = Member("a", "Тәте", household="home"), Member("l", "Көрші", household="home")
    picture = genogram([I, M, F, aunt, lodger], [*BOTH, Tie("a", "f", "sibling"), Tie("l", "i", "lodger")])
    numbers = [shape.words for shape in with_style(picture, "g-number") if isinstance(shape, Words)]
    assert len(numbers) > 1
    assert set(numbers) == {"1"}
    sound(picture)


def test_whoever_is_no_kin_stands_beside_with_what_they_are_to_the_child() -> None:
    with translation.override("en"):
        picture = genogram([I, Member("t", "Teacher A"), Member("n", "B")], [Tie("t", "i", "teacher")])
    said = {shape.owner: shape.words for shape in picture.shapes if isinstance(shape, Words)}
    assert said["t"] == "teacher"
    assert with_style(picture, "g-line") == []
    sound(picture)


def test_what_contradicts_itself_is_named_and_the_rest_is_drawn() -> None:
    picture = genogram([I, M, F], [*BOTH, Tie("i", "m", "father"), Tie("i", "i", "sibling"), Tie("i", "x", "child")])
    assert [entry.why for entry in picture.odd] == [Why.SELF, Why.NOBODY, Why.CYCLE]
    assert {shape.owner for shape in with_style(picture, "g-person")} == set("imf")


def test_of_nobody_there_is_a_picture_too() -> None:
    assert genogram([], []).shapes == []


KEYS = [f"k{n}" for n in range(9)]
NAMES = ["Ж.", "Айгүл Серікқызы", "Христорождественский-Нұрмұхаммедәлиханов", "", "Ш" * 40, "Мәриям"]
MEMBERS = st.lists(
    st.builds(
        Member,
        key=st.sampled_from(KEYS[:-1]),
        called=st.sampled_from(NAMES),
        sex=st.sampled_from(["girl", "boy", "unknown", "x"]),
        born=st.sampled_from(["", "2014 жылдың мамыры"]),
        died=st.booleans(),
        is_index=st.booleans(),
        household=st.sampled_from(["", "A", "B"]),
        first_day=st.none() | st.dates(date(1950, 1, 1), date(2025, 1, 1)),
    ),
    max_size=12,
)
TIES = st.lists(
    st.builds(
        Tie,
        one=st.sampled_from(KEYS),
        other=st.sampled_from(KEYS),
        kind=st.sampled_from([*CODES, "x", "mother", "father", "child", "spouse", "mother"]),
        ended=st.booleans(),
    ),
    max_size=24,
)


@settings(max_examples=150, deadline=None)
@given(MEMBERS, TIES)
def test_whatever_is_written_nobody_lies_on_another_and_nobody_is_missing(
    members: list[Member], ties: list[Tie]
) -> None:
    picture = genogram(members, ties)
    sound(picture)
    drawn = [shape.owner for shape in with_style(picture, "g-person")]
    assert sorted(drawn) == sorted({member.key for member in members})
    assert genogram(members, ties) == picture


@settings(max_examples=60, deadline=None)
@given(MEMBERS, TIES)
def test_an_outline_holds_nobody_of_another_household(members: list[Member], ties: list[Tie]) -> None:
    picture = genogram(members, ties)
    first = {member.key: member for member in reversed(members)}
    for shape in with_style(picture, "g-home"):
        assert isinstance(shape, Area)
        held = [key for key in first if inside(middle(picture, key), shape.points)]
        assert len({first[key].household for key in held}) == 1


@pytest.mark.parametrize("seed", range(40))
def test_no_line_runs_along_another_in_families_of_four_generations(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311  # families, not secrets
    members = [Member(f"p{n}", f"P{n}", ("boy", "girl")[n % 2], household="AB"[chosen.randrange(2)]) for n in range(40)]
    ties = []
    for n in range(8, 40):
        father = chosen.randrange(max(0, n - 20), n - 6) // 2 * 2
        ties += [Tie(f"p{father}", f"p{n}", "father"), Tie(f"p{father + 1}", f"p{n}", "mother")]
    sound(genogram(members, ties))


def sixty() -> tuple[list[Member], list[Tie]]:
    """Return four generations of sixty with loops: cousins marry, everybody has two parents of the row above."""
    sexes = ("boy", "girl")
    members = [
        Member(f"p{n}", f"{NAMES[n % 6]} {n}", sexes[n % 2], is_index=n == 50, household="ABC"[n % 3] * (n % 2))
        for n in range(60)
    ]
    ties = [Tie(f"p{n}", f"p{n + 1}", "spouse") for n in range(0, 44, 2)]
    for n in range(15, 60):
        pair = ((n - 15) // 15 * 15 + (n * 7) % 14) // 2 * 2
        ties += [Tie(f"p{pair}", f"p{n}", "father"), Tie(f"p{pair + 1}", f"p{n}", "mother")]
    return members, ties


def test_sixty_people_with_loops_are_drawn_and_nobody_lies_on_another() -> None:
    picture = genogram(*sixty())
    sound(picture)
    assert len(with_style(picture, "g-person")) == 60


def test_the_picture_is_the_same_in_every_process() -> None:
    code = (
        "import hashlib; from arasha.people.rules.genogram import genogram;"
        "from arasha.people.tests.test_genogram import sixty;"
        "print(hashlib.sha256(repr(genogram(*sixty())).encode()).hexdigest())"
    )
    prints = {
        subprocess.run(  # noqa: S603  # our own interpreter and our own words
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1
