"""Numbers: what is typed from paper is read as meant, and one wrong character is told."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from arasha.prevention import rules
from arasha.prevention.rules.numbers import ALPHABET

KEY = b"k" * 32
TICKETS = st.uuids()


@given(TICKETS)
def test_a_number_is_whole_however_it_is_typed(ticket: UUID) -> None:
    number = rules.new_number(ticket, KEY)
    assert rules.is_whole(number)
    assert rules.new_number(ticket, KEY) == number
    for typed in (rules.shown(number), number.lower(), f"  {rules.shown(number).replace('-', ' – ')} "):
        assert rules.typed(typed) == number


@given(TICKETS, st.integers(0, rules.LENGTH - 1), st.integers(1, 31))
def test_one_wrong_character_is_told(ticket: UUID, place: int, step: int) -> None:
    number = rules.new_number(ticket, KEY)
    wrong = ALPHABET[(ALPHABET.index(number[place]) + step) % 32]
    assert not rules.is_whole(number[:place] + wrong + number[place + 1 :])


def test_cyrillic_letters_and_look_alikes_are_read_as_meant() -> None:
    assert rules.typed("авсе-нкмр-тхоо-іl1i".replace("і", "i")) == "ABCEHKMPTX001111"


def test_another_key_gives_another_number_and_another_fingerprint() -> None:
    ticket = UUID(int=7)
    number = rules.new_number(ticket, KEY)
    assert rules.new_number(ticket, b"x" * 32) != number
    assert rules.fingerprint(number, KEY) != rules.fingerprint(number, b"x" * 32)


@given(st.text(max_size=300))
def test_whatever_is_typed_has_a_fingerprint(text: str) -> None:
    assert len(rules.fingerprint(rules.typed(text), KEY)) == 16
