"""Judging risk: what the rules suggest and what is chosen stand side by side; a rise obliges somebody to answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.cases import actions as cases
from arasha.cases import queries, rules
from arasha.cases.models import RiskJudgement, RiskText
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans import actions
from arasha.plans.queries import answers_owed, panel_of
from arasha.plans.tests.stage import Stage
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def judged(stage: Stage, level: str, by: Person | None = None, **more: Any) -> RiskJudgement:
    """Judge as the coordinator (or somebody else), over what stands now."""
    actor = (by or stage.coordinator).enter()
    last = queries.risk_of(stage.dossier)
    given: dict[str, Any] = {"over": last.pk if last else None} | more
    now = given.pop("now", NOW)
    return actions.judge_risk(actor=actor, dossier=stage.dossier, said=rules.RiskSaid(level, **given), now=now)


def fear(stage: Stage, *codes: str) -> None:
    actor = stage.coordinator.enter()
    for code in codes:
        cases.name_concern(actor=actor, dossier=stage.dossier, code=code, setting="home", now=NOW)


def see_alone(stage: Stage, at: Any) -> None:
    given: dict[str, Any] = {"state": "safe", "where": "home", "seen": "alone", "why": "", "seen_at": at, "now": at}
    cases.judge_safety(actor=stage.coordinator.enter(), dossier=stage.dossier, **given)


def test_what_was_suggested_and_what_was_chosen_are_kept_with_who_and_why(stage: Stage) -> None:
    fear(stage, "sexual")
    row = judged(stage, "very_high", reasons=["child_afraid"], words="Бала дірілдейді.", override="child_says")
    assert (row.suggested, row.level, row.override) == ("high", "very_high", "child_says")
    assert row.grounds == ["sexual:1", "afraid:1", "concern=sexual", "reason=child_afraid"]
    assert (row.unit_id, row.user_id) == (stage.coordinator.unit.pk, stage.coordinator.user)
    (shown,) = queries.risk_history(stage.dossier)
    assert shown.why == "Бала дірілдейді."
    assert shown.is_overridden
    with as_owner():
        told = Act.objects.get(verb="judge_risk").codes
    assert (told["risk"], told["suggested"]) == ("very_high", "high")


def test_a_lower_level_than_suggested_asks_why_and_a_higher_one_is_kept_at_once(stage: Stage) -> None:
    fear(stage, "sexual")
    with pytest.raises(rules.ReasonMissing) as missing:
        judged(stage, "low")
    assert missing.value.suggested == "high"
    assert queries.risk_of(stage.dossier) is None
    assert judged(stage, "very_high").override == "not_given"
    assert judged(stage, "medium", override="protected_now", now=LATER).override == "protected_now"


def test_the_same_level_as_suggested_overrides_nothing(stage: Stage) -> None:
    fear(stage, "sexual")
    assert judged(stage, "high", override="knows_more").override == ""


def test_nothing_known_suggests_no_level_at_all(stage: Stage) -> None:
    assert judged(stage, "low").suggested == ""


@pytest.mark.parametrize(("level", "hours"), [("very_high", 24), ("high", 72), ("medium", 168)])
def test_a_level_is_answered_in_its_time_by_an_obligation_that_says_the_same_time(
    stage: Stage, level: str, hours: int
) -> None:
    row = judged(stage, level)
    (owed,) = answers_owed(stage.dossier)
    assert row.respond_by == owed.due_at == NOW + timedelta(hours=hours)
    assert owed.unit_id == stage.coordinator.unit.pk


def test_a_low_risk_obliges_nobody_to_answer(stage: Stage) -> None:
    assert judged(stage, "low").respond_by is None
    assert answers_owed(stage.dossier) == []


def test_each_rise_obliges_anew_and_the_same_level_again_does_not(stage: Stage) -> None:
    judged(stage, "medium")
    judged(stage, "medium", now=LATER)
    judged(stage, "high", now=LATER)
    assert [row.step for row in answers_owed(stage.dossier)] == ["respond_high", "respond_medium"]


def test_a_level_that_is_lowered_takes_back_nothing_that_is_owed(stage: Stage) -> None:
    judged(stage, "very_high")
    row = judged(stage, "low", unseen="moved_safe", now=LATER)
    assert row.level == "low"
    assert [one.step for one in answers_owed(stage.dossier)] == ["respond_very_high"]
    judged(stage, "very_high", now=LATER + timedelta(hours=1))
    assert len(answers_owed(stage.dossier)) == 1


def test_lowering_unseen_is_kept_without_a_reason_too_and_told(stage: Stage) -> None:
    judged(stage, "high")
    assert judged(stage, "low", now=LATER).unseen == "not_given"
    assert "risk_lowered_unseen" in {notice.code for notice in own(stage.coordinator.enter())}


def test_lowering_after_somebody_saw_the_child_alone_asks_for_nothing(stage: Stage) -> None:
    judged(stage, "high")
    see_alone(stage, LATER)
    assert judged(stage, "low", now=LATER + timedelta(minutes=1)).unseen == ""


def test_a_rise_is_told_to_the_lead_at_once_whoever_judges(stage: Stage) -> None:
    judged(stage, "medium", by=stage.district.coordinator)
    fresh = {notice.code for notice in own(stage.coordinator.enter())}
    assert "risk_raised" not in fresh
    judged(stage, "high", now=LATER)
    assert "risk_raised" in {notice.code for notice in own(stage.coordinator.enter())}


def test_two_workers_at_once_both_stand_and_the_lower_asks_to_be_read_first(stage: Stage) -> None:
    first = judged(stage, "medium")
    judged(stage, "very_high", over=first.pk, now=LATER)
    with pytest.raises(cases.JudgedMeanwhile):
        judged(stage, "low", over=first.pk, unseen="moved_safe", now=LATER)
    judged(stage, "very_high", over=first.pk, now=LATER)  # as high as the other: never held up
    assert [row.level for row in queries.risks_of(stage.dossier)] == ["very_high", "very_high", "medium"]


def test_of_two_judgements_at_one_moment_the_higher_counts(stage: Stage) -> None:
    judged(stage, "high")
    judged(stage, "low", unseen="moved_safe")
    last = queries.risk_of(stage.dossier)
    assert last is not None
    assert last.level == "high"


def test_a_review_may_be_sooner_and_never_later_than_the_level_allows(stage: Stage) -> None:
    today = local(NOW).date()
    with pytest.raises(cases.ReviewTooLate) as late:
        judged(stage, "high", again_on=today + timedelta(days=8))
    assert late.value.latest == today + timedelta(days=7)
    assert judged(stage, "high", again_on=today + timedelta(days=2)).again_on == today + timedelta(days=2)


def test_an_unknown_code_is_refused_and_nothing_is_kept(stage: Stage) -> None:
    for wrong in ({"level": "huge"}, {"level": "high", "reasons": ["because"]}):
        with pytest.raises(KeyError):
            judged(stage, **wrong)
    assert queries.risks_of(stage.dossier) == []


def test_who_may_not_write_concerns_judges_no_risk_and_a_barred_person_finds_no_file(stage: Stage) -> None:
    for person in (stage.school, stage.protection, stage.representative, stage.district.neighbour):
        with pytest.raises(actions.FileNotThere):
            judged(stage, "high", by=person)
    with as_owner():
        assert not Obligation.objects.filter(dossier=stage.dossier).exists()


def test_no_judgement_can_be_changed_not_even_as_raw_sql(stage: Stage) -> None:
    fear(stage, "sexual")
    row = judged(stage, "high", words="сөз")
    stage.coordinator.enter()
    for sql in (
        "UPDATE cases_riskjudgement SET level = 'low' WHERE id = %s",
        "UPDATE cases_riskjudgement SET suggested = '' WHERE id = %s",
        "DELETE FROM cases_riskjudgement WHERE id = %s",
        "UPDATE cases_risktext SET sealed = '' WHERE judgement_id = %s",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as one:
            one.execute(sql, [row.pk])


def test_the_words_are_read_by_who_reads_narratives_and_by_nobody_who_is_barred(stage: Stage) -> None:
    judged(stage, "high", words="сөз")
    stage.protection.enter()
    assert RiskText.objects.count() == 1
    for person in (stage.school, stage.representative, stage.district.neighbour):
        person.enter()
        assert RiskText.objects.count() == 0
        if person is not stage.school:
            assert RiskJudgement.objects.count() == 0


def test_the_panel_says_what_is_late(stage: Stage) -> None:
    judged(stage, "very_high")
    soon, late = panel_of(stage.dossier, LATER), panel_of(stage.dossier, NOW + timedelta(days=3))
    assert (soon.respond_late, soon.risk_review_late) == (False, False)
    assert (late.respond_late, late.risk_review_late) == (True, True)
    stage.school.enter()
    assert panel_of(stage.dossier, LATER).risk == ""
