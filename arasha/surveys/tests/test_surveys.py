"""A survey from its beginning to its release, and everything that may go wrong on the way."""

from datetime import timedelta
from typing import Any

import pytest

from arasha.kernel.journal.models import Act
from arasha.obligations.tests.cast import NOW
from arasha.surveys import actions, envelopes, policy, queries, rules
from arasha.surveys.models import Answer, Release, Slip
from arasha.surveys.tests.school import QUESTIONS, School, answered, as_pupils, begun, closed, opened, opened_by
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_a_class_is_asked_and_its_shares_are_released(school: School) -> None:
    survey, slips = opened(school.psychologist, slips=14)
    answered(slips[:6], [1] * len(QUESTIONS))
    answered(slips[6:12], [2] * len(QUESTIONS))
    found = closed(school.psychologist, survey)
    assert (found.state, found.outcome, found.closed_at) == ("closed", "released", NOW + timedelta(hours=1))
    (release,) = queries.releases_of(found)
    assert (release.group, release.answers) == ("", 10)
    first, second, *_rest = QUESTIONS[0].choices
    shown = release.figures[QUESTIONS[0].code]
    assert shown[first.code] == shown[second.code] == "about50"
    assert shown[rules.UNSAID] == "under10"


def test_each_step_is_one_act_that_says_nothing_of_answers(school: School) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips)
    dossier = closed(school.psychologist, survey).dossier_id
    with as_owner():
        acts = list(Act.objects.filter(stream_key=str(dossier)).order_by("seq").values_list("verb", "codes"))
    assert [verb for verb, _codes in acts] == ["begin_survey", "print_slips", "open_survey", "close_survey", "erase"]
    assert acts[3][1].keys() == {"facet", "unit", "survey", "outcome"}


def test_nine_answers_of_twelve_slips_are_withheld_and_destroyed(
    school: School, django_capture_on_commit_callbacks: Any
) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips[:9])
    with django_capture_on_commit_callbacks(execute=True):
        assert closed(school.psychologist, survey).outcome == "few_answers"
    with as_owner():
        assert not Answer.objects.exists()
        assert not Release.objects.exists()
    assert envelopes.surveys() == []


def test_ten_answers_are_enough(school: School) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips[:10])
    assert closed(school.psychologist, survey).outcome == "released"


def test_when_everybody_says_the_same_it_shows_as_over_ninety(school: School) -> None:
    survey, slips = opened(school.psychologist, slips=20)
    answered(slips)
    closed(school.psychologist, survey)
    with as_owner():
        figures = Release.objects.get().figures
    assert all(
        shown[question.choices[0].code] == "over90" for question in QUESTIONS for shown in [figures[question.code]]
    )


def test_a_small_class_is_not_asked(school: School) -> None:
    with pytest.raises(actions.ClassTooSmall):
        begun(school.psychologist, enrolment=9)


def test_fewer_than_ten_slips_open_nothing(school: School) -> None:
    survey = begun(school.psychologist)
    actor = school.psychologist.enter()
    with pytest.raises(actions.NotReady):
        actions.open_survey(actor=actor, survey=survey.pk, now=NOW)
    actions.print_slips(actor=actor, survey=survey.pk, count=9, now=NOW)
    with pytest.raises(actions.NotReady):
        actions.open_survey(actor=actor, survey=survey.pk, now=NOW)


@pytest.mark.parametrize("count", [0, -1, 21])
def test_there_are_no_more_slips_than_pupils(school: School, count: int) -> None:
    survey = begun(school.psychologist)
    with pytest.raises(actions.NotReady):
        actions.print_slips(actor=school.psychologist.enter(), survey=survey.pk, count=count, now=NOW)


def test_slips_printed_again_make_the_first_ones_void_and_none_is_printed_while_pupils_answer(school: School) -> None:
    survey = begun(school.psychologist)
    actor = school.psychologist.enter()
    first = actions.print_slips(actor=actor, survey=survey.pk, count=12, now=NOW)
    second = actions.print_slips(actor=actor, survey=survey.pk, count=12, now=NOW)
    actions.open_survey(actor=actor, survey=survey.pk, now=NOW)
    with pytest.raises(actions.NotReady):
        actions.print_slips(actor=actor, survey=survey.pk, count=12, now=NOW)
    assert opened_by(first[0], NOW) is None
    assert opened_by(second[0], NOW) is not None


def test_only_a_keyed_hash_of_a_slip_is_kept(school: School) -> None:
    survey, slips = opened(school.psychologist)
    with as_owner():
        kept = [bytes(row.hash) for row in Slip.objects.filter(survey=survey)]
    assert sorted(kept) == sorted(rules.fingerprint(slip, queries.slip_key()) for slip in slips)
    assert rules.fingerprint(slips[0], b"k" * 32) not in kept


@pytest.mark.parametrize("moment", ["before", "used", "closed", "late", "never"])
def test_a_slip_that_is_not_good_opens_nothing_and_says_nothing(school: School, moment: str) -> None:
    if moment == "before":
        survey = begun(school.psychologist)
        slips = actions.print_slips(actor=school.psychologist.enter(), survey=survey.pk, count=12, now=NOW)
        given, now = slips[0], NOW
    else:
        opened_survey, slips = opened(school.psychologist)
        given, now = slips[0], NOW
        if moment == "used":
            answered([given])
        elif moment == "closed":
            closed(school.psychologist, opened_survey)
        elif moment == "late":
            now = NOW + timedelta(days=31)
        else:
            given = "0" * 12
    assert opened_by(given, now) is None
    with pytest.raises(actions.SlipNotGood), as_pupils():
        actions.hand_in(actor=None, slip=given, said=[1] * len(QUESTIONS), now=now)


def test_who_is_signed_in_answers_no_survey(school: School) -> None:
    _survey, slips = opened(school.psychologist)
    with pytest.raises(ValueError, match="signed in"):
        actions.hand_in(actor=school.psychologist.enter(), slip=slips[0], said=[1] * len(QUESTIONS), now=NOW)


@pytest.mark.parametrize("called", ["7А", "7A", " 7 «а»", "7-a"])
def test_a_class_is_not_asked_again_before_ninety_days(school: School, called: str) -> None:
    survey, slips = opened(school.psychologist)
    with pytest.raises(actions.AskedLately):
        begun(school.psychologist, called=called)
    answered(slips)
    closed(school.psychologist, survey)
    with pytest.raises(actions.AskedLately):
        begun(school.psychologist, called=called)
    begun(school.psychologist, called="7Б")
    begun(school.elsewhere, called=called)
    actor = school.psychologist.enter()
    again: dict[str, Any] = {"age": "middle", "language": "kk", "enrolment": 20, "breakdown": "none"}
    assert actions.begin_survey(actor=actor, called=called, now=NOW + timedelta(days=91), **again).state == "begun"


def test_a_class_of_which_nothing_was_shown_may_be_asked_again(school: School) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips[:5])
    closed(school.psychologist, survey)
    assert begun(school.psychologist).state == "begun"


@pytest.mark.parametrize("who", ["elsewhere", "department", "doctor"])
def test_nobody_of_another_unit_goes_on_with_a_survey(school: School, who: str) -> None:
    survey, _slips = opened(school.psychologist)
    actor = getattr(school, who).enter()
    assert queries.survey(actor, survey) is None
    with pytest.raises(actions.SurveyNotThere):
        actions.close_survey(actor=actor, survey=survey, now=NOW)


def test_who_may_not_run_surveys_begins_none(school: School) -> None:
    for who in (school.department, school.doctor):
        with pytest.raises(policy.NotAllowed):
            begun(who)


def test_a_department_sees_what_is_released_and_nothing_before_or_else(school: School) -> None:
    survey, slips = opened(school.psychologist)
    withheld, few = opened(school.psychologist, called="8Б")
    answered(slips)
    answered(few[:3])
    assert queries.surveys(school.department.enter()) == []
    closed(school.psychologist, survey)
    closed(school.psychologist, withheld)
    actor = school.department.enter()
    assert [found.pk for found in queries.surveys(actor)] == [survey]
    assert len(queries.releases_of(queries.surveys(actor)[0])) == 1
    assert queries.survey(actor, withheld) is None
    assert queries.surveys(school.elsewhere.enter()) == []


def test_girls_and_boys_are_told_apart_only_when_both_are_ten_and_then_the_class_is_not(school: School) -> None:
    survey, slips = opened(school.psychologist, slips=22, enrolment=22, breakdown="sex")
    said = [1] * len(QUESTIONS)
    answered(slips[:10], [*said, 1])
    answered(slips[10:20], [*said, 2])
    answered(slips[20:], [*said, 0])
    found = closed(school.psychologist, survey)
    assert found.split == "shown"
    assert {release.group for release in queries.releases_of(found)} == {"girl", "boy"}
    with as_owner():
        assert set(Answer.objects.values_list("group", flat=True)) == {"girl", "boy"}
        assert Answer.objects.count() == 20 * len(QUESTIONS)


def test_nine_boys_are_not_told_apart_and_their_sex_is_kept_nowhere(school: School) -> None:
    survey, slips = opened(school.psychologist, slips=20, breakdown="sex")
    said = [1] * len(QUESTIONS)
    answered(slips[:11], [*said, 1])
    answered(slips[11:], [*said, 2])
    found = closed(school.psychologist, survey)
    assert (found.outcome, found.split) == ("released", "few_in_group")
    with as_owner():
        assert set(Answer.objects.values_list("group", flat=True)) == {""}
        assert not Answer.objects.filter(question="sex").exists()
