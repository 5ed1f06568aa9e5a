"""Words in a picture are measured and parted, never cut; a wide picture lies on its side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules.picture import Picture, Words, bounds, moved, width_of, wrapped


@pytest.mark.parametrize(
    ("words", "room", "lines"),
    [
        ("", 80, []),
        ("Айгүл", 80, ["Айгүл"]),
        ("Айгүл Серікқызы", 80, ["Айгүл", "Серікқызы"]),
        ("Айгүл Серікқызы", 200, ["Айгүл Серікқызы"]),
        ("Нұрмұхаммед-Әлихан", 120, ["Нұрмұхаммед-", "Әлихан"]),
    ],
)
def test_words_are_parted_where_they_may_be(words: str, room: int, lines: list[str]) -> None:
    assert wrapped(words, room) == lines


@given(st.text(alphabet="аӘғшЖ-ыіW", min_size=1, max_size=60), st.integers(40, 200))
def test_a_long_word_is_never_cut_and_never_too_wide(word: str, room: int) -> None:
    lines = wrapped(word, room)
    assert "".join(lines).replace("-", "") == word.replace("-", "")
    assert max(width_of(line) for line in lines) <= room


@pytest.mark.parametrize(("anchor", "left"), [("start", 100), ("middle", 80), ("end", 60)])
def test_words_cover_what_their_anchor_says(anchor: str, left: int) -> None:
    shape = moved(Words("g-name", 90, 50, "x", 40, anchor), 10, 5)
    assert bounds(shape) == (left, 42, left + 40, 59)


@pytest.mark.parametrize(("width", "height", "wide"), [(600, 300, False), (900, 500, True), (900, 1200, False)])
def test_only_what_is_wider_than_an_upright_sheet_lies_on_its_side(width: int, height: int, wide: bool) -> None:
    assert Picture(width, height, []).wide == wide
