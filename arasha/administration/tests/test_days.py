"""The country's calendar: two administrators of the nation change a day; limits that were set stay."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from arasha.administration import actions, rules
from arasha.administration.models import Proposal
from arasha.administration.rules.days import FARTHEST, DayInvalid, NewDay, swap
from arasha.administration.tests.people import declare, make_member, sign_in
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import Post, Unit, UnitFunction
from arasha.kernel.access.rules import Conflict, NotThere, Refused
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.territory.rules import NATION
from arasha.kernel.worktime import queries as worktime
from arasha.kernel.worktime.rules import Kind, local

pytestmark = pytest.mark.django_db
TODAY = cast.day_of(cast.NOW)
NAMES = ("Мереке", "Праздник", "Feast")


class Country:
    """Two administrators of the nation, one of a district, a nurse."""

    def __init__(self) -> None:
        with cast.building():
            office = cast.make_unit("accounts of the nation", "administration", place=NATION)
            self.first, self.second = cast.make_person(office), cast.make_person(office)
            self.district = cast.make_person(cast.make_unit("accounts", "administration"))
            self.nurse = cast.make_person(cast.make_unit("clinic", "health_care"))


@pytest.fixture
def country() -> Country:
    return Country()


def weekday(ahead: int) -> date:
    """A Wednesday some weeks ahead of which the calendar says nothing."""
    day = TODAY + timedelta(days=(2 - TODAY.weekday()) % 7 + 7 * ahead)
    while worktime.calendar().mark(day) is not None:
        day += timedelta(days=7)
    return day


def propose(person: Person, *days: NewDay) -> uuid.UUID:
    """Propose days as somebody."""
    actor = person.enter()
    assert actor.moment is not None
    return actions.propose_days(actor=actor, now=actor.moment, days=days)


def confirm(person: Person, proposal: uuid.UUID) -> str:
    """Confirm as somebody."""
    actor = person.enter()
    assert actor.moment is not None
    return actions.confirm(actor=actor, now=actor.moment, proposal=proposal)


def test_a_holiday_stands_when_a_second_administrator_of_the_nation_confirms_it(country: Country) -> None:
    day = weekday(3)
    proposal = propose(country.first, NewDay(day, Kind.HOLIDAY, NAMES, "Resolution 1", verified_by="A lawyer"))
    assert worktime.calendar().works(day)
    with pytest.raises(Refused):
        confirm(country.first, proposal)
    # the office's other seat is the second person: the calendar is nobody's own right
    assert confirm(country.second, proposal) == "done"
    assert not worktime.calendar().works(day)
    (entry,) = worktime.day_history(day)
    assert (entry.source, entry.verified_by, entry.edited) == ("Resolution 1", "A lawyer", True)


def test_a_move_is_both_its_days_or_none(country: Country) -> None:
    off = weekday(4)
    saturday = off + timedelta(days=3)
    while worktime.calendar().works(saturday) or worktime.calendar().mark(saturday):
        saturday += timedelta(days=7)
    days = swap(NewDay(off, Kind.MOVED_OFF, NAMES, "Resolution 2"), saturday)
    assert confirm(country.second, propose(country.first, *days)) == "done"
    calendar = worktime.calendar()
    assert (calendar.works(off), calendar.works(saturday)) == (False, True)


def test_one_change_of_a_day_waits_at_a_time(country: Country) -> None:
    day = NewDay(weekday(5), Kind.HOLIDAY, NAMES, "Resolution 3")
    propose(country.first, day)
    with pytest.raises(Conflict):
        propose(country.second, replace(day, kind=Kind.ORDINARY))


def test_a_district_neither_proposes_nor_confirms_days_of_the_country(country: Country) -> None:
    day = NewDay(weekday(6), Kind.HOLIDAY, NAMES, "Resolution 4")
    with pytest.raises(NotThere):
        propose(country.district, day)
    with pytest.raises(rules.NotAllowed):
        propose(country.nurse, day)
    proposal = propose(country.first, day)
    with pytest.raises(NotThere):
        confirm(country.district, proposal)


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": TODAY - timedelta(days=1)},
        {"day": TODAY + FARTHEST + timedelta(days=2)},
        {"names": ("", "b", "c")},
        {"names": ("a", "b\u202e", "c")},
        {"source": " "},
        {"instead_of": TODAY + timedelta(days=9)},
    ],
)
def test_an_entry_without_sense_is_refused(country: Country, wrong: dict[str, Any]) -> None:
    day = NewDay(TODAY + timedelta(days=9), Kind.HOLIDAY, NAMES, "Resolution 5")
    with pytest.raises(DayInvalid):
        propose(country.first, replace(day, **wrong))


def test_days_come_back_from_json_as_they_were() -> None:
    days = swap(NewDay(TODAY, Kind.MOVED_OFF, NAMES, "Resolution", verified_by="x"), TODAY + timedelta(days=1))
    assert [NewDay.from_json(day.to_json()) for day in days] == list(days)


def browser(login: str, place: str) -> Client:
    """An administrator of a place in their browser."""
    member = make_member(login, "administration")
    with cast.building():
        unit = Post.objects.get(pk=member.post_id).unit_id
        Unit.objects.filter(pk=unit).update(territory=place)
        UnitFunction.objects.filter(unit=unit).update(territory=place)
    return sign_in(member)


def test_the_page_shows_each_year_with_its_marks_and_two_people_change_a_day() -> None:
    cache.clear()  # the limits of signing in count across tests
    declare("training")
    one, two, district = browser("one", NATION), browser("two", NATION), browser("three", cast.PLACE)
    for year in (TODAY.year, TODAY.year + 1):
        assert one.get(f"/administration/calendar/?year={year}").context["rows"]
    for query in ("1999", "x", "9" * 400, "%00"):
        assert one.get(f"/administration/calendar/?year={query}").status_code == 404
    assert "/calendar/change/" not in district.get("/administration/calendar/").content.decode()
    assert district.get("/administration/calendar/change/").status_code == 404
    day = weekday(8)
    told = {
        "day": f"{day:%d.%m.%Y}",
        "kind": "holiday",
        "name_kk": "<b>",
        "name_ru": "Р",
        "name_en": "E",
        "source": "S",
    }
    for wrong in ({"day": "01.01.2020"}, {"kind": "feast"}, {"kind": "moved"}, {"kind": "moved", "works": told["day"]}):
        assert one.post("/administration/calendar/change/", told | wrong).status_code == 422
    assert one.post("/administration/calendar/change/", told).status_code == 302
    assert one.post("/administration/calendar/change/", told).status_code == 422
    with system("test"):
        number = str(Proposal.objects.get().pk)
    assert "<b>" not in two.get(f"/administration/proposals/{number}/").content.decode().partition("<main")[2]
    two.post("/administration/proposals/decide/", {"proposal": number, "step": "confirm"})
    page = two.get(f"/administration/calendar/?year={day.year}").content.decode()
    assert "&lt;b&gt;" in page
    assert local(cast.NOW).date() == TODAY
