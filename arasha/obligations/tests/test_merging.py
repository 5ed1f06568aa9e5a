"""What a file owes twice since a signal joined it is owed once, unless something would become weaker by it."""

from datetime import timedelta
from typing import Any

import pytest

from arasha.kernel.access.models import Post
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations import policy, queries
from arasha.obligations.actions import grant_time, meet, move_obligations, supersede_equal, suspend
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person, Six, fresh
from tests.database import as_owner

HOUR = timedelta(hours=1)
LATER = NOW + 2 * HOUR
pytestmark = pytest.mark.django_db


def joined(district: District, *, after: timedelta = HOUR) -> tuple[Obligation, Obligation]:
    """Two reports, the second one's duty moved to the first one's file."""
    first, second = cast.report(district), cast.report(district, at=NOW + after)
    actor = district.coordinator.enter()
    move_obligations(actor=actor, origin=second.dossier_id, target=first.dossier_id, now=LATER)
    return first, second


def merged(who: Person, row: Obligation) -> list[Any]:
    return supersede_equal(actor=who.enter(), dossier=row.dossier_id, now=LATER)


def test_the_later_duty_gives_way_to_the_one_that_arose_first_and_the_unit_is_told(district: District) -> None:
    first, second = joined(district)
    assert merged(district.coordinator, first) == [second.id]
    second = fresh(second)
    assert (second.state, second.replaced_by_id, second.ended_at) == ("superseded", first.id, LATER)
    assert (fresh(first).state, fresh(first).due_now) == ("open", first.due_now)
    assert [row.id for row in queries.owed_by(district.inspector.enter())] == [first.id]
    with as_owner():
        act = Act.objects.get(verb="supersede_obligation")
        told = Notice.objects.filter(unit=district.inspector.unit, code="duty_superseded").count()
    assert (act.stream_key, act.codes["by"], act.codes["reason"]) == (str(first.dossier_id), str(first.id), "same_duty")
    assert told == 1
    assert merged(district.coordinator, first) == []


def test_more_time_or_time_that_stands_still_lets_both_stand(district: District) -> None:
    first, _second = joined(district)
    actor = district.coordinator.enter()
    grant_time(actor=actor, obligation=first.id, until=NOW + 72 * HOUR, now=LATER)
    assert merged(district.coordinator, first) == []
    other, _third = joined(district)
    actor = district.coordinator.enter()
    suspend(actor=actor, obligation=other.id, until=NOW + 48 * HOUR, reason="in_hospital", now=LATER)
    assert merged(district.coordinator, other) == []


def test_what_was_answered_does_not_answer_a_later_report(district: District) -> None:
    first, second = cast.report(district), cast.report(district, at=NOW + HOUR)
    meet(actor=district.inspector.enter(), obligation=first.id, answer="done", now=NOW)
    actor = district.coordinator.enter()
    move_obligations(actor=actor, origin=second.dossier_id, target=first.dossier_id, now=LATER)
    assert merged(district.coordinator, first) == []
    assert fresh(second).state == "open"


def test_another_version_of_the_procedure_asks_for_something_of_its_own(district: District) -> None:
    first = cast.report(district)
    cast.publish(("amount: 24", "amount: 30"))
    second = cast.report(district, at=NOW + 24 * HOUR)
    assert second.protocol_id != first.protocol_id
    actor = district.coordinator.enter()
    move_obligations(actor=actor, origin=second.dossier_id, target=first.dossier_id, now=NOW + 24 * HOUR)
    assert merged(district.coordinator, first) == []


def test_who_owes_it_or_has_no_part_lets_nothing_give_way(district: District) -> None:
    first, second = joined(district)
    cast.end_opening(first.dossier_id)
    for who in (district.inspector, district.neighbour):
        assert merged(who, first) == []
    with pytest.raises(policy.NotAllowed):
        supersede_equal(actor=Actor(kind="user"), dossier=first.dossier_id, now=LATER)
    assert fresh(second).state == "open"


def six_twice(district: District) -> tuple[dict[str, Obligation], dict[str, Obligation]]:
    first = cast.report_to_six(district)
    second = cast.report_to_six(district, from_moment=NOW + HOUR, now=NOW + HOUR)
    origin, target = second["evaluation"].dossier_id, first["evaluation"].dossier_id
    move_obligations(actor=district.coordinator.enter(), origin=origin, target=target, now=LATER)
    return first, second


def test_the_second_tellers_receipt_follows_the_duty_that_stays(district: District) -> None:
    six = cast.make_six()
    first, second = six_twice(district)
    replaced = merged(district.coordinator, first["evaluation"])
    assert set(replaced) == {row.id for row in second.values()}
    assert state_of(second["tell_guardianship"], six) == "delivered"
    meet(actor=six.guardian.enter(), obligation=first["tell_guardianship"].id, answer="done", now=NOW + 3 * HOUR)
    assert state_of(second["tell_guardianship"], six) == "answered"


def test_a_notice_that_did_not_arrive_stays_so_that_its_teller_hears_of_it(district: District) -> None:
    six = cast.make_six()
    with cast.building():
        Post.objects.filter(pk=six.guardian.post).update(holder=None)
    first, second = six_twice(district)
    replaced = merged(district.coordinator, first["evaluation"])
    assert set(replaced) == {row.id for step, row in second.items() if step != "tell_guardianship"}
    assert fresh(second["tell_guardianship"]).state == "open"


def state_of(row: Obligation, six: Six) -> str:
    cast.sweeper()
    assert row.raised_in is not None
    (found,) = [one for one in queries.delivery_of(row.raised_in) if one.unit == six.guardian.unit]
    return found.state.value


def test_of_two_reports_in_one_second_all_moves_but_what_the_file_owes_already(district: District) -> None:
    cast.make_six()
    first, second = cast.report_to_six(district), cast.report_to_six(district)
    third = cast.report(district)  # another procedure's duty of the same moment
    target = first["evaluation"].dossier_id
    actor = district.coordinator.enter()
    origin = second["evaluation"].dossier_id
    assert move_obligations(actor=actor, origin=origin, target=target, now=LATER) == []
    assert move_obligations(actor=actor, origin=third.dossier_id, target=target, now=LATER) == [third.id]
    assert {row.dossier_id for row in Obligation.objects.filter(pk__in=[row.pk for row in second.values()])} == {origin}
