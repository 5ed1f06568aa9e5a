"""Rights of sight: proposed by one, confirmed by another, refused, withdrawn, expired; never by who gains by it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.administration import actions, queries, rules
from arasha.administration.models import Proposal
from arasha.administration.tests.district import NOW, District
from arasha.kernel.access.actions import enter, seat, system
from arasha.kernel.access.models import Post, UnitFunction
from arasha.kernel.access.rules import Conflict, NotThere, Refused
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import unread

pytestmark = pytest.mark.django_db
LATER = cast.NOW + timedelta(days=400)


@pytest.fixture
def district() -> District:
    return District.made()


def now_of(person: Person) -> Any:
    """The moment at which this person acts."""
    return person.enter().moment


def propose_function(district: District, *, by: Person | None = None, function: str = "helpline") -> uuid.UUID:
    """Propose a sensitive function for the clinic."""
    person = by or district.first
    actor = person.enter()
    assert actor.moment is not None
    told: dict[str, Any] = {"unit_id": district.clinic.pk, "function": function, "territory": cast.PLACE}
    found = actions.give_function(actor=actor, now=actor.moment, since=actor.moment, **told)
    assert found is not None
    return found


def propose_seat(district: District, user: int = 0, **more: Any) -> actions.Seated:
    """Propose somebody for the empty police post."""
    actor = district.first.enter()
    told = {"post_id": district.police_post.pk, "user_id": district.users[user], "since": actor.moment, **more}
    return actions.seat(actor=actor, now=actor.moment, **told)  # type: ignore[arg-type]  # as above


def decide(action: Any, person: Person, proposal: uuid.UUID | None) -> Any:
    """Confirm, refuse or withdraw as somebody."""
    actor = person.enter()
    return action(actor=actor, now=actor.moment, proposal=proposal)


def state(proposal: uuid.UUID | None) -> str:
    """Where a proposal stands."""
    assert proposal is not None
    with system("test"):
        return Proposal.objects.get(pk=proposal).state


def has_function(district: District, function: str = "helpline") -> bool:
    """Whether the clinic has the function."""
    with system("test"):
        return UnitFunction.objects.filter(unit=district.clinic, function=function).exists()


@pytest.mark.parametrize("who", ["second", "above"])
def test_a_second_administrator_of_the_place_confirms_a_function_and_then_it_is_there(
    district: District, who: str
) -> None:
    proposal = propose_function(district)
    assert not has_function(district)
    assert decide(actions.confirm, getattr(district, who), proposal) == "done"
    assert has_function(district)
    with cast.building():
        verbs = list(Act.objects.filter(stream_key=str(district.clinic.body_id)).values_list("verb", flat=True))
        found = Proposal.objects.get(pk=proposal)
    assert {"propose_function", "confirm_proposal"} <= set(verbs)
    assert found.decided_by_id == getattr(district, who).user_id


@pytest.mark.parametrize("action", [actions.confirm, actions.refuse])
def test_the_proposer_decides_nothing(district: District, action: Any) -> None:
    proposal = propose_function(district)
    with pytest.raises(Refused):
        decide(action, district.first, proposal)
    assert state(proposal) == "pending"


@pytest.mark.parametrize("action", [actions.confirm, actions.refuse, actions.withdraw])
def test_for_the_neighbours_administrator_there_is_no_proposal(district: District, action: Any) -> None:
    proposal = propose_function(district)
    for wanted in (proposal, uuid.uuid4()):
        with pytest.raises(NotThere):
            decide(action, district.neighbour, wanted)
    actor = district.neighbour.enter()
    assert queries.waiting(actor, actor.moment) == []  # type: ignore[arg-type]  # acts


def test_a_nurse_proposes_and_decides_nothing(district: District) -> None:
    proposal = propose_function(district)
    with pytest.raises(rules.NotAllowed):
        decide(actions.confirm, district.nurse, proposal)
    district.nurse.enter()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT administration.confirm(%s)", [proposal])
    assert Proposal.objects.count() == 0


def test_a_confirmed_or_refused_proposal_is_decided_once(district: District) -> None:
    proposal = propose_function(district)
    decide(actions.refuse, district.second, proposal)
    for action in (actions.confirm, actions.refuse, actions.withdraw):
        with pytest.raises(Conflict):
            decide(action, district.above if action is not actions.withdraw else district.first, proposal)
    assert not has_function(district)


def test_the_same_is_not_proposed_twice_but_again_after_a_refusal(district: District) -> None:
    proposal = propose_function(district)
    with pytest.raises(Conflict):
        propose_function(district, by=district.above)
    decide(actions.refuse, district.second, proposal)
    decide(actions.confirm, district.second, propose_function(district))
    with pytest.raises(Conflict):
        propose_function(district)


def test_an_ordinary_function_is_given_at_once(district: District) -> None:
    actor = district.first.enter()
    told = {"unit_id": district.clinic.pk, "function": "family_support", "territory": cast.PLACE}
    assert actions.give_function(actor=actor, now=actor.moment, since=actor.moment, **told) is None  # type: ignore[arg-type]
    assert has_function(district, "family_support")


def test_the_own_unit_is_arranged_by_others(district: District) -> None:
    actor = district.first.enter()
    told = {"unit_id": actor.unit_id, "function": "prosecution", "territory": cast.PLACE}
    with pytest.raises(Refused):
        actions.give_function(actor=actor, now=actor.moment, since=actor.moment, **told)  # type: ignore[arg-type]
    above = district.above.enter()
    given = actions.give_function(actor=above, now=above.moment, since=above.moment, **told)  # type: ignore[arg-type]
    for person in (district.first, district.second):  # whose own unit would gain it
        with pytest.raises(Refused):
            decide(actions.confirm, person, given)


def test_a_seat_in_the_police_waits_for_a_second_person_and_then_somebody_sits_there(district: District) -> None:
    seated = propose_seat(district)
    assert seated.state == "pending"
    with system("test"):
        assert Post.objects.get(pk=district.police_post.pk).holder_id is None
    assert decide(actions.confirm, district.second, seated.proposal) == "done"
    with system("test"):
        assert Post.objects.get(pk=district.police_post.pk).holder_id == district.users[0]


def test_a_seat_in_the_clinic_is_one_persons_to_give(district: District) -> None:
    seated = propose_seat(district, post_id=district.clinic_post.pk)
    assert (seated.state, seated.proposal) == ("done", None)


def test_who_is_to_be_seated_confirms_nothing(district: District) -> None:
    seated = propose_seat(district, user_id=district.second.user_id)
    with pytest.raises(Refused):
        decide(actions.confirm, district.second, seated.proposal)
    with pytest.raises(Refused):
        propose_seat(district, user_id=district.first.user_id)


def test_one_seat_is_proposed_at_a_time_and_a_held_one_not_at_all(district: District) -> None:
    seated = propose_seat(district)
    with pytest.raises(Conflict):
        propose_seat(district, 1)
    decide(actions.withdraw, district.first, seated.proposal)
    decide(actions.confirm, district.second, propose_seat(district, 1).proposal)
    with pytest.raises(Conflict):
        propose_seat(district, 2)


def test_a_seat_for_a_later_day_is_planned_and_begins_by_itself(district: District) -> None:
    later = cast.NOW + timedelta(days=3)
    ordinary = propose_seat(district, post_id=district.clinic_post.pk, since=later)
    assert ordinary.state == "planned"
    sensitive = propose_seat(district, 1, since=later)
    assert decide(actions.confirm, district.second, sensitive.proposal) == "planned"
    assert settle(later - timedelta(hours=1)) == 0
    with cast.building():
        Proposal.objects.filter(state="planned").update(since=cast.NOW - timedelta(minutes=1))
    assert settle(later) == 2
    with system("test"):
        held = Post.objects.filter(pk__in=[district.clinic_post.pk, district.police_post.pk])
        assert set(held.values_list("holder_id", flat=True)) == set(district.users[:2])


def settle(now: Any) -> int:
    """What the clock does."""
    with system("settle_proposals") as actor:
        return actions.settle_proposals(actor=actor, now=now)


def test_a_planned_seat_that_cannot_begin_fails_and_is_told(district: District) -> None:
    seated = propose_seat(district, post_id=district.clinic_post.pk, since=cast.NOW + timedelta(days=3))
    assert seated.proposal is not None
    with cast.building():
        Proposal.objects.filter(pk=seated.proposal).update(since=cast.NOW - timedelta(minutes=1))
        seat(post_id=district.clinic_post.pk, user_id=district.users[2])
    assert settle(cast.NOW) == 1
    assert state(seated.proposal) == "failed"


def test_any_administrator_of_the_place_calls_a_planned_seat_off_but_only_the_proposer_a_pending_one(
    district: District,
) -> None:
    planned = propose_seat(district, post_id=district.clinic_post.pk, since=cast.NOW + timedelta(days=3))
    decide(actions.withdraw, district.second, planned.proposal)
    pending = propose_seat(district)
    with pytest.raises(Refused):
        decide(actions.withdraw, district.second, pending.proposal)
    decide(actions.withdraw, district.first, pending.proposal)
    assert state(pending.proposal) == "withdrawn"


def test_what_nobody_confirms_in_a_week_expires(district: District) -> None:
    proposal = propose_function(district)
    with cast.building():
        Proposal.objects.update(proposed_at=NOW - timedelta(days=8), expires_at=cast.NOW - timedelta(minutes=1))
    with pytest.raises(Conflict):
        decide(actions.confirm, district.second, proposal)
    assert settle(cast.NOW) == 1
    assert state(proposal) == "expired"
    assert settle(cast.NOW) == 0


def test_the_proposal_of_one_who_administers_no_more_is_worth_nothing(district: District) -> None:
    proposal = propose_function(district)
    with cast.building():
        seat(post_id=district.first.post_id, user_id=None)
    assert decide(actions.confirm, district.second, proposal) == "failed"
    assert not has_function(district)


def test_who_may_decide_is_told_and_so_is_who_proposed(district: District) -> None:
    proposal = propose_function(district)
    for person in (district.second, district.above):
        assert unread(person.enter(), now=now_of(person)) == 1
    assert unread(district.neighbour.enter(), now=now_of(district.neighbour)) == 0
    before = unread(district.first.enter(), now=now_of(district.first))
    decide(actions.confirm, district.second, proposal)
    assert unread(district.first.enter(), now=now_of(district.first)) == before + 1


def test_rows_are_written_by_functions_only(district: District) -> None:
    proposal = propose_function(district)
    with cast.acting(district.second):
        for statement in (
            "UPDATE administration_proposal SET state = 'done'",
            "DELETE FROM administration_proposal",
            f"SELECT administration.carry_out_seat(p) FROM administration_proposal p WHERE id = '{proposal}'",
            f"SELECT administration.to_decide('{proposal}')",
            f"SELECT administration.settle('{proposal}')",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_who_acts_nowhere_sees_their_own_proposals_alone(district: District) -> None:
    propose_function(district)
    enter(district.second.token, None)
    assert Proposal.objects.count() == 0
    enter(district.first.token, None)
    assert Proposal.objects.count() == 1
