"""What opens a service: a rule's answer with its explanation, what is unknown, and a decision beside it."""

from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.cases import actions as cases
from arasha.kernel.access.rules import Actor
from arasha.law.queries import known_keys
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions, queries, rules
from arasha.plans.models import EligibilityDecision, EligibilityFact
from arasha.plans.rules import Fact, FaultyRule, NotInForce, Outcome
from arasha.plans.tests.stage import TODAY, Stage
from tests.database import as_owner

FOLDER = resources.files("arasha.plans") / "data" / "eligibility"
SERVICES = "special_social_services"


def rule(code: str = SERVICES, on: date = TODAY) -> rules.Eligibility:
    return next(one for one in rules.standing(rules.eligibility_rules(), on) if one.code == code)


def facts(**given: Any) -> dict[str, Fact]:
    """Return facts: a number, yes/no as text, a set of codes that is never complete."""
    made = {}
    for code, value in given.items():
        if isinstance(value, int):
            made[code] = Fact(number=value)
        elif isinstance(value, set):
            made[code] = Fact(frozenset(value), complete=False)
        else:
            made[code] = Fact(frozenset({value}))
    return made


NO_GROUND = {"criteria_score": 4, "without_care": "no", "disability": "no", "homeless": "no"}


@pytest.mark.parametrize(
    ("given", "outcome", "missing"),
    [
        ({}, "unknown", ("age", "criteria_score", "without_care", "disability", "homeless", "need")),
        ({"age": 18}, "not_met", ()),
        ({"age": 9, "concern": {"physical"}}, "unknown", (*NO_GROUND, "need")),
        ({"age": 9, "concern": {"physical"}, "need": "yes", **NO_GROUND}, "not_met", ()),
        ({"age": 9, "need": "yes", "criteria_score": 5}, "met", ()),
        ({"age": 17, "need": "yes", "disability": "yes"}, "met", ()),
        ({"age": 9, "need": "no", "criteria_score": 25}, "not_met", ()),
        ({"age": 9, "criteria_score": 25}, "unknown", ("need",)),
        ({"age": 9, "need": "yes", "criteria_score": 4}, "unknown", ("without_care", "disability", "homeless")),
    ],
)
def test_a_rule_answers_by_what_is_known_and_names_what_is_not(
    given: dict[str, Any], outcome: str, missing: tuple[str, ...]
) -> None:
    decision = rules.decide(rule(), facts(**given), TODAY)
    assert (decision.outcome, decision.missing) == (outcome, missing)


def test_an_explanation_names_each_condition_with_its_article() -> None:
    decision = rules.decide(rule(), facts(age=9, need="no"), TODAY)
    lines = {line.condition.code: line for line in decision.lines if line.condition}
    assert lines["is_child"].outcome is Outcome.MET
    assert lines["need_found"].outcome is Outcome.NOT_MET
    assert lines["cruel_treatment"].outcome is Outcome.UNKNOWN
    assert {one.act for line in lines.values() if line.condition for one in line.condition.basis} == {
        "social-code-224-vii",
        "order-528-123-271-190",
    }
    assert [line.kind for line in decision.lines if line.condition is None] == ["all", "any"]


def test_a_concern_that_nobody_named_is_something_to_find_out_and_never_a_no() -> None:
    decision = rules.decide(rule("victims_centre"), facts(age=9, concern=set(), unsafe_home="yes"), TODAY)
    assert (decision.outcome, decision.missing) == (Outcome.UNKNOWN, ("concern",))


def test_a_changed_law_is_a_changed_file_with_a_day() -> None:
    homeless = facts(age=9, need="yes", criteria_score=4, without_care="no", disability="no", homeless="yes")
    before, after = date(2023, 6, 30), date(2023, 7, 1)
    assert (rule(on=before).version, rule(on=after).version) == (1, 2)
    assert rules.decide(rule(on=before), homeless, before).outcome is Outcome.NOT_MET
    assert rules.decide(rule(on=after), homeless, after).outcome is Outcome.MET
    with pytest.raises(NotInForce):
        rules.decide(rule(on=before), homeless, after)


def text_of(name: str = "special_social_services_2.yaml") -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def test_that_violence_alone_opens_nothing_is_a_setting(tmp_path: Path) -> None:
    alone = facts(age=9, concern={"physical"}, need="yes", **NO_GROUND)
    assert rules.decide(rule(), alone, TODAY).outcome is Outcome.NOT_MET
    ground = text_of("victims_centre.yaml").partition("    - condition: violence_feared")[2].partition("    - any:")[0]
    added = "        - condition: violence_feared" + ground.replace("\n", "\n    ")
    changed = text_of().replace("    - any:\n", "    - any:\n" + added.rstrip(" "), 1)
    (tmp_path / "rule.yaml").write_text(changed, encoding="utf-8")
    (opened,) = rules.read_rules(tmp_path)
    assert rules.decide(opened, alone, TODAY).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("fact: need", "fact: neeed", "fact: neeed", "there is no fact 'neeed'"),
        ("at_least: 5", "at_leest: 5", "condition: cruel_treatment", "at_leest"),
        ("at_least: 5", "below: 9\n          at_least: 5", "condition: cruel_treatment", "is compared once"),
        ("at_least: 5", "at_least: five", "at_least: five", "not of type"),
        ('is: "yes"', "one_of: [sometimes]", "condition: no_parental_care", "is compared once, by is"),
        ("valid_from: 2023-07-01", "valid_from: 2023-02-30", "valid_from: 2023-02-30", "is not a day"),
        ("social-code-224-vii", "social-code-999", "act: social-code-999", "there is no act of law"),
        ("version: 2", "version: 2\nversion: 3", "version: 3", "stands twice"),
        ("condition: disabled", "condition: no_parental_care", "fact: disability", "stands twice"),
        ("rule: special", "rule: *special", "rule: *special", ""),
    ],
)
def test_a_typo_is_refused_with_file_line_and_reason(old: str, new: str, line: str, reason: str) -> None:
    text = text_of().replace(old, new, 1)
    with pytest.raises(FaultyRule) as wrong:
        rules.read_rule(text, "typo.yaml", acts={"social-code-224-vii", "order-528-123-271-190"})
    assert wrong.value.file == "typo.yaml"
    assert reason in wrong.value.reason
    near = [number for number, one in enumerate(text.splitlines(), 1) if line in one]
    assert any(abs(wrong.value.line - number) <= 1 for number in near)


def test_two_versions_of_one_rule_are_never_valid_on_one_day(tmp_path: Path) -> None:
    for number, name in enumerate(("special_social_services.yaml", "special_social_services_2.yaml")):
        text = text_of(name).replace("valid_to: 2023-07-01", "valid_to: 2023-07-02")
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultyRule, match=r"1\.yaml, line .*valid on one day"):
        rules.read_rules(tmp_path)


@pytest.mark.django_db
def test_the_shipped_rules_cite_acts_that_there_are() -> None:
    assert len(rules.read_rules(FOLDER, acts=known_keys(using="default"))) == 4


def stated(actor: Actor, stage: Stage, **given: str) -> None:
    for fact, value in given.items():
        actions.state_fact(actor=actor, dossier=stage.dossier, fact=fact, value=value, now=NOW)


def decided(actor: Actor, stage: Stage, **more: Any) -> EligibilityDecision:
    given: dict[str, Any] = {"rule": SERVICES, "entitled": True, "decided_by": "worker", "decided_on": TODAY}
    return actions.decide_eligibility(actor=actor, dossier=stage.dossier, **{"now": NOW} | given | more)


@pytest.mark.django_db
def test_what_is_found_out_counts_from_the_newest_and_what_stood_before_stays(stage: Stage) -> None:
    actor = stage.protection.enter()
    stated(actor, stage, criteria_score="4", need="yes", without_care="no", disability="no", homeless="no")
    weighed = queries.weighed_rule(stage.dossier, SERVICES, NOW)
    assert weighed is not None
    assert weighed.decision.outcome is Outcome.NOT_MET
    actions.state_fact(
        actor=actor, dossier=stage.dossier, fact="criteria_score", value="11", now=NOW + timedelta(hours=1)
    )
    weighed = queries.weighed_rule(stage.dossier, SERVICES, NOW)
    assert weighed is not None
    assert weighed.decision.outcome is Outcome.MET
    assert EligibilityFact.objects.filter(fact="criteria_score").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fact", "value"), [("need", "maybe"), ("criteria_score", "-1"), ("criteria_score", "٣"), ("age", "9")]
)
def test_a_value_that_a_fact_cannot_have_is_refused(stage: Stage, fact: str, value: str) -> None:
    with pytest.raises(actions.FactDoesNotFit):
        stated(stage.protection.enter(), stage, **{fact: value})


@pytest.mark.django_db
def test_the_rules_answer_and_the_overrule_both_stand(stage: Stage) -> None:
    actor = stage.protection.enter()
    stated(actor, stage, criteria_score="4", need="yes", without_care="no", disability="no", homeless="no")
    with pytest.raises(actions.OverruleReasonMissing):
        decided(actor, stage)
    row = decided(actor, stage, reason="cannot_wait", words="Анасы ауруханада.")
    assert (row.answer, row.entitled, row.reason, row.version) == ("not_met", True, "cannot_wait", 2)
    assert "cruel_treatment:not_met" in row.lines
    decided(actor, stage, entitled=False, decided_by="local_body", now=NOW + timedelta(hours=1))
    assert [(one.row.entitled, one.row.reason, one.words) for one in queries.decisions_of(stage.dossier)][-1] == (
        True,
        "cannot_wait",
        "Анасы ауруханада.",
    )
    assert len(queries.decisions_of(stage.dossier)) == 2


@pytest.mark.django_db
def test_a_decision_of_tomorrow_or_by_a_rule_that_is_not_in_force_is_refused(stage: Stage) -> None:
    actor = stage.protection.enter()
    with pytest.raises(ValueError, match="not come"):
        decided(actor, stage, decided_on=TODAY + timedelta(days=1), reason="cannot_wait")
    with pytest.raises(actions.FileNotThere):
        decided(actor, stage, rule="pension", reason="cannot_wait")


@pytest.mark.django_db
def test_who_may_not_write_plans_decides_nothing_and_the_barred_find_nothing(stage: Stage) -> None:
    decided(stage.protection.enter(), stage, reason="cannot_wait")
    for person in (stage.school, stage.representative, stage.district.neighbour):
        actor = person.enter()
        with pytest.raises(actions.FileNotThere):
            decided(actor, stage, reason="cannot_wait")
        with pytest.raises(actions.FileNotThere):
            stated(actor, stage, need="yes")
        assert not EligibilityDecision.objects.exists()
    stage.protection.enter()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE plans_eligibilitydecision SET answer = 'met'")
    with as_owner():
        assert EligibilityDecision.objects.count() == 1


@pytest.mark.parametrize(("ages", "outcome"), [((16, 17), "met"), ((17, 19), "unknown"), ((18, 20), "not_met")])
def test_an_age_that_is_known_about_decides_only_where_every_age_would(ages: tuple[int, int], outcome: str) -> None:
    given = facts(need="yes", disability="yes") | {"age": Fact(number=ages[0], highest=ages[1])}
    assert rules.decide(rule(), given, TODAY).outcome == outcome


@pytest.mark.django_db
def test_the_file_itself_says_age_and_what_is_feared(stage: Stage) -> None:
    actor = stage.coordinator.enter()
    cases.name_concern(actor=actor, dossier=stage.dossier, code="neglect", setting="home", now=NOW)
    known = queries.facts_of(stage.dossier, TODAY)
    assert known["age"].number == 9
    assert known["concern"] == Fact(frozenset({"neglect"}), complete=False)
    assert "risk" not in known
