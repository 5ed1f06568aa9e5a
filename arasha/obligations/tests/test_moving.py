"""What a signal's file owes goes on in the child's case, and comes back."""

from datetime import timedelta

import pytest

from arasha.kernel.access.actions import TeamMember
from arasha.kernel.access.models import Member
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.journal.models import Act
from arasha.obligations import policy, queries
from arasha.obligations.actions import meet, move_obligations, sweep_batch
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from tests.database import as_owner

DUE = NOW + timedelta(hours=24)
LATER = DUE + timedelta(hours=1)
pytestmark = pytest.mark.django_db


def test_what_is_owed_moves_with_its_limit_its_ladder_and_its_units_and_comes_back(district: District) -> None:
    obligation = cast.report(district)
    sweep_batch(actor=cast.sweeper(), now=LATER)
    actor = district.coordinator.enter()
    case = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.id))
    assert move_obligations(origin=obligation.dossier_id, target=case, actor=actor, now=LATER) == [obligation.id]
    (moved,) = queries.of_dossier(actor, case)
    assert (moved.due_at, moved.ladder, moved.rung) == (obligation.due_at, obligation.ladder, 1)
    assert [row.dossier_id for row in Escalation.objects.all()] == [case]
    with as_owner():
        team = set(Member.objects.filter(dossier=case).values_list("part", "unit"))
    assert {("obliged", district.inspector.unit.id), ("overseeing", district.police_head.unit.id)} <= team
    sweep_batch(actor=cast.sweeper(), now=DUE + timedelta(hours=25))
    assert Obligation.objects.get().rung == 2
    actor = district.coordinator.enter()
    assert move_obligations(origin=case, target=obligation.dossier_id, actor=actor, now=LATER) == [obligation.id]
    assert not queries.of_dossier(actor, case).exists()


def test_what_is_met_stays_where_it_was_met(district: District) -> None:
    obligation = cast.report(district)
    meet(actor=district.inspector.enter(), obligation=obligation.id, answer="done", now=NOW)
    actor = district.coordinator.enter()
    case = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.id))
    assert move_obligations(actor=actor, origin=obligation.dossier_id, target=case, now=NOW) == []
    assert Obligation.objects.get().dossier_id == obligation.dossier_id


def test_moving_is_one_act_that_stands_in_both_files(district: District) -> None:
    obligation = cast.report(district)
    actor = district.coordinator.enter()
    case = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.id))
    move_obligations(actor=actor, origin=obligation.dossier_id, target=case, now=NOW)
    with as_owner():
        act = Act.objects.get(verb="move_obligations")
        linked = set(act.links.values_list("key", flat=True))
    assert (act.stream_key, linked) == (str(obligation.dossier_id), {str(case)})
    assert act.codes == {"facet": 7, "obligations": [str(obligation.id)], "to": str(case)}


def test_who_is_not_on_a_file_moves_nothing_out_of_it_or_into_it(district: District) -> None:
    obligation = cast.report(district)
    case = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.id))
    cast.end_opening(obligation.dossier_id)
    cast.end_opening(case)
    outsider = district.neighbour.enter()
    assert move_obligations(actor=outsider, origin=obligation.dossier_id, target=case, now=NOW) == []
    inspector = district.inspector.enter()  # owes in one file, is not on the other
    with pytest.raises(NotThere):
        move_obligations(actor=inspector, origin=obligation.dossier_id, target=case, now=NOW)
    with pytest.raises(policy.NotAllowed):
        move_obligations(actor=Actor(kind="user"), origin=obligation.dossier_id, target=case, now=NOW)
