"""Rosters: arranged by the unit's head, the head above it or an administrator of the place; read by all who act."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.administration import actions, queries
from arasha.administration.models import RosterChange, RosterLine
from arasha.administration.rules.roster_table import understood
from arasha.kernel.access.actions import enter
from arasha.kernel.access.models import Post, Unit
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.rules.zone import ZONE
from arasha.ui.rules import phones, sheets

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 10, 0, tzinfo=ZONE)  # a Monday
AIGUL = {"name": "Айгүл", "phone": "8 701 234 56 78"}
HOUR = timedelta(hours=1)
NIGHT = {"starts": time(20), "ends": time(8)}


class Team:
    """A unit with its head and a colleague, the unit above, an administrator, and the neighbours."""

    def __init__(self) -> None:
        self.above = cast.make_unit("above", "women_children_police")
        self.unit = cast.make_unit("unit", "juvenile_inspection", parent=self.above)
        self.other = cast.make_unit("other", "juvenile_inspection", place=cast.ELSEWHERE)
        self.head, self.colleague = cast.make_person(self.unit), cast.make_person(self.unit)
        self.head_above, self.neighbour = cast.make_person(self.above), cast.make_person(self.other)
        self.administrator = cast.make_person(cast.make_unit("accounts", "administration"))
        heads = [self.head.post_id, self.head_above.post_id, self.neighbour.post_id]
        Post.objects.filter(pk__in=heads).update(rank="head")
        Unit.objects.filter(pk=self.unit.pk).update(around_the_clock=True)
        self.unit.refresh_from_db()


@pytest.fixture
def team() -> Team:
    with cast.building():
        return Team()


def add(person: Person, unit: Unit, **more: Any) -> list[uuid.UUID]:
    """Put somebody on duty, each night unless told otherwise."""
    told: dict[str, Any] = {"weekdays": range(7), "since": NOW, **NIGHT, **AIGUL, **more}
    return actions.add_hours(actor=person.enter(), now=NOW, unit_id=unit.pk, **told)


def duty(unit: Unit, moment: datetime) -> list[tuple[str, str, bool]]:
    """Who is on duty."""
    return [(one.name, one.phone, one.deputy) for one in queries.on_duty([unit.pk], moment)[unit.pk]]


@pytest.mark.parametrize("who", ["head", "head_above", "administrator"])
def test_who_answers_for_a_unit_puts_somebody_on_duty_and_everybody_who_acts_may_ring(team: Team, who: str) -> None:
    lines = add(getattr(team, who), team.unit)
    team.neighbour.enter()
    night = datetime(2026, 3, 16, 23, 0, tzinfo=ZONE)
    (one,) = queries.on_duty([team.unit.pk, team.other.pk], night)[team.unit.pk]
    assert (one.name, one.phone, one.call) == ("Айгүл", "+7 701 234 5678", "tel:+7-701-234-5678")
    assert one.until == datetime(2026, 3, 17, 8, 0, tzinfo=ZONE)
    assert queries.on_duty([team.other.pk], night) == {team.other.pk: []}
    with cast.building():
        act = Act.objects.get(verb="add_roster_hours")
        assert (act.stream_kind, act.stream_key) == ("body", str(team.unit.body_id))
        assert act.codes == {"unit": team.unit.pk, "lines": [str(line) for line in lines]}


@pytest.mark.parametrize("who", ["colleague", "neighbour"])
def test_nobody_else_arranges_it_and_for_them_it_is_not_there(team: Team, who: str) -> None:
    (line, *_rest) = add(team.head, team.unit)
    change = actions.add_change(
        actor=team.head.enter(), now=NOW, unit_id=team.unit.pk, kind="nobody", starts_at=NOW, ends_at=NOW + HOUR
    )
    person: Person = getattr(team, who)
    with pytest.raises(NotThere):
        add(person, team.unit)
    actor = person.enter()
    shared: dict[str, Any] = {"actor": actor, "now": NOW, "unit_id": team.unit.pk}
    with pytest.raises(NotThere):
        actions.end_hours(**shared, lines=[line])
    with pytest.raises(NotThere):
        actions.add_change(**shared, kind="nobody", starts_at=NOW, ends_at=NOW + HOUR)
    with pytest.raises(NotThere):
        actions.withdraw_change(**shared, change=change)
    with pytest.raises(NotThere):
        actions.take_over_table(**shared, entries=[], since=NOW)


def test_row_security_says_the_same_without_the_actions(team: Team) -> None:
    (line, *_rest) = add(team.head, team.unit)
    values = {"weekday": 0, "starts": time(8), "ends": time(9), "name": "X", "phone": "102", "since": NOW}
    for person in (team.colleague, team.neighbour):
        with cast.acting(person):
            assert RosterLine.objects.filter(pk=line).update(until=NOW) == 0
            with pytest.raises(DatabaseError), transaction.atomic():
                RosterLine.objects.create(unit=team.unit, **values)
            with pytest.raises(DatabaseError), transaction.atomic():
                RosterChange.objects.create(unit=team.unit, kind="nobody", starts_at=NOW, ends_at=NOW + HOUR)
    with cast.acting(team.head):
        for column in ("phone = '103'", "name = 'Y'", f"unit_id = {team.other.pk}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE administration_rosterline SET {column}")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM administration_rosterline")


def test_whoever_acts_in_no_post_sees_no_number(team: Team) -> None:
    add(team.head, team.unit)
    enter(team.neighbour.token, None)
    assert RosterLine.objects.count() == 0


def test_the_journal_holds_commitments_and_no_name_or_number(team: Team) -> None:
    add(team.head, team.unit)
    with cast.building(), connection.cursor() as cursor:
        cursor.execute("SELECT columns::text FROM journal_change WHERE table_name = 'administration_rosterline'")
        found = [row[0] for row in cursor.fetchall()]
    assert len(found) == 7
    assert all("Айгүл" not in text and "701234" not in text and "commitment" in text for text in found)


def test_hours_end_at_once_or_never_begin(team: Team) -> None:
    day = {"starts": time(0), "ends": time(0)}
    (running,) = add(team.head, team.unit, weekdays=[0], **day)
    (coming,) = add(team.head, team.unit, weekdays=[0], since=NOW + timedelta(days=5), **day, name="Later", phone="102")
    actor, later = team.head.enter(), NOW + HOUR
    for line in (running, coming, running):
        actions.end_hours(actor=actor, now=later, unit_id=team.unit.pk, lines=[line])
    assert duty(team.unit, later) == []
    assert duty(team.unit, later - timedelta(minutes=1)) == [("Айгүл", "+7 701 234 5678", False)]
    assert duty(team.unit, NOW + timedelta(days=7)) == []
    with pytest.raises(NotThere):
        actions.end_hours(actor=actor, now=NOW, unit_id=team.unit.pk, lines=[running, uuid.uuid4()])
    (other, *_more) = add(team.neighbour, team.other)
    with pytest.raises(NotThere):  # another unit's line, under one's own unit
        actions.end_hours(actor=team.head.enter(), now=NOW, unit_id=team.unit.pk, lines=[other])


def test_a_change_holds_until_it_is_withdrawn(team: Team) -> None:
    add(team.head, team.unit, starts=time(0), ends=time(0))
    actor = team.head.enter()
    shared: dict[str, Any] = {"actor": actor, "now": NOW, "unit_id": team.unit.pk}
    hours: dict[str, Any] = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=2)}
    change = actions.add_change(**shared, kind="instead", name="Жанар", phone="103", **hours)
    assert duty(team.unit, NOW) == [("Жанар", "103", False)]
    for _twice in range(2):
        actions.withdraw_change(**shared, change=change)
    assert duty(team.unit, NOW) == [("Айгүл", "+7 701 234 5678", False)]


@pytest.mark.parametrize(
    "wrong",
    [{"weekdays": []}, {"weekdays": [7]}, {"name": "  "}, {"since": NOW - HOUR}],
)
def test_hours_without_a_day_or_a_name_or_of_the_past_are_refused(team: Team, wrong: dict[str, Any]) -> None:
    with pytest.raises(actions.RosterInvalid):
        add(team.head, team.unit, **wrong)


def test_a_number_that_no_phone_has_is_refused(team: Team) -> None:
    with pytest.raises(phones.NotAPhone):
        add(team.head, team.unit, phone="5-12-34")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "else"},
        {"ends_at": NOW},
        {"starts_at": NOW - 2 * HOUR, "ends_at": NOW - HOUR},
        {"kind": "instead"},
        {"kind": "besides", "name": " ", "phone": "102"},
    ],
)
def test_a_change_that_makes_no_sense_is_refused(team: Team, wrong: dict[str, Any]) -> None:
    told: dict[str, Any] = {"kind": "nobody", "starts_at": NOW, "ends_at": NOW + HOUR} | wrong
    with pytest.raises(actions.RosterInvalid):
        actions.add_change(actor=team.head.enter(), now=NOW, unit_id=team.unit.pk, **told)


def take(team: Team, table: str, *, dry_run: bool = False) -> actions.Taken:
    """Take a table over from today on."""
    entries, faults = understood(sheets.read(table.encode()))
    assert faults == []
    return actions.take_over_table(
        actor=team.head.enter(), now=NOW, unit_id=team.unit.pk, entries=entries, since=NOW, dry_run=dry_run
    )


def test_a_table_becomes_the_week_and_taken_over_twice_changes_nothing(team: Team) -> None:
    add(team.head, team.unit, weekdays=[6], **{**NIGHT, "name": "Old", "phone": "101"})
    table = "дс-жм;08:00;20:00;Дәурен;102;\nкүн сайын;20:00;08:00;Айгүл;103;\n21.03.2026;08:00;20:00;Жанар;112;\n"
    assert take(team, table, dry_run=True) == actions.Taken(new=13, stay=0, end=1)
    assert RosterLine.objects.count() == 1
    assert take(team, table) == actions.Taken(new=13, stay=0, end=1)
    assert take(team, table) == actions.Taken(new=0, stay=12, end=0)
    assert duty(team.unit, datetime(2026, 3, 22, 23, 0, tzinfo=ZONE)) == [("Айгүл", "103", False)]
    assert duty(team.unit, datetime(2026, 3, 21, 9, 0, tzinfo=ZONE)) == [("Жанар", "112", False)]
    shorter = take(team, "дс-жм;08:00;20:00;Дәурен;102;\n")
    assert shorter == actions.Taken(new=0, stay=5, end=7)
    with cast.building():
        assert Act.objects.filter(verb="take_over_roster").count() == 2


def test_a_week_shows_its_holes_and_a_unit_round_the_clock_without_a_roster_is_told(team: Team) -> None:
    team.head.enter()
    (state,) = queries.roster_states([team.unit], NOW)
    assert (state.missing, state.has_roster, list(state.now)) == (True, False, [])
    add(team.head, team.unit, starts=time(8), ends=time(20))
    add(team.head, team.unit, weekdays=[0, 1, 2, 3, 4, 6])
    (state,) = queries.roster_states([team.unit], NOW)
    saturday = (datetime(2026, 3, 21, 20, tzinfo=ZONE), datetime(2026, 3, 22, 8, tzinfo=ZONE))
    assert (state.missing, list(state.holes)) == (False, [saturday])
    found = queries.roster_of(team.unit, *(datetime(2026, 4, day, tzinfo=ZONE) for day in (13, 20)))
    assert list(found.holes) == [tuple(moment + timedelta(days=28) for moment in saturday)]
    assert len(found.stretches) == 14


def test_the_rosters_one_arranges_are_ones_own_units_below_and_the_places(team: Team) -> None:
    def arranged(person: Person) -> set[int]:
        actor: Actor = person.enter()
        return set(queries.arranged_units(actor, NOW).values_list("pk", flat=True))

    assert arranged(team.head) == {team.unit.pk}
    assert arranged(team.head_above) == {team.above.pk, team.unit.pk}
    assert arranged(team.colleague) == set()
    assert arranged(team.neighbour) == {team.other.pk}
    with cast.building():
        places = set(Unit.objects.filter(territory=cast.PLACE).values_list("pk", flat=True))
    assert arranged(team.administrator) == places


def test_asking_for_many_units_costs_two_questions(team: Team, django_assert_num_queries: Any) -> None:
    add(team.head, team.unit)
    team.head.enter()
    with django_assert_num_queries(2):
        queries.on_duty([team.unit.pk, team.above.pk, team.other.pk], NOW)


def test_a_day_of_the_calendar_decides_when_somebody_must_be_there(team: Team) -> None:
    with cast.building():
        Unit.objects.filter(pk=team.unit.pk).update(around_the_clock=False, opens=time(9), closes=time(18))
        team.unit.refresh_from_db()
    add(team.head, team.unit, weekdays=[0], starts=time(9), ends=time(18))
    nauryz, april = (
        queries.roster_of(team.unit, first, first + timedelta(days=7))
        for first in (datetime(2026, 3, 23, tzinfo=ZONE), datetime(2026, 4, 13, tzinfo=ZONE))
    )
    assert [begin.date() for begin, _ in april.holes] == [date(2026, 4, day) for day in range(14, 18)]
    assert [begin.date() for begin, _ in nauryz.holes] == [date(2026, 3, day) for day in (26, 27)]
