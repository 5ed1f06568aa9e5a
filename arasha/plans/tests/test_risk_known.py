"""What is recorded and answered feeds the suggestion: incidents, the rapid assessment, injuries for their readers."""

from datetime import date, timedelta
from typing import Any

import pytest

from arasha.cases import actions as cases
from arasha.cases import queries, rules
from arasha.cases.models import RiskJudgement
from arasha.cases.rules import KNOWN, Point, SaidIncident, incident_facts, injury_facts, risk_rules
from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans import actions
from arasha.plans.queries import weighing
from arasha.plans.rules import is_old, risk_from
from arasha.plans.tests.filled import DANGER, RAPID, SAFE, corrected, handed_in, in_force
from arasha.plans.tests.stage import TODAY, Stage
from arasha.questionnaires import actions as answering

LATER = NOW + timedelta(hours=1)
OLD = NOW + timedelta(days=15)


def one(**more: Any) -> rules.Facts:
    """Return the facts of a beating at home, once, half a year ago at the most."""
    given: dict[str, Any] = {"forms": ["2-c"], "concerns": ["physical"], "setting": "home", "pattern": False}
    return incident_facts(**{**given, "goes_on": False, "recent": "under_180_days", **more})


def level(*things: rules.Facts, **facts: str) -> str:
    known = {fact: frozenset(values.split()) for fact, values in facts.items()}
    return rules.suggest(known, TODAY, things=things).level


SEXUAL = {"forms": ["3-c"], "concerns": ["sexual"]}


@pytest.mark.parametrize(
    ("incident", "suggested"),
    [
        ({"recent": "older"}, "low"),
        ({}, "medium"),
        ({"recent": "under_30_days"}, "medium"),
        ({"recent": "not_known"}, "medium"),  # nobody knows when: as if it were of late
        ({"pattern": True, "recent": "under_30_days"}, "high"),
        ({"goes_on": True}, "high"),
        ({"goes_on": True, "recent": "under_30_days"}, "very_high"),
        ({"recent": "older", **SEXUAL}, "high"),
        ({"goes_on": True, **SEXUAL}, "very_high"),
        ({"forms": ["2-a"], "recent": "older"}, "high"),
        ({"forms": ["2-a"], "recent": "not_known"}, "very_high"),
        ({"concerns": ["bullying"], "setting": "school", "recent": "older"}, "low"),
        ({"concerns": [], "forms": ["9-x"], "recent": "older"}, "low"),  # a form that nobody mapped is not left out
    ],
)
def test_what_the_rules_make_of_an_incident(incident: dict[str, Any], suggested: str) -> None:
    assert level(one(**incident)) == suggested


def test_a_beaten_child_under_three_is_at_high_risk_whatever_else_is_known() -> None:
    assert level(one(recent="older"), age="under_3 under_7") == "high"


def test_two_incidents_are_never_joined_into_one_that_nobody_recorded() -> None:
    shout = one(forms=["4-b"], concerns=["psychological"], goes_on=True)
    before = one(recent="older", **SEXUAL)
    assert "recorded_sexual_on:1" not in _held(before, shout)
    assert "recorded_sexual_on:1" in _held(one(goes_on=True, **SEXUAL))


def _held(*things: rules.Facts) -> list[str]:
    return rules.suggest({}, TODAY, things=things).kept()


def test_a_rule_counts_once_of_however_many_incidents_it_holds() -> None:
    assert rules.suggest({}, TODAY, things=[one()] * 5).points == rules.suggest({}, TODAY, things=[one()]).points


def rapid(answers: dict[str, Any], days: int = 0) -> rules.Facts:
    return risk_from(RAPID, answers, TODAY - timedelta(days=days), TODAY)


def graded(grade: str, **now: str) -> dict[str, Any]:
    return {**SAFE, "now": {**SAFE["now"], **now}, "level": {"level_final": grade}}


@pytest.mark.parametrize(
    ("answers", "days", "suggested"),
    [
        (graded("immediate"), 0, "very_high"),
        (graded("immediate"), 14, "very_high"),
        (graded("immediate"), 15, "medium"),  # old: it counts less, and is said to be old
        (graded("high"), 0, "high"),
        (graded("medium"), 0, "medium"),
        (graded("low"), 0, ""),  # safety is nothing that the rules suggest
        (graded("low"), 400, ""),
        (graded(""), 0, "medium"),
        (graded("unheard_of"), 0, "medium"),  # a code that the rules don't know is "not known"
        (graded("low", dangers="threat_to_kill"), 400, "high"),
        (graded("low", safe_now="unknown"), 0, "medium"),
        (graded("low", reach="unknown"), 0, "medium"),
        (graded("low", safe_now="unknown", reach="unknown"), 0, "medium"),
        ({}, 0, "high"),  # nothing answered at all: everything is not known, and adds up
    ],
)
def test_what_the_rules_make_of_the_rapid_assessment(answers: dict[str, Any], days: int, suggested: str) -> None:
    assert level(rapid(answers, days)) == suggested


def test_no_rule_lowers_because_of_a_form_or_of_what_is_recorded() -> None:
    lowering = [rule for rule in risk_rules() if rule.points < 0]
    assert lowering
    assert {fact for rule in lowering for fact in rule.when} == {"reason"}


def test_a_rapid_assessment_is_old_after_a_fortnight() -> None:
    assert not is_old(RAPID, TODAY - timedelta(days=14), TODAY)
    assert is_old(RAPID, TODAY - timedelta(days=15), TODAY)


@pytest.mark.parametrize(
    ("injury", "age", "suggested"),
    [
        ({"kind": "bruise", "region": "front_neck"}, "", "very_high"),
        ({"kind": "burn"}, "", "high"),
        ({"kind": "bruise"}, "", "medium"),
        ({"kind": "bruise"}, "under_1", "very_high"),
        ({"kind": "burn", "seen_on": date(2025, 1, 1)}, "", ""),
        ({"kind": "scar", "seen_on": date(2026, 11, 1)}, "under_1", "medium"),
        ({"kind": "bruise", "healing": "worse"}, "", "medium"),
    ],
)
def test_what_the_rules_make_of_an_injury(injury: dict[str, Any], age: str, suggested: str) -> None:
    given: dict[str, Any] = {"region": "front_shin_left", "healing": "new", "seen_on": TODAY, "today": TODAY}
    assert level(injury_facts(**{**given, **injury}), **({"age": age} if age else {})) == suggested


def test_what_a_judgement_keeps_fits_its_column() -> None:
    longest = [f"{fact}={value}" for fact, values in KNOWN.items() for value in values]
    assert max(len(words) for words in [*longest, *(rule.key for rule in risk_rules())]) <= 40


def record(stage: Stage, by: Person | None = None, **said: Any) -> Any:
    given: dict[str, Any] = {"forms": ["working.2-c.1"], "frequency": "once", "setting": "home"} | said
    who = (by or stage.coordinator).enter()
    return cases.record_incident(actor=who, dossier=stage.dossier, said=SaidIncident(**given), now=NOW)


def judged(stage: Stage, grade: str, by: Person | None = None, **more: Any) -> RiskJudgement:
    actor = (by or stage.coordinator).enter()
    last = queries.risk_of(stage.dossier)
    given: dict[str, Any] = {"over": last.pk if last else None} | more
    now = given.pop("now", NOW)
    return actions.judge_risk(actor=actor, dossier=stage.dossier, said=rules.RiskSaid(grade, **given), now=now)


@pytest.mark.django_db
def test_a_judgement_keeps_by_which_incident_and_which_answers_it_was_suggested(stage: Stage) -> None:
    record(stage, frequency="daily", goes_on=True, since=Point(date(2026, 9, 1), "month"))
    handed_in(stage.coordinator, stage.dossier, RAPID, DANGER)
    row = judged(stage, "very_high")
    assert (row.suggested, row.override) == ("very_high", "")
    assert {"recorded_goes_on:1", "pattern=ongoing", "rapid_danger:1", "rapid=immediate"} <= set(row.grounds)


@pytest.mark.django_db
def test_what_was_struck_or_is_long_over_suggests_no_more(stage: Stage) -> None:
    row = record(stage)
    assert queries.incidents_weighed(stage.dossier, NOW)[0]["recent"] == {"not_known"}
    assert queries.incidents_weighed(stage.dossier, NOW + timedelta(days=400))[0]["recent"] == {"older"}
    cases.strike_incident(actor=stage.coordinator.enter(), incident=row.pk, reason="twice", now=LATER)
    assert queries.incidents_weighed(stage.dossier, NOW) == []


@pytest.mark.django_db
def test_only_the_last_rapid_assessment_that_stands_counts(stage: Stage) -> None:
    assert weighing(stage.dossier, NOW) == []
    row = handed_in(stage.coordinator, stage.dossier, RAPID, DANGER)
    assert weighing(stage.dossier, NOW)[0].facts["rapid"] == {"immediate"}
    newer = corrected(stage.coordinator, row, SAFE, now=LATER)
    (now,) = weighing(stage.dossier, LATER)
    assert (now.facts["rapid"], now.old, weighing(stage.dossier, OLD)[0].old) == (frozenset({"low"}), False, True)
    answering.withdraw(actor=stage.coordinator.enter(), response=newer.pk, reason="by_mistake", now=LATER)
    assert weighing(stage.dossier, LATER) == []


@pytest.mark.django_db
def test_a_half_written_assessment_suggests_nothing(stage: Stage) -> None:
    in_force(RAPID)
    given: dict[str, Any] = {"dossier": stage.dossier, "code": RAPID, "language": "kk", "now": NOW}
    answering.begin(actor=stage.coordinator.enter(), answers=DANGER, **given)
    assert weighing(stage.dossier, NOW) == []


def injure(stage: Stage, doctor: Person) -> None:
    given: dict[str, Any] = {"region": "front_neck", "kind": "grip", "healing": "new", "seen_on": local(NOW).date()}
    cases.record_injury(actor=doctor.enter(), dossier=stage.dossier, now=NOW, **given)


@pytest.mark.django_db
def test_what_lies_under_health_is_weighed_for_its_reader_and_never_kept_with_a_judgement(stage: Stage) -> None:
    doctor = stage.district.doctor
    joined(stage, doctor)
    before = judged(stage, "low", by=doctor)
    injure(stage, doctor)
    assert len(queries.injuries_weighed(stage.dossier, NOW)) == 1
    after = judged(stage, "low", by=doctor, now=LATER)
    assert (before.suggested, before.grounds) == (after.suggested, after.grounds)
    assert not any(ground.split("=")[0] in rules.OF_HEALTH for ground in after.grounds)
    police = stage.district.inspector
    joined(stage, police)
    police.enter()
    assert queries.injuries_weighed(stage.dossier, NOW) == []
    assert [row.grounds for row in queries.risks_of(stage.dossier)] == [before.grounds, before.grounds]


@pytest.mark.django_db
def test_facts_of_health_that_are_handed_in_from_above_are_not_taken(stage: Stage) -> None:
    told = {"injury_at": frozenset({"front_neck"}), "injury_seen": frozenset({"under_30_days"})}
    said = rules.RiskSaid("low")
    given: dict[str, Any] = {"dossier": stage.dossier, "said": said, "now": NOW}
    weighed = cases.judge_risk(actor=stage.coordinator.enter(), heard=[told], **given)
    assert (weighed.judgement.suggested, weighed.judgement.grounds) == ("", [])


@pytest.mark.django_db
def test_a_barred_person_and_a_neighbour_weigh_nothing(stage: Stage) -> None:
    record(stage)
    handed_in(stage.coordinator, stage.dossier, RAPID, DANGER)
    for person in (stage.representative, stage.district.neighbour):
        person.enter()
        assert queries.incidents_weighed(stage.dossier, NOW) == []
        assert weighing(stage.dossier, NOW) == []


def joined(stage: Stage, *people: Person) -> None:
    """Let units become partners of the file."""
    stage.coordinator.enter()
    with act(verb="note", stream=dossier_stream(stage.dossier), now=NOW):
        for person in people:
            add_member(dossier=stage.dossier, member=TeamMember("partner", unit_id=person.unit.pk, reason="test"))
