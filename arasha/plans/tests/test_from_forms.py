"""What was answered in forms becomes facts of entitlement: shown with its source, and never against a hand unseen."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from arasha.obligations.tests.cast import NOW
from arasha.plans import actions, queries, rules
from arasha.plans.rules import Fact, Outcome
from arasha.plans.rules.from_forms import ENTITLING, RISKING, read_entitling
from arasha.plans.tests.filled import BEATEN, CRITERIA, OURS, SERVICES, corrected, handed_in, in_force
from arasha.plans.tests.stage import TODAY, Stage
from arasha.questionnaires import actions as answering
from arasha.questionnaires.queries import current
from arasha.questionnaires.tests.shipped import FOLDER, source
from tests.database import as_owner

KINDS = frozenset({"physical"})


def result(total: str, **more: str) -> dict[str, Any]:
    return {"result": {"total": total, "not_assessed": "0"} | more}


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        (result("10"), Fact(number=10)),
        (result("0"), Fact(number=0)),
        (result("5", not_assessed="2"), Fact(number=5, highest=25)),  # what was not assessed can only add
        (result("10") | {"judgement": {"band_judged": "none"}}, Fact(number=0, highest=0)),
        (result("0", not_assessed="1") | {"judgement": {"band_judged": "second"}}, Fact(number=10, highest=17)),
        (result("many"), None),
        ({}, None),
    ],
)
def test_the_score_is_what_the_form_says_and_the_specialists_judgement_beats_the_sum(
    answers: dict[str, Any], score: Fact | None
) -> None:
    assert rules.entitlement_from(CRITERIA, answers).get("criteria_score") == score


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"conclusion": {"need": "temporary"}}, {"need": "yes"}),
        ({"conclusion": {"need": "no"}}, {"need": "no"}),
        ({"conclusion": {"need": "other_help"}}, {}),  # neither the one nor the other
        ({"who_needs": {"circumstances": "violence no_care disability"}}, {"without_care": "yes", "disability": "yes"}),
        ({"who_needs": {"circumstances": "violence"}}, {}),  # a box that nobody ticked is no "no"
    ],
)
def test_an_application_says_what_was_ticked_and_never_a_no_by_silence(
    answers: dict[str, Any], found: dict[str, str]
) -> None:
    said = rules.entitlement_from(SERVICES, answers)
    assert {fact: set(value.codes) for fact, value in said.items()} == {fact: {code} for fact, code in found.items()}


@pytest.mark.parametrize(
    ("form", "hand", "left"),
    [
        (Fact(number=10), Fact(number=4), Fact(number=4, highest=10)),
        (Fact(number=5, highest=9), Fact(number=7), Fact(number=5, highest=9)),
        (Fact(frozenset({"yes"})), Fact(frozenset({"no"})), None),
        (Fact(frozenset({"yes"})), Fact(frozenset({"yes"})), Fact(frozenset({"yes"}))),
    ],
)
def test_two_sources_leave_what_both_allow(form: Fact, hand: Fact, left: Fact | None) -> None:
    assert rules.both(form, hand) == left


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("f,p,*,scores,*,,", "there is no fact 'scores'"),
        ("f,p,*,criteria_score,many,,", "criteria_score is never 'many'"),
        ("f,p,*,need,perhaps,,", "need is never 'perhaps'"),
    ],
)
def test_a_typo_in_the_data_is_refused_with_file_line_and_reason(tmp_path: Path, line: str, reason: str) -> None:
    file = tmp_path / "facts.csv"
    file.write_text(f"form,path,answer,fact,value,source,verified_by\n{line}\n", encoding="utf-8")
    with pytest.raises(rules.FaultyFormFacts, match=rf"facts\.csv, line 2: {reason}"):
        read_entitling(file)


def test_the_bounds_of_the_degrees_are_those_of_the_form() -> None:
    bands = source(FOLDER / f"{CRITERIA}.md").choices()["bands"]
    ours = {next(iter(row.answers)): row.value for row in ENTITLING if row.path == "judgement/band_judged"}
    assert ours == {band["name"]: f"{band['lowest']}-{band['highest']}" for band in bands}


@pytest.mark.django_db
def test_every_answer_that_is_looked_at_is_asked_by_the_shipped_form() -> None:
    for code in (*rules.ENTITLEMENT_FORMS, *rules.RISK_FORMS):
        in_force(code)
        with as_owner():
            published = current(code, NOW)
        assert published is not None
        root = published.form.root
        asked = {node.path.removeprefix(f"{root.path}/") for node in root.walk()}
        looked_at = {row.path for row in ENTITLING if row.form == code} | {
            row.path for row in RISKING if row.form == code
        }
        assert looked_at <= asked


def answer(stage: Stage, code: str = "difficult_life_situation") -> Outcome:
    weighed = queries.weighed_rule(stage.dossier, code, NOW)
    assert weighed is not None
    return weighed.decision.outcome


def state(stage: Stage, fact: str, value: str, now: datetime = NOW) -> None:
    actions.state_fact(actor=stage.protection.enter(), dossier=stage.dossier, fact=fact, value=value, now=now)


@pytest.mark.django_db
def test_the_last_criteria_form_that_stands_is_the_score_and_the_kind(stage: Stage) -> None:
    assert answer(stage) is Outcome.UNKNOWN
    row = handed_in(stage.coordinator, stage.dossier, CRITERIA, BEATEN)
    known = queries.facts_of(stage.dossier, TODAY)
    assert (known["criteria_score"].number, known["cruel_kind"].codes) == (10, KINDS)
    assert answer(stage) is Outcome.MET
    (score, _kind) = queries.answered_of(stage.dossier).values()
    assert (score.source.number, score.source.reading.response.pk) == (OURS, row.pk)
    assert score.source.reading.response.unit_id == stage.coordinator.unit.pk
    later = NOW + timedelta(hours=1)
    newer = corrected(stage.coordinator, row, BEATEN | {"about_physical": {"physical": "none"}}, now=later)
    assert queries.facts_of(stage.dossier, TODAY)["criteria_score"].number == 0
    answering.withdraw(actor=stage.coordinator.enter(), response=newer.pk, reason="by_mistake", now=later)
    assert "criteria_score" not in queries.facts_of(stage.dossier, TODAY)


@pytest.mark.django_db
def test_a_form_and_a_hand_that_differ_are_both_shown_and_decide_only_what_both_would(stage: Stage) -> None:
    handed_in(stage.coordinator, stage.dossier, CRITERIA, BEATEN)
    state(stage, "criteria_score", "4")
    assert queries.answered_of(stage.dossier)["criteria_score"].differs
    assert queries.facts_of(stage.dossier, TODAY)["criteria_score"] == Fact(number=4, highest=10)
    assert answer(stage) is Outcome.UNKNOWN
    state(stage, "criteria_score", "10", NOW + timedelta(hours=1))
    assert not queries.answered_of(stage.dossier)["criteria_score"].differs
    assert answer(stage) is Outcome.MET
    (earlier,) = queries.stated_of(stage.dossier)["criteria_score"].before
    assert earlier.row.number == 4


@pytest.mark.django_db
def test_need_against_need_is_not_known(stage: Stage) -> None:
    handed_in(stage.coordinator, stage.dossier, SERVICES, {"conclusion": {"need": "yes"}})
    assert queries.facts_of(stage.dossier, TODAY)["need"].codes == {"yes"}
    state(stage, "need", "no")
    assert "need" not in queries.facts_of(stage.dossier, TODAY)


@pytest.mark.django_db
def test_who_may_not_read_the_form_learns_nothing_of_it(stage: Stage) -> None:
    handed_in(stage.coordinator, stage.dossier, CRITERIA, BEATEN)
    for person in (stage.representative, stage.district.neighbour):
        person.enter()
        assert queries.answered_of(stage.dossier) == {}
        assert "criteria_score" not in queries.facts_of(stage.dossier, TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("fact", ["cruel_kind", "concern"])
def test_what_only_a_form_or_the_file_says_nobody_types(stage: Stage, fact: str) -> None:
    with pytest.raises(actions.FactDoesNotFit):
        state(stage, fact, "physical")
