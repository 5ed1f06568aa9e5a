"""Every part of a procedure that changes is named, and nothing else."""

import json
from typing import Any

import pytest

from arasha.protocols.rules import Protocol, read
from arasha.protocols.rules.differences import Field, differences
from arasha.protocols.tests.procedures import MADE_UP, parsed, shipped

OLD = read(MADE_UP, "x").content
LADDER = [{"rung": 1, "to": {"supervisor": "of_the_obliged_unit"}, "after": {"amount": 2, "unit": "clock_hours"}}]
WORDS = {"kk": "a", "ru": "b", "en": "c"}


def changed(path: list[str | int], value: Any) -> list[tuple[str | None, Field]]:
    """Return which fields differ after one change of the made-up procedure."""
    content = json.loads(json.dumps(OLD))
    place = content
    for part in path[:-1]:
        place = place[part]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    new = Protocol.from_content(content)
    return [(found.key, found.field) for found in differences(Protocol.from_content(OLD), new)]


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (["version"], 2, []),
        (["title", "kk"], "басқа", [(None, Field.TITLE)]),
        (["valid_from"], "2026-04-01", [(None, Field.VALIDITY)]),
        (["verified_by"], "A lawyer, 1 May 2026", [(None, Field.VERIFIED)]),
        (["source"], "another", [(None, Field.SOURCE)]),
        (["trigger", "when", "reporter"], ["nurse"], [(None, Field.START)]),
        (["trigger", "unless"], {"way": ["direct"]}, [(None, Field.START)]),
        (["bound"], None, [(None, Field.BOUND)]),
        (["ladder"], LADDER, [(None, Field.LADDER)]),
        (["substitutes"], ["guardianship"], [(None, Field.SUBSTITUTES)]),
        (["takeover"], {"amount": 4, "unit": "clock_hours"}, [(None, Field.TAKEOVER)]),
        (["name"], WORDS, [(None, Field.NAME)]),
        (["steps", 1, "owed_by", "territory"], "where_found", [("look_arranged", Field.OWNER)]),
        (["steps", 0, "limit", "amount"], 2, [("look_by_head", Field.LIMIT)]),
        (["steps", 0, "counts_from"], "event", [("look_by_head", Field.FROM)]),
        (["steps", 0, "owed_by", "body"], None, [("look_by_head", Field.OWNER)]),
        (["steps", 0, "when"], None, [("look_by_head", Field.CONDITIONS)]),
        (["steps", 0, "what"], WORDS, [("look_by_head", Field.WHAT)]),
        (["steps", 0, "act", "kk"], "басқа", [("look_by_head", Field.ACT)]),
        (["steps", 0, "evidence"], WORDS, [("look_by_head", Field.EVIDENCE)]),
        (["steps", 0, "basis", 0, "act"], "law-94-v", [("look_by_head", Field.BASIS)]),
        (["steps", 0, "blocks"], ["closing"], [("look_by_head", Field.BLOCKS)]),
        (["steps", 2, "notice"], False, [("tell_school", Field.NOTICE)]),
        (["steps", 2, "ladder"], None, [("tell_school", Field.SILENCE)]),
        (["steps", 3, "outcomes", 1, "words"], WORDS, [("look_again", Field.OUTCOMES)]),
        (["steps", 4, "on", "when", "outcome"], ["unclear"], [("team", Field.RAISED)]),
        (["steps", 4], None, [("team", Field.REMOVED)]),
    ],
)
def test_one_change_is_one_difference(path: list[str | int], value: Any, found: list[Any]) -> None:
    assert changed(path, value) == found


def test_a_step_more_and_another_order_are_told() -> None:
    content = json.loads(json.dumps(OLD))
    content["steps"].append(content["steps"][4] | {"step": "team_too"})
    content["steps"][1], content["steps"][2] = content["steps"][2], content["steps"][1]
    found = differences(Protocol.from_content(OLD), Protocol.from_content(content))
    assert [(one.key, one.field) for one in found] == [("team_too", Field.ADDED), (None, Field.PLACE)]


def test_the_medical_procedure_keeps_the_inspections_duty_and_adds_the_others() -> None:
    old = parsed(shipped("suspected_violence_health.yaml"))
    new = parsed(shipped("suspected_violence_health_2.yaml"))
    found = [(one.key, one.field) for one in differences(old, new)]
    assert ("evaluation", Field.ADDED) in found
    assert ("inspection_answers", Field.LIMIT) not in found
    assert ("inspection_answers", Field.NOTICE) in found
    assert not any(field is Field.REMOVED for _key, field in found)
