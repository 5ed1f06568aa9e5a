"""When a helpline that keeps hours opens, as the page of a chat says it."""

from datetime import datetime, time

import pytest

from arasha.helpline import rules


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-26T02:00:00+00:00", "2026-11-26T09:00:00+05:00"),
        ("2026-11-26T10:00:00+00:00", None),
        ("2026-11-26T16:30:00+00:00", "2026-11-27T09:00:00+05:00"),
    ],
)
def test_when_a_helpline_that_keeps_hours_opens_next(at: str, expected: str | None) -> None:
    found = rules.opens_at(time(9), time(21), False, datetime.fromisoformat(at))
    assert found == (datetime.fromisoformat(expected) if expected else None)
    assert rules.opens_at(None, None, True, datetime.fromisoformat(at)) is None
