"""Which steps an event raises: at the start, and later."""

from typing import Any

import pytest

from arasha.kernel.worktime.rules import Limit, Unit
from arasha.protocols.rules import IDENTIFIED, OF_THE_CHILD, REPORTING, SCHOOL, WHERE_FOUND, FaultyProtocol, read
from arasha.protocols.tests.procedures import OUTCOMES, parsed, procedure, step

PROCEDURE = parsed()
TESTER = {"reporter": "tester"}
SECOND_FIRST = "[{rung: 2, to: {function: guardianship, territory: of_the_child}, after: at_once}]"


@pytest.mark.parametrize(
    ("event", "codes", "raised"),
    [
        ("report_signal", TESTER, ["look_arranged"]),
        ("report_signal", TESTER | {"way": "direct", "school": "unknown"}, ["look_arranged"]),
        ("report_signal", TESTER | {"way": "through_head"}, ["look_by_head"]),
        ("report_signal", TESTER | {"way": "through_head", "school": "known"}, ["look_by_head", "tell_school"]),
        ("report_signal", TESTER | {"school": ["known"]}, ["look_arranged", "tell_school"]),
        ("report_signal", {"reporter": "neighbour", "school": "known"}, []),
        ("report_signal", {}, []),
        ("meet_obligation", {"step": "look_by_head", "outcome": "confirmed"}, ["team"]),
        ("meet_obligation", {"step": "look_by_head", "outcome": "unclear"}, ["look_again"]),
        ("meet_obligation", {"step": "look_again", "outcome": "unclear"}, ["look_again"]),
        ("meet_obligation", {"step": "look_again", "outcome": "confirmed", "protocol": "made_up"}, ["team"]),
        ("meet_obligation", {"step": "look_again", "outcome": "confirmed", "protocol": "another"}, []),
        ("meet_obligation", {"step": "look_by_head"}, []),
        ("meet_obligation", {"step": "tell_school", "outcome": "confirmed"}, []),
        ("judge_safety", {"safety": "unsafe"}, ["team_of_danger"]),
        ("judge_safety", {"safety": "safe"}, []),
        ("close_case", {}, []),
    ],
)
def test_an_event_raises_the_steps_it_starts_or_those_that_wait_for_it(
    event: str, codes: dict[str, Any], raised: list[str]
) -> None:
    assert [found.key for found in PROCEDURE.steps_on(event, codes)] == raised


def test_a_step_says_whose_body_from_when_how_told_and_with_which_answers() -> None:
    head, school = PROCEDURE.step("look_by_head"), PROCEDURE.step("tell_school")
    assert (head.body, head.counts_from, head.notice) == (REPORTING, IDENTIFIED, False)
    assert [outcome.code for outcome in head.outcomes] == ["confirmed", "unclear"]
    assert head.outcome("unclear").words["en"] == "unclear"
    with pytest.raises(KeyError):
        head.outcome("perhaps")
    assert (school.body, school.counts_from, school.notice, school.outcomes) == (SCHOOL, "event", True, ())
    assert PROCEDURE.step("team").body == ""


def test_a_body_is_found_where_the_child_lives_or_where_the_child_was_found() -> None:
    there = "{function: guardianship, territory: where_found}"
    found = parsed(procedure(step("there", "guardianship", owed_by=there), step("at_home", "guardianship")))
    assert [step.place for step in found.steps] == [WHERE_FOUND, OF_THE_CHILD]


def test_who_takes_a_declined_duty_over_has_the_least_time_that_the_procedure_says() -> None:
    assert PROCEDURE.takeover is None
    given = procedure(step("a", "guardianship"), takeover="{amount: 4, unit: clock_hours}")
    assert parsed(given).takeover == Limit(4, Unit.CLOCK_HOURS)


def test_a_step_climbs_its_own_ladder_or_else_the_procedures() -> None:
    assert [rung.function for rung in PROCEDURE.ladder_of(PROCEDURE.step("tell_school"))] == ["coordination_district"]
    assert PROCEDURE.ladder_of(PROCEDURE.step("team")) == PROCEDURE.ladder


def test_it_says_who_is_bound_to_report_to_whom_by_which_act() -> None:
    (bound,) = PROCEDURE.bound
    assert (bound.reporter, bound.to["en"], bound.basis[0].act) == ("tester", "police", "law-amendments-2019")


def waiting(on: str) -> str:
    return procedure(step("first", "guardianship", outcomes=OUTCOMES), step("second", "guardianship", on=on))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (waiting("{event: meet_obligation, when: {step: [third]}}"), "there is no step 'third'"),
        (waiting("{event: meet_obligation, when: {outcome: [confirmed]}}"), "'step' is missing"),
        (
            waiting("{event: meet_obligation, when: {step: [first], outcome: [perhaps]}}"),
            "the step first has no outcome 'perhaps'",
        ),
        (waiting("{event: report_signal, when: {}}"), "'report_signal' starts the procedure"),
        (procedure(step("a", "guardianship", on="{event: close_case, when: {}}")), "every step waits"),
        (procedure(step("a", "guardianship"), step("a", "guardianship")), "the step 'a' stands twice"),
        (
            procedure(step("a", "guardianship", outcomes=OUTCOMES.replace("outcome: unclear", "outcome: confirmed"))),
            "the outcome 'confirmed' stands twice",
        ),
        (procedure(step("a", "guardianship", ladder=SECOND_FIRST)), "rung 1 is expected here"),
        (procedure(step("a", "guardianship", limit="{amount: 999999, unit: working_days}")), "a whole number from 1"),
        (procedure(step("a", "guardianship", counts_from="birth")), "'birth' is not one of"),
        (procedure(step("a", "b", owed_by="{body: best_school, function: b}")), "'best_school' is not one of"),
    ],
)  # fmt: skip
def test_a_step_that_can_never_come_or_names_what_is_not_there_is_refused_on_its_line(text: str, reason: str) -> None:
    with pytest.raises(FaultyProtocol, match=reason) as refused:
        read(text, "made_up.yaml")
    assert refused.value.line > 1
