"""What a page carries to the next one."""

import base64
import os
from datetime import UTC, datetime, timedelta

import pytest

from arasha.doors.rules.state import LIFE, LONGEST, StateBroken, StateTooOld, open_state, seal_state
from arasha.kernel.vault.rules import DataKey

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
KEY = DataKey(bytes(range(32)))
SAID = {"words": "Ол мені ұрды", "concerns": ["physical"]}


def sealed(purpose: str = "telling") -> str:
    return seal_state(SAID, key=KEY, purpose=purpose, now=NOW)


def test_what_was_sealed_opens_again() -> None:
    assert open_state(sealed(), key=KEY, purpose="telling", now=NOW + LIFE) == SAID


def test_nothing_of_it_can_be_read_in_the_page() -> None:
    field = sealed()
    assert "ұрды" not in field
    assert "ұрды".encode() not in base64.urlsafe_b64decode(field)
    assert sealed() != field


def test_no_byte_of_it_can_be_altered() -> None:
    raw = base64.urlsafe_b64decode(sealed())
    for index in range(len(raw)):
        altered = raw[:index] + bytes([raw[index] ^ 1]) + raw[index + 1 :]
        with pytest.raises(StateBroken):
            open_state(base64.urlsafe_b64encode(altered).decode(), key=KEY, purpose="telling", now=NOW)


def test_it_does_not_open_for_another_purpose_or_under_another_key() -> None:
    with pytest.raises(StateBroken):
        open_state(sealed("telling"), key=KEY, purpose="mailbox", now=NOW)
    with pytest.raises(StateBroken):
        open_state(sealed(), key=DataKey(os.urandom(32)), purpose="telling", now=NOW)


def test_it_expires_after_two_hours() -> None:
    with pytest.raises(StateTooOld):
        open_state(sealed(), key=KEY, purpose="telling", now=NOW + LIFE + timedelta(seconds=1))


def test_a_field_from_the_future_is_none_of_ours() -> None:
    with pytest.raises(StateTooOld):
        open_state(sealed(), key=KEY, purpose="telling", now=NOW - timedelta(minutes=5))


@pytest.mark.parametrize("field", ["", "x", "ё" * 50, "=" * 100, "AAAA" * 20, "\x00", "A" * (LONGEST + 1)])
def test_anything_else_is_refused(field: str) -> None:
    with pytest.raises(StateBroken):
        open_state(field, key=KEY, purpose="telling", now=NOW)
