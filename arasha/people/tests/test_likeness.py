"""How alike two descriptions are: the levels of hard cases, their verdicts, and the sum that is shown."""

from datetime import date
from itertools import permutations
from math import log2
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules import born, born_about, born_by_document
from arasha.people.rules.known import Known
from arasha.people.rules.levels import ATTRIBUTES, NOT_SAID
from arasha.people.rules.likeness import (
    WEIGHS_NOTHING,
    Chance,
    Doubt,
    Thresholds,
    Verdict,
    likeness,
    probability,
    starting_thresholds,
    starting_weights,
)
from arasha.people.rules.likeness_words import ATTRIBUTE_WORDS, DOUBT_WORDS, LEVEL_WORDS, VERDICT_WORDS

THRESHOLDS = starting_thresholds()
AIGERIM: dict[str, Any] = {
    "surnames": ("Нұрғалиева",),
    "givens": ("Әйгерім",),
    "patronymics": ("Серікқызы",),
    "birth": born(2015, 3, 7),
    "sex": "girl",
}


def child(**other: Any) -> Known:
    """Return the description of Әйгерім with other facts."""
    return Known(**(AIGERIM | other))


# What one register and another write of a name, and how the two stand.
NAMES = [
    ("givens", "Әйгерім", "Әйгерім", "same"),
    ("givens", "ӘЙГЕРІМ", "Әйгерім ", "same"),
    ("givens", "Aigerim", "Айгерим", "same_key"),
    ("givens", "Айгерим", "Әйгерім", "same_key"),
    ("givens", "Aigerim", "Әйгерім", "same_key"),
    ("givens", "Қанат", "Канат", "same_key"),
    ("givens", "Ринат", "Рінат", "same_key"),
    ("givens", "Ырыс", "Ирис", "same_key"),
    ("givens", "Ғани", "Гани", "same_key"),
    ("givens", "Ұлан", "Улан", "same_key"),
    ("givens", "Үмит", "Умит", "same_key"),
    ("givens", "Һамит", "Хамит", "same_key"),
    ("givens", "Нұр-Сұлтан", "Нурсултан", "same_key"),
    ("givens", "Әйгерім-Нұр", "Айгерим", "part"),
    ("givens", "Айгерим", "Айгерм", "near"),
    ("givens", "Айгерим", "Айгеирм", "near"),
    ("givens", "Ә.", "Айгерим", "initial"),
    ("givens", "Ә. С.", "Айгерим", "initial"),
    ("givens", "Б.", "Айгерим", "differs"),
    ("givens", "Асан", "Үсен", "differs"),
    ("givens", "Али", "Аля", "differs"),
    ("givens", "", "Айгерим", "not_said"),
    ("givens", "-", "Айгерим", "not_said"),
    ("surnames", "Нұрғалиев", "Нургалиева", "same_key"),
    ("surnames", "Нұрғалиева-Ким", "Ким", "part"),
    ("surnames", "Нұрғали", "Нургалиев", "part"),
    ("surnames", "Нургалиева", "Нургалеева", "near"),
    ("surnames", "Нургалиева", "Ахметова", "differs"),
    ("surnames", "Н.", "Нургалиева", "initial"),
    ("patronymics", "Серікқызы", "Сериковна", "same_key"),
    ("patronymics", "С.", "Сериковна", "initial"),
    ("patronymics", "Серікқызы", "Берікқызы", "near"),
    ("patronymics", "Серікқызы", "Болатқызы", "differs"),
    ("patronymics", "Мұхаммед-Серікқызы", "Сериковна", "part"),
]


@pytest.mark.parametrize(("kind", "here", "there", "level"), NAMES, ids=[f"{row[1]} {row[2]}" for row in NAMES])
def test_a_name_stands_to_another_so(kind: str, here: str, there: str, level: str) -> None:
    for one, other in permutations((here, there)):
        found = likeness(child(**{kind: (one,)}), child(**{kind: (other,)}))
        assert found.level(kind.removesuffix("s")) == level


@pytest.mark.parametrize(
    ("here", "there", "surname", "given_name"),
    [
        (("Айгерим", "Нургалиева"), ("Нұрғалиева", "Әйгерім"), "swapped", "swapped"),
        (("", "Нургалиева"), ("Нұрғалиева", "Әйгерім"), "moved", "not_said"),
        (("Әйгерім", ""), ("Нұрғалиева", "Айгерим"), "not_said", "moved"),
        (("Серік", "Әйгерім"), ("Нұрғалиева", "Айгерим"), "father", "same_key"),
        (("Сериков", "Әйгерім"), ("Нұрғалиева", "Айгерим"), "father", "same_key"),
        (("", "Әйгерім"), ("Нұрғалиева", "Айгерим"), "not_said", "same_key"),
        (("Мұрат", "Мұрат"), ("Мурат", "Мурат"), "same_key", "same_key"),
    ],
)
def test_names_in_each_others_place_are_found(
    here: tuple[str, str], there: tuple[str, str], surname: str, given_name: str
) -> None:
    for one, other in permutations((here, there)):
        found = likeness(child(surnames=(one[0],), givens=(one[1],)), child(surnames=(other[0],), givens=(other[1],)))
        assert (found.level("surname"), found.level("given")) == (surname, given_name)


def test_any_of_several_spellings_may_agree() -> None:
    found = likeness(child(surnames=("Ким", "Нургалиева")), child(surnames=("Ахметова", "Нұрғалиева")))
    assert found.level("surname") == "same_key"


@pytest.mark.parametrize(
    ("here", "there", "level"),
    [
        (born(2015, 3, 7), born(2015, 3, 7), "same"),
        (born(2015, 3, 7), born(2015, 7, 3), "swapped"),
        (born(2015, 3, 7), born(2015, 3, 17), "near"),
        (born(2015, 3, 7), born(2016, 3, 7), "near"),
        (born(2015, 3, 7), born(2015, 11, 20), "differs"),
        (born(2015, 3, 7), born_by_document(date(2015, 1, 1)), "possible"),
        (born(2015, 1, 1), born(2015, 1, 1), "possible"),
        (born(2015, 3, 7), born(2015, 3), "month"),
        (born(2015, 3, 7), born_about(9, date(2024, 5, 1)), "about"),
        (born(2015, 3, 7), born(2014), "differs"),
        (born(2015, 3, 7), None, "not_said"),
    ],
)
def test_a_birth_stands_to_another_so(here: Any, there: Any, level: str) -> None:
    for one, other in permutations((here, there)):
        assert likeness(child(birth=one), child(birth=other)).level("birth") == level


@pytest.mark.parametrize(
    ("here", "there", "level"),
    [
        ({"iin": "150307 600-012"}, {"iin": "150307600012"}, "iin same"),
        ({"iin": "150307600012"}, {"iin": "150307600021"}, "iin near"),
        ({"iin": "150307600012"}, {"iin": "040101500999"}, "iin differs"),
        ({"iin": "a1b2c3d4"}, {"iin": "a1b2c3d5"}, "iin differs"),
        ({"iin": ""}, {"iin": "150307600012"}, "iin not_said"),
        ({"phones": ("f1", "f2")}, {"phones": ("f2",)}, "phone same"),
        ({"phones": ("f1",)}, {"phones": ("f2",)}, "phone differs"),
        ({"district": "711110000"}, {"district": "711110000"}, "district same"),
        ({"district": "711110000"}, {"district": "711210000"}, "district part"),
        ({"district": "711110000"}, {"district": "750000000"}, "district differs"),
        ({"institutions": ("school 7",)}, {"institutions": ("clinic 3", "school 7")}, "institution same"),
        ({"sex": "girl"}, {"sex": "boy"}, "sex differs"),
        ({"sex": "girl"}, {"sex": "unknown"}, "sex not_said"),
    ],
)
def test_other_attributes_stand_so(here: dict[str, Any], there: dict[str, Any], level: str) -> None:
    attribute, code = level.split()
    for one, other in permutations((here, there)):
        assert likeness(child(**one), child(**other)).level(attribute) == code


HOME: dict[str, Any] = {"phones": ("f1",), "district": "711110000", "institutions": ("school 7",)}
BOLAT: dict[str, Any] = {
    "surnames": ("Ахметов",),
    "givens": ("Болат",),
    "patronymics": ("Ерланұлы",),
    "birth": born(2009, 11, 20),
}
VERDICTS: list[tuple[str, Known, Known, Verdict, set[Doubt]]] = [
    ("one child in two scripts", child(), child(givens=("Aigerim",), district="711110000"), Verdict.SAME, set()),
    ("day and month swapped", child(**HOME), child(birth=born(2015, 7, 3), **HOME), Verdict.SAME, set()),
    ("names swapped", child(), child(surnames=("Айгерим",), givens=("Нургалиева",)), Verdict.SAME, set()),
    ("twin sisters", child(**HOME), child(givens=("Айнұр",), **HOME), Verdict.ASK, {Doubt.GIVEN}),
    ("twins named alike", child(**HOME), child(givens=("Айгерин",), **HOME), Verdict.ASK, {Doubt.GIVEN}),
    (
        "a twin brother",
        child(**HOME),
        child(surnames=("Нұрғалиев",), givens=("Алихан",), patronymics=("Серікұлы",), sex="boy", **HOME),
        Verdict.ASK,
        {Doubt.GIVEN, Doubt.SEX},
    ),
    ("a twin or herself by an initial", child(**HOME), child(givens=("Ә.",), **HOME), Verdict.ASK, {Doubt.GIVEN}),
    ("no given name", child(**HOME), child(givens=(), **HOME), Verdict.ASK, {Doubt.GIVEN}),
    ("one number", child(iin="n1"), child(iin="n1", birth=None), Verdict.SAME, set()),
    (
        "one number, two people",
        child(iin="n1"),
        Known(**BOLAT, sex="boy", iin="n1"),
        Verdict.ASK,
        {Doubt.GIVEN, Doubt.BIRTH, Doubt.SEX, Doubt.FATHER, Doubt.ONE_NUMBER},
    ),
    (
        "one number, another given name",
        child(iin="n1"),
        child(iin="n1", givens=("Айнұр",)),
        Verdict.ASK,
        {Doubt.GIVEN, Doubt.ONE_NUMBER},
    ),
    ("two numbers", child(iin="n1", **HOME), child(iin="n2", **HOME), Verdict.ASK, {Doubt.TWO_NUMBERS}),
    (
        "namesakes of one year with other fathers",
        child(birth=born(2015)),
        child(birth=born(2015), patronymics=("Болатқызы",)),
        Verdict.NOT_SAME,
        {Doubt.BIRTH, Doubt.FATHER},
    ),
    (
        "namesakes to the day with other fathers",
        child(**HOME),
        child(patronymics=("Болатқызы",), **HOME),
        Verdict.ASK,
        {Doubt.FATHER},
    ),
    (
        "the first of January",
        child(**HOME),
        child(birth=born_by_document(date(2015, 1, 1)), **HOME),
        Verdict.ASK,
        {Doubt.BIRTH},
    ),
    (
        "strangers",
        child(),
        Known(**BOLAT, sex="boy"),
        Verdict.NOT_SAME,
        {Doubt.GIVEN, Doubt.BIRTH, Doubt.SEX, Doubt.FATHER},
    ),
    ("nothing known", Known(), Known(), Verdict.NOT_SAME, {Doubt.GIVEN, Doubt.BIRTH}),
]


@pytest.mark.parametrize(
    ("one", "other", "verdict", "doubts"), [row[1:] for row in VERDICTS], ids=[row[0] for row in VERDICTS]
)
def test_hard_pairs_are_judged_so(one: Known, other: Known, verdict: Verdict, doubts: set[Doubt]) -> None:
    for found in (likeness(one, other), likeness(other, one)):
        assert (found.verdict(THRESHOLDS), set(found.doubts)) == (verdict, doubts)


def test_the_sum_is_the_sum_of_its_lines_and_the_probability_follows_from_it_and_the_prior() -> None:
    found = likeness(child(), child(givens=("Aigerim",)), prior=0.5)
    assert [line.attribute for line in found.lines] == list(ATTRIBUTES)
    assert found.bits == pytest.approx(sum(line.bits for line in found.lines))
    assert found.lines[0].bits == pytest.approx(log2(0.775 / 0.0012))
    assert found.probability == pytest.approx(2**found.bits / (2**found.bits + 1))
    assert likeness(child(), child()).probability < likeness(child(), child(), prior=0.01).probability


def test_names_the_other_way_round_weigh_once() -> None:
    found = likeness(child(), child(surnames=("Айгерим",), givens=("Нургалиева",)))
    weighed = {line.attribute: line.bits for line in found.lines}
    assert weighed["given"] == 0 < weighed["surname"] < starting_weights()["surname", "same"].bits + 6


def test_a_rare_surname_weighs_more_and_a_frequent_one_less() -> None:
    pair = child(), child()
    plain = likeness(*pair).bits
    share = {"rare": 0.000001, "mean": 0.0024, "frequent": 0.02}
    bits = {kind: likeness(*pair, frequency=_only_surnames(value)).bits for kind, value in share.items()}
    assert bits["rare"] > bits["mean"] > bits["frequent"]
    assert bits["mean"] == pytest.approx(plain)
    assert likeness(*pair, frequency=lambda _attribute, _key: None).bits == plain


def _only_surnames(share: float) -> Any:
    return lambda attribute, _key: share if attribute == "surname" else None


def test_other_weights_and_thresholds_can_be_given() -> None:
    weights = {**starting_weights(), ("sex", "same"): Chance(0.5, 0.5)}
    assert likeness(child(), child(), weights).level("sex") == "same"
    assert likeness(child(), child(), weights).bits < likeness(child(), child()).bits
    assert likeness(child(), child()).verdict(Thresholds(1e-6, 0.9999999, 0.5)) is Verdict.ASK


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_the_chances_of_an_attribute_make_a_whole(attribute: str) -> None:
    chances = [chance for (named, _level), chance in starting_weights().items() if named == attribute]
    assert sum(chance.m for chance in chances) == pytest.approx(1, abs=1e-6)
    assert sum(chance.u for chance in chances) == pytest.approx(1, abs=1e-6)


@given(st.floats(-5000, 5000), st.floats(1e-9, 0.5))
def test_any_sum_makes_a_probability(bits: float, prior: float) -> None:
    assert 0 <= probability(bits, prior) <= 1


def test_everything_that_a_likeness_says_has_its_words() -> None:
    assert {code.code for code in ATTRIBUTE_WORDS} == set(ATTRIBUTES)
    assert {code.code for code in DOUBT_WORDS} == set(Doubt)
    assert {code.code for code in VERDICT_WORDS} == set(Verdict)
    weighed = {level for _attribute, level in starting_weights()}
    assert {code.code for code in LEVEL_WORDS} == weighed | {NOT_SAID, WEIGHS_NOTHING[1]}
