"""The lead sums up; those who took part sign; who sees it otherwise says so, and that stands."""

import pytest

from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions, policy, queries
from arasha.plans.models import Assessment, AssessmentSummary, DifferentView, SummarySignature
from arasha.plans.tests.district import ANSWERS, Team
from arasha.questionnaires import actions as answering
from arasha.questionnaires import queries as forms
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(team: Team) -> Team:
    """The team after doctor and teacher have handed in their parts."""
    team.open()
    team.done("health", team.doctor)
    team.done("education", team.teacher)
    return team


def assessment(team: Team, who: cast.Person) -> Assessment:
    row = queries.assessment_of(who.enter(), team.dossier)
    assert row is not None
    return row


def told(code: str) -> set[int]:
    with as_owner():
        return set(Notice.objects.filter(code=code).values_list("unit_id", flat=True))


def test_only_the_lead_writes_the_summary(taken: Team) -> None:
    for who in (taken.doctor, taken.teacher):
        with pytest.raises(policy.NotAllowed):
            actions.begin_summary(actor=who.enter(), dossier=taken.dossier, language="kk", now=NOW)
    with pytest.raises(actions.SummaryNotThere):
        actions.begin_summary(actor=taken.outsider.enter(), dossier=taken.dossier, language="kk", now=NOW)
    one = actions.begin_summary(actor=taken.lead.enter(), dossier=taken.dossier, language="kk", now=NOW)
    same = actions.begin_summary(actor=taken.lead.enter(), dossier=taken.dossier, language="kk", now=NOW)
    assert one.pk == same.pk
    with pytest.raises(actions.SummaryNotThere):
        actions.save_summary(
            actor=taken.doctor.enter(), dossier=taken.dossier, revision=1, at="", value={}, seen="", now=NOW
        )


def test_a_summary_is_read_by_who_reads_narratives_and_those_who_took_part_are_asked_to_sign(taken: Team) -> None:
    summary = taken.summed_up()
    assert assessment(taken, taken.teacher).state == "summed_up"
    assert queries.summaries_of(assessment(taken, taken.teacher)) == []
    (row,) = queries.summaries_of(assessment(taken, taken.doctor))
    assert row.pk == summary
    reading = forms.reading_of(row.response_id)
    assert reading is not None
    assert reading.answers == ANSWERS
    assert told("summary_to_sign") == {taken.doctor.unit.pk, taken.teacher.unit.pk}


def test_a_summary_that_is_not_whole_is_not_put_down(taken: Team) -> None:
    actions.begin_summary(actor=taken.lead.enter(), dossier=taken.dossier, language="kk", now=NOW)
    with pytest.raises(answering.AnswersFaulty):
        actions.submit_summary(actor=taken.lead.enter(), dossier=taken.dossier, revision=1, now=NOW)
    assert assessment(taken, taken.lead).state == "open"


def test_who_took_part_signs_once_and_nobody_else(taken: Team) -> None:
    summary = taken.summed_up()
    given = {"dossier": taken.dossier, "summary": summary, "now": NOW}
    actions.sign_summary(actor=taken.doctor.enter(), **given)  # type: ignore[arg-type]  # the test's own words
    for who in (taken.nurse, taken.lead, taken.social, taken.outsider):
        with pytest.raises(actions.NothingToSign):
            actions.sign_summary(actor=who.enter(), **given)  # type: ignore[arg-type]  # the test's own words
    # Who may not read the narrative can't sign what they can't read; their own part stands under their own name.
    with pytest.raises(actions.NothingToSign):
        actions.sign_summary(actor=taken.teacher.enter(), **given)  # type: ignore[arg-type]  # the test's own words
    (row,) = queries.summaries_of(assessment(taken, taken.lead))
    assert [one.unit for one in queries.signatures_of(row)] == [taken.doctor.unit.name]
    assert queries.unsigned(row) == [taken.teacher.unit.name]
    with as_owner():
        assert Act.objects.filter(verb="sign_summary").count() == 1


def test_a_different_view_stands_whoever_writes_the_next_version(taken: Team) -> None:
    first = taken.summed_up()
    actions.sign_summary(actor=taken.doctor.enter(), dossier=taken.dossier, summary=first, now=NOW, differs=True)
    actions.put_view(actor=taken.doctor.enter(), dossier=taken.dossier, words="Баланың ұйқысы маңызды", now=NOW)
    second = taken.summed_up()
    row = assessment(taken, taken.lead)
    assert [one.words for one in queries.views_of(row)] == ["Баланың ұйқысы маңызды"]
    assert [one.pk for one in queries.summaries_of(row)] == [second, first]
    assert queries.may_sign(taken.doctor.enter(), queries.summaries_of(row)[0])
    with pytest.raises(actions.NothingToSign):  # the version that was on the screen is not the newest any more
        actions.sign_summary(actor=taken.doctor.enter(), dossier=taken.dossier, summary=first, now=NOW)
    signatures = SummarySignature.objects.filter(summary=first)
    assert [one.stands for one in signatures] == ["differs"]
    assert told("view_differs") == {taken.lead.unit.pk}
    with as_owner():
        assert "ұйқысы".encode() not in bytes(DifferentView.objects.get().sealed)


def test_a_school_that_reads_no_narrative_says_its_view_where_it_may_write(taken: Team) -> None:
    taken.summed_up()
    actions.put_view(actor=taken.teacher.enter(), dossier=taken.dossier, words="Мектепте бәрі басқаша", now=NOW)
    for who in (taken.teacher, taken.lead, taken.doctor):
        assert [one.words for one in queries.views_of(assessment(taken, who))] == ["Мектепте бәрі басқаша"]


@pytest.mark.parametrize("words", ["", "   ", "x" * 10_001])
def test_an_empty_or_endless_view_is_refused(taken: Team, words: str) -> None:
    with pytest.raises(actions.ViewMissing):
        actions.put_view(actor=taken.doctor.enter(), dossier=taken.dossier, words=words, now=NOW)


def test_who_took_no_part_puts_no_view_beside_it(taken: Team) -> None:
    with pytest.raises(policy.NotAllowed):
        actions.put_view(actor=taken.social.enter(), dossier=taken.dossier, words="бөтен", now=NOW)
    with pytest.raises(actions.SummaryNotThere):
        actions.put_view(actor=taken.outsider.enter(), dossier=taken.dossier, words="бөтен", now=NOW)


def test_two_windows_of_the_lead_lose_no_word(taken: Team) -> None:
    actions.begin_summary(actor=taken.lead.enter(), dossier=taken.dossier, language="kk", now=NOW)
    given = {"dossier": taken.dossier, "revision": 1, "at": "second", "seen": "x", "now": NOW}
    actions.save_summary(actor=taken.lead.enter(), value={"words": "бірінші"}, **given)  # type: ignore[arg-type]
    saved = actions.save_summary(actor=taken.lead.enter(), value={"words": "екінші"}, **given)  # type: ignore[arg-type]
    assert saved.copy is not None
    actions.settle_summary_copy(actor=taken.lead.enter(), dossier=taken.dossier, copy=saved.copy, takes=True, now=NOW)
    summary = AssessmentSummary.objects.get(assessment__dossier=taken.dossier)
    draft = forms.draft_of(summary.response_id, NOW)
    assert draft is not None
    assert draft.answers["second"]["words"] == "екінші"
    assert [copy.value for copy in draft.copies] == [{"words": "бірінші"}]
