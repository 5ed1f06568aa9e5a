"""Cells of one kind: a whole name is taken apart, a sex, a telephone and a number are known as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules.imports.fullname import name_parts
from arasha.people.rules.imports.values import iin_of, phone_of, sex_of


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Нұрғалиева Айгүл Серікқызы", ("Нұрғалиева", "Айгүл", "Серікқызы")),
        ("Айгүл Серікқызы Нұрғалиева", ("Нұрғалиева", "Айгүл", "Серікқызы")),
        ("НУРГАЛИЕВА АЙГУЛЬ СЕРИКОВНА", ("НУРГАЛИЕВА", "АЙГУЛЬ", "СЕРИКОВНА")),
        ("Омаров, Ғалым Серік ұлы", ("Омаров", "Ғалым", "Серік ұлы")),
        ("Мамедов Эльдар Расул оглы", ("Мамедов", "Эльдар", "Расул оглы")),
        ("Ким Анна", ("Ким", "Анна", "")),
        ("Ким Карина", ("Ким", "Карина", "")),
        ("Анна Петрова", ("Петрова", "Анна", "")),
        ("Петрова Анна", ("Петрова", "Анна", "")),
        ("Ғалым Серікұлы", ("", "Ғалым", "Серікұлы")),
        ("Ахметов Серікұлы", ("Ахметов", "Серікұлы", "")),
        ("Ким А.С.", ("Ким", "А.", "С.")),
        ("Ким А. С.", ("Ким", "А.", "С.")),
        ("Ким А.", ("Ким", "А.", "")),
        ("Нургалиева - Ким Анна Сергеевна", ("Нургалиева-Ким", "Анна", "Сергеевна")),
        ("Ким Анна Мария Сергеевна", ("Ким", "Анна Мария", "Сергеевна")),
        ("Айгүл", ("", "Айгүл", "")),
        ("Нұрғалиева", ("Нұрғалиева", "", "")),
        ("«Ким» Анна", ("Ким", "Анна", "")),
        ("", ("", "", "")),
    ],
)
def test_a_whole_name_is_taken_apart(whole: str, parts: tuple[str, str, str]) -> None:
    found = name_parts(whole)
    assert (found.surname, found.given, found.patronymic) == parts


@given(st.text(max_size=60))
def test_no_word_of_a_name_is_lost(text: str) -> None:
    found = name_parts(text)
    kept = f"{found.surname}{found.given}{found.patronymic}"
    assert sorted(letter for letter in kept if letter.isalpha()) == sorted(
        letter for letter in text if letter.isalpha()
    )


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("М", "boy"),
        ("муж.", "boy"),
        ("Ұл", "boy"),
        ("ЕР", "boy"),
        ("Ж", "girl"),
        ("Қыз", "girl"),
        ("female", "girl"),
        ("1", ""),
    ],
)
def test_a_sex_is_known_in_three_languages(cell: str, sex: str) -> None:
    assert sex_of(cell) == sex


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("87011234567", "+77011234567"),
        ("+7 701 123 45 67", "+77011234567"),
        ("7(7252)12-34-56", "+77252123456"),
        ("7011234567", "+77011234567"),
        ("123456", ""),
        ("87011234567, 87021234567", ""),
        ("+998 90 123 45 67", ""),
        ("ЖОҚ", ""),
    ],
)
def test_a_telephone_is_kept_in_one_form(cell: str, phone: str) -> None:
    assert phone_of(cell) == phone


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_named(text: str) -> None:
    found = iin_of(text)
    assert (found.said is None) == bool(found.code and found.code != "iin_zeros")
