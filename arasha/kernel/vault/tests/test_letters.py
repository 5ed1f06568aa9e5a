"""Letters open for the private half alone, say nothing by their length, and codes need the public folder alone."""

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from arasha.kernel.vault import queries
from arasha.kernel.vault.actions import make_keys
from arasha.kernel.vault.rules import (
    LetterTooLong,
    RingKeyMissing,
    SealBroken,
    UnsafePlace,
    open_letter,
    public_half,
    seal_letter,
)

PRIVATE = bytes(range(32))
PUBLIC = public_half(PRIVATE)


def test_what_was_sealed_opens_with_the_private_half_and_in_its_own_place_alone() -> None:
    letter = seal_letter(PUBLIC, "қорқамын".encode(), about="here")
    assert open_letter(PRIVATE, letter, about="here").decode() == "қорқамын"
    for private, about in ((PRIVATE, "there"), (os.urandom(32), "here")):
        with pytest.raises(SealBroken):
            open_letter(private, letter, about=about)


@pytest.mark.parametrize("at", [0, 1, 20, -1])
def test_an_altered_letter_does_not_open(at: int) -> None:
    letter = bytearray(seal_letter(PUBLIC, b"words", about=""))
    letter[at] ^= 1
    with pytest.raises(SealBroken):
        open_letter(PRIVATE, bytes(letter), about="")


@pytest.mark.parametrize("letter", [b"", b"\x01", b"\x01" + bytes(40), b"\x02" + bytes(80)])
def test_what_is_no_letter_is_refused(letter: bytes) -> None:
    with pytest.raises(SealBroken):
        open_letter(PRIVATE, letter, about="")


def test_letters_of_different_words_have_one_length() -> None:
    lengths = {len(seal_letter(PUBLIC, b"x" * many, about="")) for many in (0, 1, 500, 1020)}
    assert len(lengths) == 1
    assert len(seal_letter(PUBLIC, b"x" * 1021, about="")) not in lengths
    with pytest.raises(LetterTooLong):
        seal_letter(PUBLIC, b"x" * 65536, about="")
    with pytest.raises(LetterTooLong):
        seal_letter(PUBLIC, b"x" * 97, about="", size=100)


def test_who_has_the_public_folder_alone_seals_and_opens_nothing(vault: Path, settings: Settings) -> None:
    version, public = queries.letter_key()
    letter = seal_letter(public, b"told", about="tell")
    assert queries.read_letter(version, letter, about="tell") == b"told"
    settings.ARASHA_KEYS = vault / "elsewhere"
    assert queries.letter_key() == (version, public)
    assert len(queries.code_key()) == 32
    assert queries.page_key().raw != queries.code_key()
    with pytest.raises(RingKeyMissing):
        queries.read_letter(version, letter, about="tell")


def test_keys_are_made_once_and_a_missing_or_open_folder_is_said(vault: Path, settings: Settings) -> None:
    before = queries.letter_key(), queries.code_key()
    make_keys()
    assert (queries.letter_key(), queries.code_key()) == before
    half = settings.ARASHA_PUBLIC_KEYS / "letters-0001.pub"
    half.chmod(0o644)
    with pytest.raises(UnsafePlace):
        queries.letter_key()
    settings.ARASHA_PUBLIC_KEYS = vault / "nowhere"
    with pytest.raises(RingKeyMissing):
        queries.letter_key()
