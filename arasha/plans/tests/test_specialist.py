"""A specialist is asked, owes an answer, and the case stays with whoever asked."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.models import Dossier, Member
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations import actions as duties
from arasha.obligations.models import Answer, Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.plans import actions, queries
from arasha.plans.models import SpecialistAnswer, SpecialistQuestion
from arasha.plans.rules.referral import ReferralFaulty
from arasha.plans.tests.district import Team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WORDS = "Бала үш күн ұйықтамаған. Бұл дәріге байланысты ма?"


@pytest.fixture
def hospital(team: Team) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("hospital", DISTRICT, "health_care"))


def ask(team: Team, to: Person, *, by: Person | None = None, **more: Any) -> SpecialistQuestion:
    given: dict[str, Any] = {"specialist": "doctor", "urgency": "ordinary", "words": WORDS} | more
    kept: dict[str, Any] = {name: given.pop(name) for name in ("question_id", "now") if name in given}
    asked = actions.SpecialistAsked(unit=to.unit.pk, **given)
    actor = (by or team.teacher).enter()
    return actions.ask_specialist(actor=actor, dossier=team.dossier, asked=asked, **{"now": NOW} | kept)


def answer(row: SpecialistQuestion, who: Person, facet: Facet = Facet.OBLIGATIONS, **more: Any) -> SpecialistAnswer:
    given: dict[str, Any] = {"words": "Дәріге байланысты болуы мүмкін, ертең қараймын", "now": NOW} | more
    return actions.answer_specialist(actor=who.enter(), question=row.pk, facet=facet, **given)


def test_a_school_asks_a_doctor_and_the_lead_stays(team: Team, hospital: Person) -> None:
    row = ask(team, hospital, urgency="today")
    with as_owner():
        duty = Obligation.objects.get(pk=row.duty_id or uuid4())
        part = Member.objects.get(dossier=team.dossier, unit=hospital.unit, ended_at=None)
        lead = Dossier.objects.get(pk=team.dossier).lead_unit_id
    assert (duty.step, duty.unit_id) == ("answer_today", hospital.unit.pk)
    assert duty.due_now - NOW == timedelta(hours=4)
    assert part.part == "obliged"
    assert lead == team.lead.unit.pk
    answer(row, hospital)
    with as_owner():
        duty.refresh_from_db()
        assert Notice.objects.filter(code="specialist_answered", unit=team.teacher.unit).count() == 1
        verbs = list(Act.objects.filter(codes__question=str(row.pk)).order_by("seq").values_list("verb", flat=True))
    assert duty.state == "met"
    assert verbs == ["ask_specialist", "answer_specialist"]
    team.teacher.enter()
    read = queries.question_of(row.pk)
    assert read is not None
    assert read.answer is not None
    assert (read.words, read.answer.words) == (WORDS, "Дәріге байланысты болуы мүмкін, ертең қараймын")


def test_the_answer_lies_where_the_asker_reads_and_not_in_the_duty(team: Team, hospital: Person) -> None:
    row = ask(team, hospital, by=team.lead)
    hospital.enter()
    assert queries.facets_for_answer(row, NOW) == [Facet.HEALTH, Facet.OBLIGATIONS]
    answer(row, hospital, Facet.HEALTH)
    team.teacher.enter()  # a school reads no health: it sees that it was answered, not what
    read = queries.question_of(row.pk)
    assert read is not None
    assert read.answer is None
    assert read.row.answered_at is not None
    with as_owner():
        assert Answer.objects.filter(obligation=row.duty_id).count() == 1
    other = ask(team, hospital, now=NOW + timedelta(hours=1))
    hospital.enter()
    assert queries.facets_for_answer(other, NOW) == [Facet.OBLIGATIONS]
    with pytest.raises(ReferralFaulty):
        answer(other, hospital, Facet.HEALTH)


def test_nobody_but_the_unit_that_was_asked_answers_and_once(team: Team, hospital: Person) -> None:
    row = ask(team, hospital)
    for who in (team.teacher, team.lead, team.outsider, team.doctor):
        with pytest.raises(actions.QuestionNotThere):
            answer(row, who)
    with pytest.raises(ReferralFaulty):
        answer(row, hospital, words=" ")
    with pytest.raises(duties.AnsweredElsewhere):
        duties.meet(actor=hospital.enter(), obligation=row.duty_id or uuid4(), answer="Иә", now=NOW)
    answer(row, hospital)
    with pytest.raises(actions.AnsweredBefore):
        answer(row, hospital)


def test_strangers_ask_nobody_and_find_nothing(team: Team, hospital: Person) -> None:
    row = ask(team, hospital)
    for who in (team.outsider, team.district.neighbour):
        with pytest.raises(FileNotThere):
            ask(team, hospital, by=who)
        who.enter()
        assert queries.question_of(row.pk) is None
    team.bar(team.teacher)
    with pytest.raises(FileNotThere):
        ask(team, hospital)
    team.teacher.enter()
    assert queries.question_of(row.pk) is None


def test_what_can_not_be_asked_is_refused_and_twice_is_once(team: Team, hospital: Person) -> None:
    wrong: tuple[dict[str, Any], ...] = ({"urgency": "soon"}, {"words": " "}, {"words": "x" * 4001})
    for changes in wrong:
        with pytest.raises(ReferralFaulty):
            ask(team, hospital, **changes)
    with pytest.raises(actions.UnitNotAskable):
        ask(team, hospital, specialist="teacher")
    with pytest.raises(actions.UnitNotAskable):
        ask(team, team.teacher, specialist="teacher")  # nobody asks their own unit
    pk = uuid4()
    assert ask(team, hospital, question_id=pk) == ask(team, hospital, question_id=pk, now=NOW + timedelta(minutes=1))
    with as_owner():
        assert SpecialistQuestion.objects.count() == 1
        assert Obligation.objects.filter(protocol__code="specialist").count() == 1


def test_a_hidden_body_and_a_barred_one_are_not_offered(team: Team, hospital: Person) -> None:
    case = queries.case_of(team.lead.enter(), team.dossier)
    assert case is not None
    assert hospital.unit.pk in {one.unit.pk for one in queries.specialists(case, "doctor", team.lead.enter(), NOW)}
    with cast.building():
        body = type(hospital.unit.body)
        body.objects.filter(pk=hospital.unit.body_id).update(protected=True)
    assert hospital.unit.pk not in {one.unit.pk for one in queries.specialists(case, "doctor", team.lead.enter(), NOW)}


def test_nobody_changes_a_question_or_an_answer(team: Team, hospital: Person) -> None:
    row = ask(team, hospital)
    given = answer(row, hospital)
    hospital.enter()
    with pytest.raises(DatabaseError), transaction.atomic():
        SpecialistQuestion.objects.filter(pk=row.pk).update(urgency="week")
    hospital.enter()
    with pytest.raises(DatabaseError), transaction.atomic():
        SpecialistAnswer.objects.filter(pk=given.pk).update(at=NOW)
