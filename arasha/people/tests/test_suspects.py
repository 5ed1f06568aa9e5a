"""Whom an allegation means: which keys are compared, what they are called, and which allegations hang together."""

from datetime import date
from uuid import UUID

import pytest
from django.utils import translation

from arasha.people.rules import Birth, clusters, is_child, keys_of_name, keys_of_place, termed
from arasha.people.rules.suspects import MOST_WORDS

A, B, C, D = (UUID(int=number) for number in range(1, 5))
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ербол ағай", "жаттықтырушы Ербол"),
        ("Нұрғалиева Гүлназ", "гүлназ нургалиев"),
        ("Серікқызы", "Сериковна"),
        ("дядя", ""),
        ("Белгісіз", "тренер"),
    ],
)
def test_words_that_tell_nothing_are_left_out_and_spellings_meet(one: str, other: str) -> None:
    first, second = ([set(word.split("/")) for word in keys_of_name(text).split()] for text in (one, other))
    assert all(any(word & another for another in second) for word in first)
    assert len(first) == len(second)


def test_another_name_has_other_keys() -> None:
    assert not set(keys_of_name("Ербол").split()) & set(keys_of_name("Серік").split())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Жылға ауылы, №14 мектеп", "школа 14, село Жылга", True),
        ("№14 мектеп", "№15 мектеп", False),
        ("спорт залы", "спортзал", True),
    ],
)
def test_places_meet_by_what_tells_them_apart(one: str, other: str, same: bool) -> None:
    assert (set(keys_of_place(one).split()) == set(keys_of_place(other).split())) is same


def test_nobody_is_compared_by_a_page_of_words() -> None:
    assert len(keys_of_name(" ".join(["Кашалот"] * 500)).split()) == MOST_WORDS


def test_links_are_groups_in_which_each_agrees_with_each_and_none_is_lost() -> None:
    found = clusters([(B, A), (A, B), (B, C), (A, C), (C, D)])
    assert found == [frozenset({A, B, C}), frozenset({C, D})]
    assert clusters([]) == []


@pytest.mark.parametrize("on", [date(2026, 2, 28), date(2026, 3, 1)])
def test_who_was_born_on_29_february_is_a_child_until_1_march(on: date) -> None:
    born = date(2008, 2, 29)
    assert is_child(Birth(born, born), "adult", on) is (on.month == 2)


@pytest.mark.parametrize(("age", "child"), [("adult", False), ("child", True), ("unknown", True)])
def test_whose_birth_is_not_known_is_an_adult_only_when_somebody_said_so(age: str, child: bool) -> None:
    assert is_child(None, age, TODAY) is child


def test_of_whom_it_was_untrue_nobody_says_that_they_harmed() -> None:
    with translation.override("en"):
        for child in (True, False):
            assert "harmed" not in str(termed(child=child, status="unfounded"))
            assert "harmed" in str(termed(child=child, status="alleged"))
