"""All spellings of a name have one key; different names do not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules import father_key, key, surname_key, words_of

# Each line is one name as Kazakh and Russian documents, passports and people's own hands write it.
GIVEN = [
    ("Әйгерім", "Айгерим", "Айгерім", "Aigerim", "Aygerim", "Äigerım", "ӘЙГЕРІМ", "айгерим"),
    ("Нұрсұлтан", "Нурсултан", "Nursultan", "Nūrsūltan", "Нур-Султан", "Нур Султан"),
    ("Жұмабай", "Жумабай", "Zhumabai", "Zhumabay", "Jumabai", "Jūmabai"),
    ("Жанар", "Zhanar", "Janar", "Джанар", "Dzhanar"),
    ("Шолпан", "Sholpan", "Şolpan"),
    ("Құралай", "Куралай", "Quralai", "Kuralay"),
    ("Гүлнар", "Гульнар", "Gulnar", "Gülnar", "Гулнар"),
    ("Хадиша", "Khadisha", "Hadisha", "Xadisha", "Һадиша"),
    ("Ғалым", "Галым", "Galym", "Ğalym", "Ghalym", "Галим"),
    ("Өркен", "Оркен", "Orken", "Örken"),
    ("Таңат", "Танат", "Tanat", "Tañat", "Tangat"),
    ("Ерлан", "Yerlan", "Erlan"),
    ("Юлия", "Yulia", "Iuliia", "Yuliya"),
    ("Александр", "Aleksandr", "Alexandr"),
    ("Щукин", "Shchukin"),
    ("Эльмира", "Elmira", "Эльмира"),
    ("Дәурен", "Даурен", "Dauren", "Däuren", "Dawren"),
]


@pytest.mark.parametrize("spellings", GIVEN, ids=[spellings[0] for spellings in GIVEN])
def test_all_spellings_of_a_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert {spelling: key(spelling) for spelling in spellings} == dict.fromkeys(spellings, key(spellings[0]))


def test_different_names_have_different_keys() -> None:
    assert len({key(spellings[0]) for spellings in GIVEN}) == len(GIVEN)
    different = [("Марат", "Мурат"), ("Айнур", "Айнара"), ("Данияр", "Дана"), ("Самал", "Жамал"), ("Серик", "Берик")]
    assert [pair for pair in different if key(pair[0]) == key(pair[1])] == []


@pytest.mark.parametrize(
    ("patronymics", "father"),
    [
        (("Серікұлы", "Серікқызы", "Серикович", "Сериковна", "Serikuly", "Serikovich", "Серік ұлы"), "Серік"),
        (("Болатқызы", "Болатович", "Болатовна", "Bolatkyzy"), "Болат"),
        (("Сергеевич", "Сергеевна"), "Серге"),
        (("Мәмед оглы", "Мамедоглы"), "Мамед"),
        (("Ильинична",), "Иль"),
    ],
)
def test_a_patronymic_leads_to_the_fathers_name(patronymics: tuple[str, ...], father: str) -> None:
    assert {father_key(patronymic) for patronymic in patronymics} == {key(father)}


@pytest.mark.parametrize(
    ("surnames", "stem"),
    [
        (("Нұрғалиева", "Нұрғалиев", "Нургалиева", "Nurgaliyeva", "Nurgaliev"), "Нургалиев"),
        (("Серікова", "Сериков"), "Сериков"),
        (("Петрова-Водкина", "Петрова Водкина"), "Петрова-Водкин"),
        (("Достоевская", "Достоевский", "Dostoevskaya", "Dostoevsky"), "Достоевский"),
        (("Ахметқызы", "Ахметұлы", "Ахмет"), "Ахмет"),
    ],
)
def test_a_man_and_a_woman_of_one_surname_share_its_key(surnames: tuple[str, ...], stem: str) -> None:
    assert {surname_key(surname) for surname in surnames} == {surname_key(stem)}


@pytest.mark.parametrize("short", ["Ова", "Ли", "Цой", "Ина", "Улы", "Ян"])
def test_a_short_name_is_no_ending(short: str) -> None:
    assert surname_key(short) == key(short) != ""
    assert father_key(short) == key(short)


@pytest.mark.parametrize("typed", ["", "   ", "-", "123", "%", "'; DROP TABLE people; --", "🙂", "\u0000", "　"])
def test_what_is_no_name_has_no_letters_or_only_its_letters(typed: str) -> None:
    assert all(found.isascii() and found.isalpha() for found in words_of(typed))


def test_words_keep_their_order_and_a_hyphen_parts_them_or_is_passed_over() -> None:
    text = "Әйгерім, Нұрғалиева-Ким (2015) – Gul'nar"
    assert words_of(text) == [key(word) for word in ("Айгерим", "Нургалиева", "Ким", "Гульнар")]
    assert words_of(text, joined=True) == [key(word) for word in ("Айгерим", "НургалиеваКим", "Гульнар")]


def test_letters_written_as_two_signs_are_one() -> None:
    apart = unicodedata.normalize("NFD", "Сейітқали Ёлкин Андрей")
    assert len(apart) > len("Сейітқали Ёлкин Андрей")
    assert words_of(apart) == words_of("Сейітқали Ёлкин Андрей")


@given(st.text(max_size=300))
def test_any_text_has_a_key_of_plain_letters_and_keeps_it(text: str) -> None:
    found = key(text)
    assert found == "" or (found.isascii() and found.islower())
    assert len(found) <= 2 * 200
    assert key(text.upper().lower()) == key(text.lower().upper().lower()) or not text.isascii()
    assert all(found[place] != found[place + 1] for place in range(len(found) - 1))
