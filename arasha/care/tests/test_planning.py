"""A visit is planned with who goes and what is dangerous, moved or cancelled with a reason; what came of it counts."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.care import actions, policy, queries
from arasha.care.models import Visit, VisitPlan
from arasha.care.rules import Faulty, PlanSaid
from arasha.care.tests.cast import House
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.kernel.messages.queries import own
from arasha.obligations.tests.cast import NOW, Person
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)
MEETING = "Құпия көше, 7, екінші есік"


def said(who: Person, **more: Any) -> PlanSaid:
    given: dict[str, Any] = {"starts": TOMORROW, "posts": [who.post], "dangers": ["dog"], "meeting": MEETING}
    return PlanSaid(**given | more)


def plan(house: House, who: Person, **more: Any) -> VisitPlan:
    given: dict[str, Any] = {"why": "Үйін көру", "now": NOW} | more
    return actions.plan_own_visit(actor=who.enter(), dossier=house.dossier, said=said(who), **given)


def test_an_own_visit_is_planned_and_who_goes_is_told_without_a_word_of_it(house: House) -> None:
    row = plan(house, house.guardian)
    house.guardian.enter()
    (asked,) = queries.visits_of(house.dossier)
    planned = queries.plans_of([asked.row])[asked.row.pk]
    assert planned.words == {"meeting": MEETING, "safety": "", "must_not_know": ""}
    assert (planned.row.posts, planned.row.dangers) == ([house.guardian.post], ["dog"])
    assert "visit_planned" in {notice.code for notice in own(house.guardian.enter())}
    with as_owner():
        assert {n.link for n in Notice.objects.filter(code="visit_planned")} == {f"/files/{house.dossier}/entry/"}
        acts = Act.objects.filter(stream_key=str(house.dossier), verb="plan_visit")
        assert MEETING not in "".join(str(one.codes) for one in acts)
        assert acts.count() == 1
    assert row.number == 1


def test_a_visit_that_was_asked_for_is_planned_by_who_owes_it_and_who_asked_reads_it(house: House) -> None:
    visit = house.ask()
    actor = house.inspector.enter()
    actions.plan_visit(actor=actor, visit=visit.pk, said=said(house.inspector), now=NOW)
    assert "visit_planned" in {notice.code for notice in own(house.centre.enter())}
    assert visit.pk in queries.plans_of([visit])
    assert house.owed(visit.pk)["visit_today"][1] == "open"


def test_it_is_moved_and_cancelled_with_a_reason_and_the_second_of_two_reads_first(house: House) -> None:
    visit = plan(house, house.guardian).visit
    later = said(house.guardian, starts=TOMORROW + timedelta(days=1))
    given: dict[str, Any] = {"actor": house.guardian.enter(), "visit": visit.pk, "now": NOW}
    with pytest.raises(Faulty):
        actions.plan_visit(said=later, seen=1, **given)
    actions.plan_visit(said=later, seen=1, reason="worker_ill", **given)
    with pytest.raises(actions.PlanChanged):
        actions.cancel_visit(reason="unsafe", seen=1, **given)
    row = actions.cancel_visit(reason="unsafe", seen=2, **given)
    assert row.state == "cancelled"
    assert "visit_cancelled" in {notice.code for notice in own(house.guardian.enter())}
    with pytest.raises(actions.NotThere):
        actions.cancel_visit(reason="unsafe", seen=3, **given)
    with as_owner():
        assert list(VisitPlan.objects.order_by("number").values_list("reason", flat=True)) == [
            "",
            "worker_ill",
            "unsafe",
        ]


def test_sent_twice_it_is_planned_once(house: House) -> None:
    ticket = uuid4()
    assert plan(house, house.guardian, ticket=ticket).pk == plan(house, house.guardian, ticket=ticket).pk
    with as_owner():
        assert Visit.objects.count() == VisitPlan.objects.count() == 1


def test_what_came_of_an_own_visit_is_a_sight_of_the_child(house: House) -> None:
    def seen_at() -> Any:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT seen_at FROM coordination_sighting WHERE dossier_id = %s", [house.dossier])
            return cursor.fetchone()[0]

    visit = plan(house, house.centre).visit
    shut: dict[str, Any] = {"door": "nobody", "seen": "not_seen", "home": "not_looked"}
    house.went(visit, house.centre, **shut)
    assert seen_at() is None
    house.went(visit, house.centre)
    assert seen_at() == NOW


def test_a_barred_worker_and_others_read_no_plan_and_get_no_notice_of_it(house: House) -> None:
    given: dict[str, Any] = {"why": "Үйін көру", "now": NOW, "dossier": house.dossier}
    both = said(house.centre, posts=[house.centre.post, house.barred.post])
    row = actions.plan_own_visit(actor=house.centre.enter(), said=both, **given)
    for who in (house.barred, house.team.teacher, house.team.outsider):
        actor = who.enter()
        assert not VisitPlan.objects.exists()
        assert "visit_planned" not in {notice.code for notice in own(actor)}
        with pytest.raises((actions.NotThere, policy.NotAllowed)):
            actions.cancel_visit(actor=actor, visit=row.visit_id, reason="unsafe", seen=1, now=NOW)
        with pytest.raises((actions.NotThere, policy.NotAllowed)):
            plan(house, house.barred)


def test_what_cannot_be_is_refused(house: House) -> None:
    wrong: list[dict[str, Any]] = [
        {"posts": []},
        {"posts": [house.centre.post]},
        {"starts": NOW - timedelta(days=1)},
        {"starts": NOW + timedelta(days=365)},
        {"dangers": ["moon"]},
    ]
    for more in wrong:
        with pytest.raises(Faulty):
            actions.plan_own_visit(
                actor=house.guardian.enter(),
                dossier=house.dossier,
                said=said(house.guardian, **more),
                why="Үйін көру",
                now=NOW,
            )
    plan(house, house.guardian)
    with pytest.raises(DatabaseError), transaction.atomic():
        VisitPlan.objects.update(state="cancelled")
