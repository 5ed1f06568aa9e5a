"""A plan that several bodies carry, over HTTP: each owes its part, silence climbs, nobody reads more than theirs."""

from datetime import UTC, datetime, timedelta

import pytest

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations import queries as obligations
from arasha.obligations.models import Escalation
from arasha.obligations.tests import cast
from arasha.plans.models import ChildPlan
from arasha.plans.tests.district import Team, make_team
from arasha.plans.tests.planned import WALK, WISH, action, agree, agreed, begin, goal
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_team()


def body(who: cast.Person, address: str, status: int = 200) -> str:
    answer = cast.browser_of(who).get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_each_owes_its_part_and_silence_climbs_by_itself(team: Team) -> None:
    plan, _goal, walk = agreed(team)
    team.teacher.enter()
    (duty,) = obligations.about([walk.root]).values()
    # The school finds what it owes among its work, and neither the plan nor its goal.
    assert "an action of the plan" in body(team.teacher, "/obligations/")
    shown = body(team.teacher, f"/obligations/{duty.pk}/")
    assert WALK in shown
    assert WISH not in shown
    body(team.teacher, f"/plans/plan/{plan.pk}/", 404)
    cast.sweep(duty.due_now + timedelta(days=8))
    with as_owner():
        told = list(Escalation.objects.filter(obligation=duty, outcome="told").order_by("rung"))
    assert told[0].unit_id == team.district.coordinator.unit.pk
    assert team.district.region.unit.pk in {one.unit_id for one in told}
    assert "late" in body(team.lead, f"/plans/plan/{plan.pk}/")


def test_the_plan_of_one_parent_is_held_apart(team: Team) -> None:
    agreed(team)
    assert "Hold a plan apart" not in body(team.lead, f"/plans/{team.dossier}/safety-plan/")
    with as_owner():
        assert ChildPlan.objects.filter(person=None).count() == 1


def test_two_actions_of_one_body_are_two_duties(team: Team) -> None:
    plan = begin(team)
    first = goal(team, plan)
    both = [action(team, plan, first, words) for words in ("Бірінші", "Екінші")]
    agree(team, plan)
    team.lead.enter()
    duties = obligations.about([one.root for one in both])
    assert len({duty.pk for duty in duties.values()}) == 2
    assert {duty.unit_id for duty in duties.values()} == {team.teacher.unit.pk}
