"""The long texts: nothing is missing, for anybody, in any language, and nothing is said that may not be."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from arasha.cases.rules import CONCERNS
from arasha.doors.rules import TELLERS, texts
from arasha.doors.rules.institutions import INSTITUTION_KINDS
from arasha.doors.rules.story import QUESTIONS
from arasha.doors.views.rights import PAGES
from arasha.doors.views.telling import BEGINNING
from arasha.signals.rules import HINDRANCES
from arasha.ui.catalogues.rules import letter_faults

NAMES = ("questions", "before", "after", *(f"pages/{name}" for name in PAGES))
# Never said to a child (glossary): they blame, frighten, or promise what nobody can keep.
FORBIDDEN = (
    r"құрбан|арыз|айғақ|ұят|неге айтпадың|шыныңды айт|ешкім білмейді"
    r"|жертв|потерпевш|показани|стыдн|почему молчал|говори правду|никто не узнает"
    r"|victim|ashamed|tell the truth|nobody will know"
)
ENDINGS_IN_BRACKETS = re.compile(r"\w\([а-яё]{1,3}\)")


def texts_of(found: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every text with where it stands."""
    if isinstance(found, dict) and set(found) & set(texts.LANGUAGES):
        yield path, found
    elif isinstance(found, dict):
        for key, inner in found.items():
            yield from texts_of(inner, f"{path}.{key}")
    elif isinstance(found, list):
        for index, inner in enumerate(found):
            yield from texts_of(inner, f"{path}[{index}]")


@pytest.mark.parametrize("name", NAMES)
def test_every_text_stands_in_three_languages_and_their_own_letters(name: str) -> None:
    found = list(texts_of(texts.load(name)))
    assert found
    for path, text in found:
        assert all(text.get(language, "").strip() for language in texts.LANGUAGES), path
        for language in ("kk", "ru"):
            assert list(letter_faults(language, text[language])) == [], path


@pytest.mark.parametrize("teller", [code.code for code in TELLERS])
def test_every_teller_is_asked_and_told_everything(teller: str) -> None:
    for step in QUESTIONS:
        assert texts.question(step, "title", teller)
        for part in ("labels", "options"):
            for name in texts.load("questions")[step].get(part, {}):
                assert texts.question(step, part, teller, name)
    for name in BEGINNING:
        assert texts.part("before", name, teller, "heading")
        assert texts.part("before", name, teller, "text")
    for name in texts.load("after"):
        assert texts.part("after", name, teller)


def test_what_may_be_ticked_are_the_concerns_that_cases_know_and_what_hinders_a_statement() -> None:
    asked = [code for code, _words in texts.options("what", "child")]
    assert sorted(asked) == sorted(code.code for codes in (CONCERNS, HINDRANCES) for code in codes)


def test_no_kind_of_institution_is_called_as_the_answer_that_it_is_none() -> None:
    assert "none" not in INSTITUTION_KINDS


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_that_blames_or_cannot_be_kept(name: str) -> None:
    allowed = {"pages/professionals"}  # it warns of that very promise
    for path, text in texts_of(texts.load(name)):
        for language, words in text.items():
            if language in texts.LANGUAGES and name not in allowed:
                assert not re.search(FORBIDDEN, words, re.IGNORECASE), (path, words)
            assert not ENDINGS_IN_BRACKETS.search(words), (path, words)


@pytest.mark.parametrize("teller", ["child", "friend"])
def test_children_are_addressed_as_children_in_kazakh_and_russian(teller: str) -> None:
    for name in ("questions", "before", "after"):
        for path, text in texts_of(texts.load(name)):
            if path.endswith(f".{teller}"):
                assert not re.search(r"\b([Сс]із|[Сс]ізд\w+|[Сс]ізб\w+)\b|ңыз\b|ңіз\b", text["kk"]), (path, text["kk"])
                assert not re.search(r"\b[Вв](ы|ас|ам|аш\w*)\b|\w+йте\b", text["ru"]), (path, text["ru"])


@pytest.mark.parametrize("teller", ["adult", "professional"])
def test_adults_are_addressed_as_adults_in_kazakh_and_russian(teller: str) -> None:
    for name in ("questions", "before", "after"):
        for path, text in texts_of(texts.load(name)):
            if path.endswith(f".{teller}"):
                assert not re.search(r"\b[Сс](ен|ені|енің|аған)\b", text["kk"]), (path, text["kk"])
                assert not re.search(r"\b[Тт](ы|ебя|ебе|обой|во\w+)\b", text["ru"]), (path, text["ru"])


def test_questions_to_children_have_at_most_eight_words() -> None:
    for step in QUESTIONS:
        for language, words in texts.load("questions")[step]["title"]["child"].items():
            assert len(words.split()) <= 8, (step, language)
