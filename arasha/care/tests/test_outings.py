"""Going alone: one tap before, one after; whoever forgets is looked for, step by step, and no file shows in it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.care import actions, policy, queries, rules
from arasha.care.models import Outing
from arasha.care.rules import Faulty, OutingSaid
from arasha.care.tests.cast import House
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Post
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.kernel.messages.queries import own
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def go(who: Person, *, minutes: int = 60, now: datetime = NOW, place: str = "home") -> Outing:
    said = OutingSaid(place=place, minutes=minutes)
    return actions.check_in(actor=who.enter(), said=said, now=now)


def clock(now: datetime) -> int:
    return actions.watch_outings(actor=enter_system(policy.CLOCK), now=now)


def told(who: Person) -> set[str]:
    return {notice.code for notice in own(who.enter())}


def sees(who: Person) -> int:
    return queries.out_now(who.enter()).count()


@pytest.fixture
def head(house: House) -> Person:
    with cast.building():
        head = cast.seat(house.guardian.unit)
        Post.objects.filter(pk=head.post).update(rank="head")
    return head


def test_a_forgotten_check_in_climbs_from_the_unit_to_coordination_to_the_police(house: House, head: Person) -> None:
    row = go(house.guardian)
    due, coordinator = NOW + HOUR, house.team.district.coordinator
    assert clock(due + 14 * MINUTE) == 0
    assert clock(due + 15 * MINUTE) == 1
    assert "outing_late" in told(head)
    assert "outing_forgotten" in told(house.guardian)
    assert "outing_late" not in told(coordinator)
    assert sees(coordinator) == 0
    assert clock(due + 29 * MINUTE) == 0
    assert clock(due + 30 * MINUTE) == 1
    assert "outing_late" in told(coordinator)
    assert sees(coordinator) == 1
    assert "outing_call_police" not in told(coordinator)
    assert clock(due + 45 * MINUTE) == 1
    assert "outing_call_police" in told(coordinator)
    assert "outing_call_police" in told(head)
    assert clock(due + 50 * MINUTE) == 0
    with as_owner():
        assert Outing.objects.get(pk=row.pk).told_police_at == due + 45 * MINUTE
        assert Act.objects.filter(verb="outing_late").count() == 3


def test_a_clock_that_stood_still_takes_all_steps_at_once(house: House, head: Person) -> None:
    go(house.guardian)
    assert clock(NOW + 3 * HOUR) == 3
    assert "outing_call_police" in told(head)


def test_who_says_that_they_are_out_alarms_nobody(house: House, head: Person) -> None:
    go(house.guardian)
    actions.come_out(actor=house.guardian.enter(), now=NOW + HOUR)
    assert clock(NOW + 5 * HOUR) == 0
    assert "outing_late" not in told(head)
    assert "outing_ended" not in told(head)
    with pytest.raises(actions.NotThere):
        actions.come_out(actor=house.guardian.enter(), now=NOW + HOUR)


def test_who_comes_out_late_calms_everybody_who_was_told(house: House, head: Person) -> None:
    go(house.guardian)
    clock(NOW + HOUR + 31 * MINUTE)
    actions.come_out(actor=house.guardian.enter(), now=NOW + 2 * HOUR)
    assert "outing_ended" in told(head)
    assert "outing_ended" in told(house.team.district.coordinator)
    assert sees(head) == 0


def test_longer_is_possible_once(house: House) -> None:
    go(house.guardian)
    row = actions.be_longer(actor=house.guardian.enter(), now=NOW + HOUR)
    assert row.expected_at == NOW + HOUR + 30 * MINUTE
    with pytest.raises(actions.LongerOnce):
        actions.be_longer(actor=house.guardian.enter(), now=NOW + HOUR)
    assert clock(NOW + HOUR + 44 * MINUTE) == 0


def test_of_two_check_ins_at_once_one_stands_and_one_sent_twice_is_one(house: House) -> None:
    ticket, said = uuid4(), OutingSaid(place="home", minutes=60)
    for _twice in range(2):
        actions.check_in(actor=house.guardian.enter(), said=said, now=NOW, ticket=ticket)
    with pytest.raises(actions.AlreadyOut):
        go(house.guardian)
    assert queries.own_outing(house.guardian.enter()) is not None
    with as_owner():
        assert Outing.objects.count() == 1
    go(house.centre)


def test_only_the_worker_who_answers_for_them_and_who_was_told_see_who_is_out(house: House, head: Person) -> None:
    with cast.building():
        colleague = cast.seat(house.guardian.unit)
    row = go(house.guardian)
    assert sees(house.guardian) == sees(head) == 1
    for who in (colleague, house.centre, house.barred, house.team.outsider, house.team.district.coordinator):
        assert sees(who) == 0
        with pytest.raises(actions.NotThere):
            actions.find_safe(actor=who.enter(), outing=row.pk, now=NOW)


def test_where_the_head_is_out_the_unit_answers_and_where_nobody_else_sits_coordination(
    house: House, head: Person
) -> None:
    go(head)
    clock(NOW + HOUR + 15 * MINUTE)
    assert sees(house.guardian) == 1
    assert "outing_late" in told(house.guardian)
    alone = house.inspector
    go(alone)
    assert clock(NOW + HOUR + 16 * MINUTE) == 2
    assert sees(house.team.district.coordinator) == 1


def test_where_coordination_itself_is_out_the_region_is_told(house: House) -> None:
    go(house.team.district.coordinator)
    clock(NOW + HOUR + 30 * MINUTE)
    assert "outing_late" in told(house.team.district.region)


def test_who_reached_the_worker_says_so_but_not_the_worker_about_themselves(house: House, head: Person) -> None:
    row = go(house.guardian)
    with pytest.raises(policy.NotAllowed):
        actions.find_safe(actor=house.guardian.enter(), outing=row.pk, now=NOW)
    actions.find_safe(actor=head.enter(), outing=row.pk, now=NOW + HOUR)
    with as_owner():
        assert Outing.objects.get(pk=row.pk).ended_how == "found"


def test_an_entry_ends_by_itself_after_days(house: House) -> None:
    row = go(house.guardian)
    clock(NOW + 2 * HOUR)
    clock(NOW + timedelta(days=4))
    with as_owner():
        assert Outing.objects.get(pk=row.pk).ended_how == "lapsed"
    go(house.guardian, now=NOW + timedelta(days=4))


def test_nothing_of_a_file_is_in_an_entry_or_its_notices(house: House, head: Person) -> None:
    house.ask()
    go(house.guardian)
    clock(NOW + 2 * HOUR)
    with as_owner():
        columns = {field.name for field in Outing._meta.fields}
        notices = Notice.objects.filter(code__startswith="outing")
        assert notices.exists()
        assert {notice.link for notice in notices} == {"/visits/", "/visits/out/"}
        acts = Act.objects.filter(codes__has_key="outing")
        assert acts.exists()
        assert str(house.dossier) not in "".join(str(one.codes) + one.stream_key for one in acts)
    assert not columns & {"dossier", "sealed", "address", "words"}


def test_a_worker_barred_from_a_file_goes_out_safely_all_the_same(house: House) -> None:
    go(house.barred)
    clock(NOW + HOUR + 15 * MINUTE)
    assert "outing_late" in told(house.centre)


def test_what_cannot_be_is_refused(house: House) -> None:
    for said in (("moon", 60), ("home", 7), ("home", 375), ("home", 0)):
        with pytest.raises(Faulty):
            go(house.guardian, place=said[0], minutes=said[1])
    assert rules.lengths()[0] == 15
    assert rules.lengths()[-1] == 360
    with pytest.raises(policy.NotAllowed):
        actions.watch_outings(actor=house.guardian.enter(), now=NOW)
    with pytest.raises(policy.NotAllowed):
        actions.check_in(actor=enter_system("test"), said=OutingSaid(place="home", minutes=60), now=NOW)


def test_nobody_checks_in_for_another_or_changes_where_they_went(house: House, head: Person) -> None:
    go(house.guardian)
    head.enter()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE care_outing SET place = 'outdoors'")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO care_outing (id, user_id, unit_id, place, started_at, expected_at, longer, ended_how)"
            " VALUES (%s, %s, %s, 'home', now(), now() + interval '1 hour', false, '')",
            [uuid4(), house.centre.user, house.guardian.unit.pk],
        )
