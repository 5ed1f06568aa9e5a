"""Whether there is room: said by who keeps it or works there, gone stale in time, of a refuge a weekly word."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as some

from arasha.kernel.access.models import Body, Post, Unit
from arasha.kernel.access.rules import NotThere
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.services import actions, queries
from arasha.services.models import Provider, RoomSaid
from arasha.services.policy import NotAllowed
from arasha.services.rules import EntryFaulty, RoomWords, check_room, room_state
from arasha.services.tests.directory import (
    HIDDEN,
    NOW,
    REFUGE,
    SHELTER,
    Directory,
    acting,
    browser_of,
    entered,
)
from tests.database import as_owner, as_role

MONDAY = date(2026, 3, 16)


@pytest.fixture
def directory(db: None) -> Directory:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return Directory.made()


def say(person: Person, offering: UUID, *, now: datetime = NOW, **said: Any) -> RoomSaid:
    with acting(person) as actor:
        return actions.say_room(actor=actor, offering_id=offering, said=RoomWords(**said), now=now)


def seen(person: Person, offering: UUID, *, now: datetime = NOW) -> queries.Room:
    with acting(person):
        return queries.rooms([offering], now=now).get(offering, queries.UNSAID)


def test_a_worker_sees_whether_there_is_room_and_when_that_was_said(directory: Directory) -> None:
    _p, _s, offering = entered(directory.district)
    assert seen(directory.nurse, offering).state == "unknown"
    say(directory.district, offering, places=10, free=3)
    room = seen(directory.nurse, offering)
    assert (room.state, room.places, room.free, room.said_on, room.has) == ("room", 10, 3, MONDAY, True)
    say(directory.district, offering, places=10, free=0)
    assert seen(directory.nurse, offering).state == "full"
    assert seen(directory.nurse, offering, now=NOW + timedelta(days=14)).state == "full"
    assert seen(directory.nurse, offering, now=NOW + timedelta(days=15)).state == "unknown"
    text = browser_of(directory.nurse).get(f"/services/offerings/{offering}/").content.decode()
    assert "0 of 10 free" in text


def test_no_places_at_all_is_said_and_does_not_grow_stale(directory: Directory) -> None:
    _p, _s, offering = entered(directory.district)
    assert say(directory.district, offering, places=0).free == 0
    assert seen(directory.nurse, offering, now=NOW + timedelta(days=400)).state == "full"


@pytest.mark.parametrize("said", [{}, {"places": -1}, {"places": 2, "free": 3}, {"free": 10_001}, {"usually": "yes"}])
def test_what_can_not_be_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(EntryFaulty):
        check_room(RoomWords(**said), protected=False)


@given(some.integers(), some.integers())
def test_of_a_refuge_no_number_is_ever_kept(places: int, free: int) -> None:
    with pytest.raises(EntryFaulty):
        check_room(RoomWords(usually="yes", places=places, free=free), protected=True)


@given(some.dates(date(2026, 1, 1), date(2027, 1, 1)), some.integers(0, 60), some.sampled_from(["yes", "no"]))
def test_the_word_for_a_refuge_is_the_same_on_all_days_of_a_week(day: date, later: int, usually: str) -> None:
    said_on = day - timedelta(days=day.weekday())
    today = day + timedelta(days=later)
    monday = today - timedelta(days=today.weekday())
    states = {
        room_state(places=None, free=None, usually=usually, said_on=said_on, today=monday + timedelta(days=more))
        for more in range(7)
    }
    assert len(states) == 1


def test_a_refuges_word_shows_from_the_monday_after_and_never_within_its_week(directory: Directory) -> None:
    _p, _s, offering = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    wednesday = NOW + timedelta(days=2)
    row = say(directory.region, offering, usually="yes", now=wednesday)
    assert (row.said_on, row.places, row.free) == (MONDAY, None, None)
    for day in range(2, 7):
        assert seen(directory.nurse, offering, now=NOW + timedelta(days=day)).state == "unknown"
    assert seen(directory.nurse, offering, now=NOW + timedelta(days=7)).state == "usually"
    # Said otherwise on a Tuesday: the watcher sees the old word until the week is over.
    say(directory.region, offering, usually="no", now=NOW + timedelta(days=8))
    assert seen(directory.nurse, offering, now=NOW + timedelta(days=13)).state == "usually"
    assert seen(directory.nurse, offering, now=NOW + timedelta(days=14)).state == "usually_not"
    assert seen(directory.nurse, offering, now=NOW + timedelta(days=14 + 28)).state == "unknown"


def test_the_database_refuses_numbers_and_days_of_a_refuge(directory: Directory) -> None:
    _p, _s, offering = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    for wrong in ({"places": 8}, {"free": 1}, {"said_on": MONDAY + timedelta(days=1)}, {"usually": ""}):
        given_row = {"usually": "yes", "said_on": MONDAY, "number": 1} | wrong
        with cast.building(), pytest.raises(DatabaseError), transaction.atomic():
            RoomSaid.objects.create(offering_id=offering, protected=True, **given_row)


def test_others_neither_say_nor_read_what_was_said_of_a_refuge(directory: Directory) -> None:
    _p, _s, offering = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    say(directory.region, offering, usually="yes")
    for person in (directory.district, directory.nurse, directory.neighbour):
        with acting(person):
            assert not RoomSaid.objects.exists()
        with pytest.raises(NotThere):
            say(person, offering, usually="no")
        assert browser_of(person).get(f"/services/room/{offering}/").status_code == 404


def test_only_who_keeps_it_or_works_there_says_it(directory: Directory) -> None:
    provider, _s, offering = entered(directory.district)
    with pytest.raises(NotAllowed):
        say(directory.nurse, offering, places=1)
    assert browser_of(directory.nurse).get(f"/services/room/{offering}/").status_code == 404
    with cast.building():
        unit = Post.objects.get(pk=directory.school.post_id).unit_id
        Unit.objects.filter(pk=unit).update(body=Body.objects.get(pk=Provider.objects.get(pk=provider).body_id))
    browser = browser_of(directory.school)
    assert browser.post(f"/services/room/{offering}/", {"places": "4", "free": "1"}).status_code == 302
    assert "1 of 4 free" in browser.get(f"/services/room/{offering}/").content.decode()
    wrong = browser.post(f"/services/room/{offering}/", {"places": "x", "free": "9" * 30})
    assert wrong.status_code == 422
    assert 'value="x"' in wrong.content.decode()


def test_two_at_once_both_see_it_and_a_double_submit_is_one_entry(directory: Directory) -> None:
    _p, _s, offering = entered(directory.district)
    browser = browser_of(directory.district)
    address = f"/services/room/{offering}/"
    sent = {"places": "5", "free": "2", "seen": "0", "once": "5f0e7c7e-52c4-4f4c-9d5a-0c6e7f6d3b21"}
    for _ in range(2):
        assert browser.post(address, sent).status_code == 302
    late = browser.post(address, {"places": "5", "free": "4", "seen": "0"})
    assert late.status_code == 422
    assert "2 of 5 free" in late.content.decode()
    with as_owner():
        assert RoomSaid.objects.count() == 1


def test_the_public_asks_nothing_about_room(directory: Directory) -> None:
    _p, _s, offering = entered(directory.district)
    with as_role("arasha_public"), pytest.raises(DatabaseError), transaction.atomic():
        queries.rooms([offering], now=NOW)
