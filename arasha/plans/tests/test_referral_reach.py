"""A service that knows a child by a referral takes over from one that ends, and sees nothing else of who helps."""

from datetime import date

import pytest

from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Facet
from arasha.obligations.models import Remark
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions, policy
from arasha.plans.models import (
    ChildPlan,
    PlanAction,
    PlanGoal,
    Referral,
    SafetyPlan,
    ServicePlace,
    ServicePlaceStep,
)
from arasha.plans.tests.district import Team
from arasha.plans.tests.offered import ask, offering, step
from arasha.plans.tests.offered import stands as place_now
from arasha.plans.tests.planned import agreed
from arasha.plans.tests.referred import Service, send, service, take
from arasha.questionnaires.actions import ResponseNotThere, begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(team: Team) -> Service:
    return service(team, "Отбасы орталығы")


def test_the_service_that_ends_lets_go_when_the_next_one_begins_by_itself(team: Team) -> None:
    ending = ask(team, offering(team.lead, "Қор", funded_until=date(2026, 12, 31)))
    step(ending, team.lead, "begin")
    beside = ask(team, offering(team.lead, "Заңгер"))
    actions.owe_hand_overs(actor=enter_system("watch_places"), now=NOW)
    centre = service(team, "Отбасы орталығы")
    row = send(team, centre, after=ending.pk)
    centre.worker.enter()
    assert set(ServicePlace.objects.values_list("pk", flat=True)) == {ending.pk, row.place_id}
    take(row, centre.worker, "begin")
    assert place_now(ending, team.lead).state == "handed_over"
    assert place_now(beside, team.lead).state == "asked"


def test_a_service_sees_what_was_asked_of_it_and_nothing_else_of_the_plan(team: Team, centre: Service) -> None:
    other = send(team, service(team, "Екінші орталық"))
    own = send(team, centre, purpose="family")
    plan, _goal, walk = agreed(team)
    centre.worker.enter()
    assert not policy.may_see_whole(centre.worker.enter(), team.dossier)
    assert list(Referral.objects.values_list("pk", flat=True)) == [own.pk]
    assert list(ServicePlace.objects.values_list("pk", flat=True)) == [own.place_id]
    assert ServicePlaceStep.objects.exclude(place=own.place_id).count() == 0
    for model in (ChildPlan, PlanGoal, PlanAction, SafetyPlan, Remark):
        assert not model.objects.exists()
    browser = cast.browser_of(centre.worker)
    for address in ("plan", "safety-plan", "eligibility"):
        assert browser.get(f"/plans/{team.dossier}/{address}/").status_code == 404
    assert browser.get(f"/plans/plan/{plan.pk}/").status_code == 404
    assert browser.get(f"/plans/places/{other.place_id}/").status_code == 404
    assert browser.get(f"/plans/places/{own.place_id}/").status_code == 200
    shown = browser.get(f"/files/{team.dossier}/").content.decode()
    assert "Safety plan" not in shown
    assert str(walk.pk) not in shown
    # Whoever works on the file otherwise, too, reads it as that part lets them.
    team.doctor.enter()
    assert ChildPlan.objects.count() == 1
    assert Referral.objects.count() == 2


def test_a_service_begins_no_form_under_the_plan_of_a_child_it_knows_by_a_referral(team: Team, centre: Service) -> None:
    send(team, centre, purpose="family")
    actor = centre.worker.enter()
    assert may_write(team.dossier, Facet.PLAN)
    with pytest.raises(ResponseNotThere):
        begin(actor=actor, dossier=team.dossier, code="assessment_social", language="kk", now=NOW)
