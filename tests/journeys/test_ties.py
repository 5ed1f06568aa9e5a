"""Ties: declared by oneself, seen by few, ended without opening anything, struck out by another."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from arasha.administration import actions, queries
from arasha.administration.rules.ties import TieNeverWas
from arasha.kernel.access.models import Post, Tie
from arasha.kernel.access.rules import Conflict, NotThere
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.ui.rules import UnknownCode
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def district(db: None) -> District:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=TODAY, using="default")
    return cast.make_district()


@pytest.fixture
def school(district: District) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("№ 3 интернат", DISTRICT, "education_school"))


@pytest.fixture
def head(district: District) -> Person:
    """The head of the inspector's unit."""
    with cast.building():
        made = cast.seat(district.inspector.unit)
        Post.objects.filter(pk=made.post).update(rank="head")
    return made


@pytest.fixture
def administrator(district: District) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("accounts", DISTRICT, "administration"))


def declared(who: Person, school: Person, **more: object) -> Tie:
    given = {"body": school.unit.body_id, "kind": "relative", "since": LONG_AGO} | more
    tie = actions.declare_tie(actor=who.enter(), now=TODAY, **given)  # type: ignore[arg-type]  # the test's own words
    return Tie.objects.get(pk=tie)


def sees(who: Person, tie: Tie) -> bool:
    """Say whether the row is there for the person: raw SQL, as the application's role."""
    who.enter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_tie WHERE id = %s", [tie.pk])
        return bool(cursor.fetchone()[0])


def test_a_tie_is_seen_by_its_worker_their_head_and_their_administrator_and_by_nobody_else(
    district: District, school: Person, head: Person, administrator: Person
) -> None:
    tie = declared(district.inspector, school)
    with cast.building():
        colleague = cast.seat(district.inspector.unit)
    assert [sees(who, tie) for who in (district.inspector, head, district.police_head, administrator)] == [
        True,
        True,
        False,  # in the unit above, but not its head
        True,
    ]
    others = (colleague, school, district.coordinator, district.region, district.nation, district.neighbour)
    assert [sees(who, tie) for who in others] == [False] * len(others)


def test_the_head_of_the_unit_above_sees_it_too(district: District, school: Person) -> None:
    tie = declared(district.inspector, school)
    with cast.building():
        Post.objects.filter(pk=district.police_head.post).update(rank="head")
    assert sees(district.police_head, tie)


def test_declaring_is_an_act_in_the_workers_own_stream_and_the_same_twice_is_refused(
    district: District, school: Person
) -> None:
    declared(district.inspector, school)
    with as_owner():
        act = Act.objects.get(verb="declare_tie")
    assert (act.stream_kind, act.stream_key) == ("user", str(district.inspector.user))
    with pytest.raises(Conflict):
        declared(district.inspector, school)


def test_what_cannot_be_is_refused(district: District, school: Person) -> None:
    with pytest.raises(UnknownCode):
        declared(district.inspector, school, kind="friend")
    with pytest.raises(TieNeverWas):
        declared(district.inspector, school, last_day=LONG_AGO - timedelta(days=1))
    with pytest.raises(NotThere):
        declared(district.inspector, school, body=10**8)


def test_ending_a_tie_opens_nothing_for_24_months(district: District, school: Person) -> None:
    tie = declared(district.inspector, school)
    actions.end_tie(actor=district.inspector.enter(), tie=tie.pk, now=TODAY)
    with cast.building(), connection.cursor() as cursor:
        for months, bars in ((23, True), (25, False)):
            cursor.execute(
                "SELECT %s = ANY (access.bodies_of(%s, now() + make_interval(months => %s)))",
                [school.unit.body_id, district.inspector.user, months],
            )
            assert cursor.fetchone()[0] is bars


def test_nobody_ends_anothers_tie_or_strikes_out_their_own(district: District, school: Person, head: Person) -> None:
    tie = declared(district.inspector, school)
    with pytest.raises(NotThere):
        actions.end_tie(actor=head.enter(), tie=tie.pk, now=TODAY)
    with pytest.raises(NotThere):
        actions.strike_tie(actor=district.inspector.enter(), tie=tie.pk, now=TODAY)
    with pytest.raises(NotThere):
        actions.strike_tie(actor=district.coordinator.enter(), tie=tie.pk, now=TODAY)


def test_the_head_strikes_out_what_was_a_mistake(district: District, school: Person, head: Person) -> None:
    tie = declared(district.inspector, school)
    actions.strike_tie(actor=head.enter(), tie=tie.pk, now=TODAY)
    assert queries.own_ties(district.inspector.enter()) == []


def test_the_page_finds_the_body_and_takes_the_tie(district: District, school: Person) -> None:
    browser = cast.browser_of(district.inspector)
    name = school.unit.name
    page = browser.get("/account/ties/", {"q": name.split()[-1]})
    assert name in page.content.decode()
    said = {"body": school.unit.body_id, "kind": "relative", "since_day": "1", "since_month": "9"}
    dated = said | {"since_year": "2024", "since": "01.09.2024"}
    sent = browser.post(f"/account/ties/?q={name.split()[-1]}", dated)
    assert sent.status_code == 302
    assert name in browser.get("/account/ties/").content.decode()
    with as_owner():
        assert Tie.objects.get().user_id == district.inspector.user
        assert Tie.objects.get().declared_at > NOW


def test_a_refuge_is_found_by_nobody(district: District, school: Person) -> None:
    with cast.building():
        school.unit.body.protected = True
        school.unit.body.save()
    district.inspector.enter()
    assert queries.bodies_called(school.unit.name.split()[-1]) == []
