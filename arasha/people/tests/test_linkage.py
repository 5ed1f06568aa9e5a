"""A batch through Splink says what the rules say, in a database that reaches nothing; learning counts."""

from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from arasha.people.linkage import Pair, learn, link, to_weights
from arasha.people.linkage.batch import compared
from arasha.people.linkage.comparing import CONDITIONS
from arasha.people.linkage.ground import locked
from arasha.people.linkage.tables import fill
from arasha.people.rules import born, born_about
from arasha.people.rules.known import Known, forms
from arasha.people.rules.levels import ATTRIBUTES, NOT_SAID, levels
from arasha.people.rules.likeness import (
    WEIGHS_NOTHING,
    Verdict,
    likeness,
    starting_thresholds,
    starting_weights,
)

SURNAMES = (
    "Нұрғалиева",
    "Нургалиев",
    "Нурғали",
    "Нұрғалиева-Ким",
    "Ким",
    "Нургалеева",
    "Н.",
    "Әйгерім",
    "Серік",
    "",
    "Ахмет",
)
GIVENS = ("Әйгерім", "Aigerim", "Айгерм", "Ә.", "Әйгерім-Нұр", "Болат", "Нургалиева", "Ким", "", "Б.", "Ахмет", "Ли")
PATRONYMICS = ("Серікқызы", "Сериковна", "Берікқызы", "С.", "Болатұлы", "", "Серік ұлы", "Ахметович", "Нұр-Серікқызы")
BIRTHS = (
    born(2015, 3, 7),
    born(2015, 7, 3),
    born(2015, 3, 17),
    born(2015, 1, 1),
    born(2015),
    born(2015, 3),
    born(2016, 3),
    born_about(9, date(2024, 5, 1)),
    born(2003, 11, 30),
    None,
)
IINS = ("", "150307600012", "150307600021", "150307-600012", "a1b2c3d4e5f6", "a1b2c3d4e5f7")


def made_up(random: Random) -> Known:
    """Return a description of pieces that often agree in part."""

    def some(pool: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(random.choices(pool, k=random.randint(0, most)))

    return Known(
        surnames=some(SURNAMES, 2),
        givens=some(GIVENS, 2),
        patronymics=some(PATRONYMICS, 1),
        birth=random.choice(BIRTHS),
        sex=random.choice(("girl", "boy", "unknown")),
        iin=random.choice(IINS),
        phones=some(("f1", "f2", "f3"), 2),
        district=random.choice(("", "711110000", "711210000", "750000000")),
        institutions=some(("school 7", "clinic 3"), 1),
    )


def test_the_batch_sees_each_level_that_the_rules_see(tmp_path: Path) -> None:
    random = Random(7)  # noqa: S311 - a sample, no secret
    ones = {f"a{place}": made_up(random) for place in range(90)}
    others = {f"b{place}": made_up(random) for place in range(90)}
    with locked(tmp_path, memory="500MB", threads=1) as connection:
        fill(connection, "ones", ones.items())
        fill(connection, "others", others.items())
        wanted: dict[str, Any] = {"within": False, "least": 0.0, "blocking": ("l.number >= 0 AND r.number >= 0",)}
        found = {
            (one, other): dict(zip(ATTRIBUTES, rest, strict=True))
            for one, other, *rest in compared(connection, starting_weights(), 1e-6, **wanted)
        }
    said = {(one, other): levels(forms(ones[one]), forms(others[other])) for one, other in product(ones, others)}
    assert found == said
    seen = {(attribute, level) for row in said.values() for attribute, level in row.items()}
    possible = {(attribute, level) for attribute, listed in CONDITIONS.items() for level in (*listed, "differs")}
    assert possible - seen == set()


def test_every_level_that_the_batch_asks_for_has_a_weight() -> None:
    asked = {(attribute, level) for attribute, listed in CONDITIONS.items() for level in (*listed, "differs")}
    weighed = {pair for pair in asked if pair[1] != NOT_SAID} - {WEIGHS_NOTHING}
    assert weighed == set(starting_weights())


AIGERIM: dict[str, Any] = {
    "surnames": ("Нұрғалиева",),
    "givens": ("Әйгерім",),
    "patronymics": ("Серікқызы",),
    "birth": born(2015, 3, 7),
    "sex": "girl",
}
LATIN: dict[str, Any] = {"surnames": ("Nurgaliyeva",), "givens": ("Aigerim",), "patronymics": ("Serikkyzy",)}
HOME: dict[str, Any] = {"phones": ("f1", "f2"), "district": "711110000"}
STRANGER = Known(("Ахметов",), ("Болат",), ("Ерланұлы",), born(2009, 11, 20), "boy", iin="n1")


def verdicts(pairs: Any) -> dict[tuple[str, str], Verdict]:
    """Return what is said of each pair, its identifiers in order."""
    found: list[Pair] = list(pairs)
    said = {(min(pair.one, pair.other), max(pair.one, pair.other)): pair.verdict for pair in found}
    assert len(said) == len(found)
    return said


ONES = [("a1", Known(**AIGERIM, **HOME)), ("a2", Known(**AIGERIM, iin="n1"))]
OTHERS = [
    ("b1", Known(**(AIGERIM | LATIN), **HOME)),
    ("b2", Known(**(AIGERIM | {"givens": ("Айнұр",)}), **HOME)),
    ("b3", STRANGER),
    ("b4", Known(surnames=("Ким",), givens=("Анна",), birth=born(2011, 5, 6), phones=("f2",))),
]


def test_two_lists_are_linked_and_doubtful_pairs_are_asked_about(tmp_path: Path) -> None:
    found = verdicts(link(ONES, OTHERS, starting_weights(), starting_thresholds(), tmp_path, memory="500MB", threads=1))
    assert found == {
        ("a1", "b1"): Verdict.SAME,
        ("a2", "b1"): Verdict.SAME,
        ("a1", "b2"): Verdict.ASK,
        ("a2", "b2"): Verdict.ASK,
        ("a2", "b3"): Verdict.ASK,  # one number and nothing else
    }
    assert list(tmp_path.iterdir()) == []


def test_a_list_is_linked_within_itself(tmp_path: Path) -> None:
    everybody = [*ONES, *OTHERS]
    found = verdicts(link(everybody, None, starting_weights(), starting_thresholds(), tmp_path, memory="500MB"))
    assert found["a1", "b1"] is found["a1", "a2"] is Verdict.SAME
    assert found["a1", "b2"] is found["b1", "b2"] is found["a2", "b3"] is Verdict.ASK
    assert not any(one == other for one, other in found)


def test_the_batch_sums_as_the_rules_do(tmp_path: Path) -> None:
    known = dict([*ONES, *OTHERS])
    for pair in link(ONES, OTHERS, starting_weights(), starting_thresholds(), tmp_path, memory="500MB"):
        assert pair.likeness == likeness(known[pair.one], known[pair.other])


@pytest.mark.parametrize("others", [[], None])
def test_empty_lists_have_no_pairs(tmp_path: Path, others: list[Any] | None) -> None:
    assert list(link([], others, starting_weights(), starting_thresholds(), tmp_path, memory="500MB")) == []


@pytest.mark.parametrize("name", ["'; DROP TABLE ones; --", "a' OR '1'='1", "{{x}}", "a\x1fb", "", "🙂"])
def test_what_is_said_stays_data(tmp_path: Path, name: str) -> None:
    records = [
        (f"{name}{place}", Known(**AIGERIM | {"phones": (name,), "district": name, "iin": name})) for place in (1, 2)
    ]
    found = list(link(records, None, starting_weights(), starting_thresholds(), tmp_path, memory="500MB"))
    assert [{pair.one, pair.other} for pair in found] == [{f"{name}1", f"{name}2"}]


@pytest.mark.parametrize(
    "wish",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY (SELECT 1) TO 'out.csv'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '20GB'",
        "SELECT * FROM frame_of_python",
    ],
)
def test_the_database_reaches_nothing_outside(tmp_path: Path, wish: str) -> None:
    frame_of_python = [1]
    with locked(tmp_path, memory="200MB", threads=1) as connection, pytest.raises(duckdb.Error):
        connection.execute(wish)
    assert frame_of_python == [1]
    assert list(tmp_path.iterdir()) == []


def test_weights_follow_reviewed_pairs_and_forget_the_old_slowly() -> None:
    one, other = Known(**AIGERIM), Known(**(AIGERIM | LATIN))
    few = to_weights(learn([(one, other, True)] * 10))
    many = to_weights(learn([(one, other, True)] * 10_000))
    start = starting_weights()
    assert start["surname", "same_key"].m < few["surname", "same_key"].m < many["surname", "same_key"].m
    assert many["surname", "same_key"].m == pytest.approx((10_000 + 100 * 0.12) / 10_100)
    assert many["surname", "same_key"].u == start["surname", "same_key"].u
    assert many["phone", "same"] == start["phone", "same"]


def test_chances_of_strangers_are_learnt_from_pairs_drawn_by_chance_alone() -> None:
    pairs = [(Known(**AIGERIM), STRANGER, False)] * 900
    assert learn(pairs, drawn_by_chance=False) != learn(pairs, drawn_by_chance=True)
    learnt = to_weights(learn(pairs, drawn_by_chance=True))
    assert learnt["sex", "differs"].u == pytest.approx((900 + 100 * 0.5) / 1000)
    for attribute in ATTRIBUTES:
        chances = [chance for (named, _level), chance in learnt.items() if named == attribute]
        assert sum(chance.u for chance in chances) == pytest.approx(1, abs=1e-6)


def test_learning_says_from_how_many_pairs_each_row_was_counted() -> None:
    rows = {(row.attribute, row.level): row for row in learn([(Known(**AIGERIM), STRANGER, False)])}
    assert (rows["sex", "differs"].same, rows["sex", "differs"].others) == (0, 1)
