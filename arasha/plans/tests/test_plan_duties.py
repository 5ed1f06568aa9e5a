"""Going through a plan again is answered on its page by who leads the file, and by itself by who took the duty over."""

from datetime import timedelta

import pytest

from arasha.obligations import queries as obligations
from arasha.obligations.actions import AnsweredElsewhere, meet, pass_on
from arasha.obligations.models import Obligation
from arasha.obligations.queries import answered_at, told_at
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions
from arasha.plans.models import ChildPlan
from arasha.plans.tests.district import Team
from arasha.plans.tests.planned import CHILD, REVIEW, agreed
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=60)


def review_of(plan: ChildPlan) -> Obligation:
    return obligations.about([plan.pk])[plan.pk]


def test_who_leads_answers_on_the_plans_page_and_nowhere_else(team: Team) -> None:
    plan, _goal, walk = agreed(team)
    team.lead.enter()
    review = review_of(plan)
    assert answered_at(review, "plan_review") == f"/plans/plan/{plan.pk}/"
    with pytest.raises(AnsweredElsewhere):
        meet(actor=team.lead.enter(), obligation=review.pk, answer="x", now=NOW)
    # What a body took on it answers itself; who reads the plan finds it from there, the school does not.
    (owed,) = obligations.about([walk.root]).values()
    assert answered_at(owed, "plan_action") == ""
    assert told_at(owed, "plan_action") == f"/plans/plan/{plan.pk}/"
    team.teacher.enter()
    assert told_at(owed, "plan_action") == ""


def test_whoever_took_it_over_answers_by_themselves_and_owes_it_no_more_when_the_plan_was_gone_through(
    team: Team,
) -> None:
    plan, first, _walk = agreed(team)
    team.lead.enter()
    review = review_of(plan)
    cast.sweep(review.due_now + timedelta(days=20))
    region = team.district.region.enter()
    social = team.social.unit.pk
    taken = pass_on(actor=region, obligation=review.pk, unit=social, reason="other_body", now=LATER)
    assert taken.about == plan.pk
    assert answered_at(taken, "plan_review") == ""
    again = REVIEW + timedelta(days=90)
    marks = [(first.root, "same", "")]
    actions.go_through(actor=team.lead.enter(), plan=plan.pk, marks=marks, voice=CHILD, review_on=again, now=LATER)
    with as_owner():
        assert Obligation.objects.get(pk=taken.pk).state == "superseded"
    assert review_of(plan).unit_id == team.lead.unit.pk
