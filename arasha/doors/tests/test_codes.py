"""Codes of six words."""

import time

import pytest

from arasha.doors.rules import codes

LANGUAGES = codes.LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_4096_different_words_of_three_to_eight_small_letters(language: str) -> None:
    words = codes.listed(language)
    assert len(set(words)) == codes.LISTED == len(words)
    assert all(3 <= len(word) <= 8 and word.isalpha() and word.islower() for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_read_back_also_without_its_own_letters_and_in_capitals(language: str) -> None:
    words = codes.listed(language)
    for start in range(0, len(words), codes.WORDS):
        code = (words[start : start + codes.WORDS] + words[: codes.WORDS])[: codes.WORDS]
        typed = " ".join(code)
        assert codes.read_code(typed) == code
        assert codes.read_code(typed.upper().translate(str.maketrans("ҚҒҮҰӘӨҺІЁЙ", "КГУУАОХИЕИ"))) == code


def test_no_word_is_another_one_in_any_list_once_twin_letters_are_the_same() -> None:
    folded = [word.translate(codes.TWINS) for language in LANGUAGES for word in codes.listed(language)]
    assert len(set(folded)) == 3 * codes.LISTED


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_becomes_another_one_when_two_neighbouring_letters_change_places(language: str) -> None:
    folded = {word.translate(codes.TWINS) for word in codes.listed(language)}
    for word in folded:
        swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)} - {word}
        assert not swapped & folded


@pytest.mark.parametrize("between", [" ", "-", ", ", "\n", " 1. ", "_", "\u00a0", "…"])
def test_any_separators_do(between: str) -> None:
    code = codes.new_code("kk")
    assert codes.read_code(between + between.join(code) + between) == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_code_has_six_words_of_its_language_and_is_another_each_time(language: str) -> None:
    made = {codes.new_code(language) for _ in range(50)}
    assert len(made) == 50
    assert all(len(code) == 6 and set(code) <= set(codes.listed(language)) for code in made)


@pytest.mark.parametrize("typed", ["", "   ", "алма", "нет такого слова", "\x00", "'; DROP TABLE", "٣ ٤ ٥"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(codes.NotACode):
        codes.read_code(typed)


def test_words_of_two_languages_are_no_code() -> None:
    with pytest.raises(codes.NotACode):
        codes.read_code(" ".join(codes.new_code("kk")[:3] + codes.new_code("ru")[:3]))


def test_a_hostile_input_is_refused_before_it_is_looked_at() -> None:
    begun = time.perf_counter()
    for hostile in ("а" * 100_000, "а " * 50_000, "\u0345" * 100_000):
        with pytest.raises(codes.NotACode):
            codes.read_code(hostile)
    assert time.perf_counter() - begun < 0.5
