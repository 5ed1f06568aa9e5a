"""Which procedures an event starts, and which version of each."""

from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any

import pytest

from arasha.protocols.rules import Protocol, in_force, matches, read

NAME = "suspected_violence_health.yaml"
SHIPPED = (resources.files("arasha.protocols") / "data" / NAME).read_text(encoding="utf-8")
FIRST = Protocol.from_content(read(SHIPPED, NAME).content)


@pytest.mark.parametrize(
    ("event", "codes", "starts"),
    [
        ("report_signal", {"reporter": "health_worker", "concern": "suspected_violence"}, True),
        ("report_signal", {"reporter": "health_worker", "concern": ["neglect", "suspected_violence"]}, True),
        ("report_signal", {"reporter": "teacher", "concern": "suspected_violence"}, False),
        ("report_signal", {"reporter": "health_worker", "concern": "neglect"}, False),
        ("report_signal", {"concern": "suspected_violence"}, False),
        ("accept_case", {"reporter": "health_worker", "concern": "suspected_violence"}, False),
    ],
)
def test_a_procedure_starts_when_each_named_code_has_a_named_value(
    event: str, codes: dict[str, Any], starts: bool
) -> None:
    assert matches(FIRST, event, codes) is starts


def test_the_newest_begun_version_is_in_force_and_an_ended_one_brings_no_older_back() -> None:
    second = replace(FIRST, version=2, valid_from=date(2026, 6, 1))
    third = replace(FIRST, version=3, valid_from=date(2026, 9, 1), valid_to=date(2026, 10, 1))
    versions = [third, FIRST, second]
    assert in_force(versions, date(2026, 3, 1)) == []
    assert in_force(versions, date(2026, 3, 2)) == [FIRST]
    assert in_force(versions, date(2026, 6, 1)) == [second]
    assert in_force(versions, date(2026, 9, 30)) == [third]
    assert in_force(versions, date(2026, 10, 1)) == []
