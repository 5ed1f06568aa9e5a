"""Who is whose is said by a list; what contradicts itself is named and never raises."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules.ecomap import BONDS, FLOWS, SYSTEMS
from arasha.people.rules.family import RELATIONSHIPS, Member, Odd, Tie, Why, family, households, turned, up
from arasha.people.rules.told import REASONS, told_members, told_odd, told_ties

CODES = [row.code for row in RELATIONSHIPS]
CHILD = Member("i", "Дәурен", "boy", is_index=True)
MOTHER, FATHER = Member("m", "Айгүл", "girl"), Member("f", "Ермек", "boy")


@pytest.mark.parametrize("code", CODES)
def test_the_other_side_of_a_relationship_is_in_the_list_and_mirrors_it(code: str) -> None:
    row = RELATIONSHIPS[code]
    other = RELATIONSHIPS[row.more["inverse"]]
    assert int(other.more["up"]) == -int(row.more["up"])
    assert [other.more[key] for key in ("tie", "kin", "line")] == [row.more[key] for key in ("tie", "kin", "line")]
    sides = [RELATIONSHIPS[row.more[sex]] for sex in ("girl", "boy") if row.more[sex]]
    assert [side.more["up"] for side in sides] == [row.more["up"]] * len(sides)


@pytest.mark.parametrize("code", CODES)
def test_a_relationship_has_a_way_to_be_drawn(code: str) -> None:
    more = RELATIONSHIPS[code].more
    lines = {
        "parent": {"birth", "step", "care"},
        "couple": {"married", "unmarried", "divorced", "parted"},
        "sibling": {"full", "half"},
        "kin": {""},
        "other": {""},
    }
    assert more["line"] in lines[more["tie"]]
    assert more["kin"] in ("yes", "no")
    assert (more["tie"] == "parent") <= (abs(int(more["up"])) == 1)


def test_no_relationship_says_adoption() -> None:
    """Who adopted a child is written as mother or father: the law keeps the rest secret."""
    assert not [code for code in CODES if "adopt" in code or "adopt" in RELATIONSHIPS[code].label("en")]


@pytest.mark.parametrize(
    ("kind", "sex", "inverse"),
    [
        ("mother", "boy", "child"),
        ("child", "girl", "mother"),
        ("child", "boy", "father"),
        ("child", "unknown", "parent"),
        ("grandchild", "girl", "grandmother"),
        ("ward", "girl", "guardian"),
        ("spouse", "girl", "spouse"),
        ("pupil", "boy", "teacher"),
        ("trainer", "girl", "pupil"),
    ],
)
def test_a_tie_is_said_from_the_other_side(kind: str, sex: str, inverse: str) -> None:
    assert turned(Tie("a", "b", kind, since="2012"), sex) == Tie("b", "a", inverse, since="2012")


@given(st.sampled_from(CODES), st.sampled_from(["girl", "boy", "unknown", "x"]), st.sampled_from(["girl", "boy", "-"]))
def test_turned_twice_a_tie_keeps_who_stands_above_whom(kind: str, sex: str, again: str) -> None:
    tie = Tie("a", "b", kind)
    twice = turned(turned(tie, sex), again)
    assert (twice.one, twice.other, up(twice)) == ("a", "b", up(tie))


@pytest.mark.parametrize(
    ("tie", "why"),
    [
        (Tie("i", "i", "mother"), Why.SELF),
        (Tie("i", "nobody", "mother"), Why.NOBODY),
        (Tie("nobody", "i", "mother"), Why.NOBODY),
        (Tie("m", "i", "aunt's neighbour"), Why.KIND),
        (Tie("i", "m", "mother"), Why.CYCLE),
        (Tie("m", "i", "child"), Why.CYCLE),
        (Tie("i", "m", "guardian"), Why.CYCLE),
    ],
)
def test_what_cannot_be_is_left_out_and_named(tie: Tie, why: Why) -> None:
    sound = Tie("m", "i", "mother")
    found = family([CHILD, MOTHER], [sound, tie])
    assert list(found.ties) == [sound]
    assert [entry.why for entry in found.odd] == [why]


def test_a_longer_circle_of_parents_is_opened_where_the_last_was_written() -> None:
    ties = [Tie("i", "m", "parent"), Tie("m", "f", "parent"), Tie("f", "i", "parent")]
    found = family([CHILD, MOTHER, FATHER], ties)
    assert list(found.ties) == ties[:2]
    assert list(found.odd) == [Odd(Why.CYCLE, tie=ties[2])]


def test_a_tie_written_from_both_sides_counts_once() -> None:
    found = family([CHILD, MOTHER, FATHER], [Tie("m", "i", "mother"), Tie("i", "m", "child"), Tie("m", "f", "spouse")])
    again = family([CHILD, MOTHER, FATHER], [*found.ties, Tie("f", "m", "spouse")])
    assert list(again.ties) == [Tie("m", "i", "mother"), Tie("m", "f", "spouse")]


def test_a_person_written_twice_is_drawn_once() -> None:
    found = family([CHILD, Member("i", "Дәурен Ермекұлы")], [])
    assert found.members == {"i": CHILD}
    assert [entry.why for entry in found.odd] == [Why.TWICE]


def test_the_household_of_the_child_is_the_first() -> None:
    members = [Member("a", "A", household="far"), Member("i", "I", is_index=True, household="near"), Member("b", "B")]
    assert households(members) == {"near": 1, "far": 2}
    assert [(row.member.key, row.home) for row in told_members(members)] == [("i", 1), ("a", 2), ("b", 0)]


@pytest.mark.parametrize(("language", "word"), [("kk", "анасы"), ("ru", "мать"), ("en", "mother")])
def test_a_tie_stands_in_the_table_in_the_readers_language(language: str, word: str) -> None:
    with translation.override(language):
        rows = told_ties([CHILD, MOTHER], [Tie("m", "i", "mother"), Tie("m", "x", "mother"), Tie("m", "i", "x")])
    assert [(row.one, row.label, row.other) for row in rows] == [("Айгүл", word, "Дәурен")]


def test_what_is_left_out_is_told_with_its_reason() -> None:
    found = family([CHILD, CHILD], [Tie("i", "i", "mother"), Tie("i", "x", "mother")])
    with translation.override("en"):
        rows = [(row.names, str(row.why)) for row in told_odd([CHILD], found.odd)]
    assert [names for names, _why in rows] == ["Дәурен", "Дәурен", "Дәурен – ?"]
    assert len({why for _names, why in rows}) == 3
    assert set(REASONS) == set(Why)


@pytest.mark.parametrize("codes", [RELATIONSHIPS, SYSTEMS, BONDS, FLOWS], ids=lambda codes: codes.path.stem)
def test_no_two_codes_of_a_list_read_the_same(codes: object) -> None:
    for language in ("kk", "ru", "en"):
        labels = [row.label(language) for row in codes]  # type: ignore[attr-defined]
        assert sorted(set(labels)) == sorted(labels)
