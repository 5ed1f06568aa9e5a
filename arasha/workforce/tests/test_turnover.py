"""How busy another unit is, said in three words to who offers it a lead; who came and left, few hidden."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.cases.actions import offer_lead
from arasha.cases.models import Case, LeadOffer
from arasha.cases.rules.loads import LIMITS
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Body, Post, UnitFunction
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, Person
from arasha.workforce import queries
from arasha.workforce.rules import hidden
from arasha.workforce.tests.cast import FRIDAY, Office
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
MANY = int(LIMITS["coordination_district"].over_at)


@pytest.fixture
def other(office: Office) -> Person:
    """The coordination of the same district, one person."""
    return office.district.coordinator


def band(office: Office, unit: int, at: Any = FRIDAY) -> str | None:
    return queries.load_bands(office.worker.enter(), [unit], at).get(unit)


def burden(office: Office, other: Person, count: int, **more: Any) -> None:
    for _each in range(count):
        office.case(of=other, **more)


def test_a_unit_has_room_until_its_workers_are_near_the_limit_on_average(office: Office, other: Person) -> None:
    assert band(office, other.unit.pk) == "room"
    burden(office, other, int(LIMITS["coordination_district"].warn_at))
    assert band(office, other.unit.pk) == "near"
    with cast.building():
        cast.seat(other.unit)
    assert band(office, other.unit.pk) == "room"


def test_urgent_and_young_children_weigh_as_in_the_units_own_list(office: Office, other: Person) -> None:
    burden(office, other, 10, child_age=1, at=FRIDAY - timedelta(days=3))
    (load,) = queries.team(other.enter(), other.unit, FRIDAY)
    assert load.weight == load.limit.warn_at if load.limit else False
    assert band(office, other.unit.pk) == "near"


def test_a_unit_over_its_limit_says_so_and_nothing_is_kept_from_it(office: Office, other: Person) -> None:
    burden(office, other, MANY)
    assert band(office, other.unit.pk) == "over"
    file = office.case()
    offer = offer_lead(
        actor=office.worker.enter(), dossier=file, to_unit=other.unit.pk, reason="other_body", now=FRIDAY
    )
    assert offer.state == "offered"


def test_of_a_protected_body_and_of_a_unit_without_people_nothing_is_said(office: Office, other: Person) -> None:
    with cast.building():
        Post.objects.filter(unit=other.unit).update(until=FRIDAY)
    assert band(office, other.unit.pk) is None
    with cast.building():
        Post.objects.filter(unit=other.unit).update(until=None)
        Body.objects.filter(pk=other.unit.body_id).update(protected=True)
    assert band(office, other.unit.pk) is None


def test_who_acts_in_no_post_is_told_nothing(office: Office, other: Person) -> None:
    assert queries.load_bands(enter_system("care"), [other.unit.pk], FRIDAY) == {}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM workforce.load_bands('{}', now(), '{}', '{}')")


def test_the_page_of_the_lead_says_how_busy_each_body_is_and_sends_nothing_when_one_looks(office: Office) -> None:
    file = office.case()
    browser, address = cast.browser_of(office.head), f"/cases/{file}/lead/"
    page = browser.get(address).content.decode()
    assert "there is room for more" in page
    looked = browser.post(address, {"do": ["offer", "look"], "place": "611600000", "reason": "capacity"})
    assert looked.status_code == 200
    assert "Choose" not in looked.content.decode()
    with as_owner():
        assert not LeadOffer.objects.filter(dossier=file).exists()
    said = {"do": "offer", "function": "coordination_district", "place": DISTRICT, "reason": "capacity"}
    page = browser.post(address, said, follow=True).content.decode()
    assert "How busy they are" in page
    page = cast.browser_of(office.district.coordinator).get(address).content.decode()
    assert "How busy they are" not in page


def test_who_only_looks_cannot_tell_a_protected_body_from_one_that_is_not_there(office: Office, other: Person) -> None:
    browser, address = cast.browser_of(office.head), f"/cases/{office.case()}/lead/"
    assert "there is room for more" in browser.get(address).content.decode()
    with cast.building():
        Body.objects.filter(pk=other.unit.body_id).update(protected=True)
    protected = TOKEN.sub("", browser.get(address).content.decode())
    with cast.building():
        UnitFunction.objects.filter(unit=other.unit).delete()
    assert TOKEN.sub("", browser.get(address).content.decode()) == protected


def seat(office: Office, since: int, until: int | None = None, of: Person | None = None) -> Person:
    """Seat somebody in the unit from and to so many days before."""
    with cast.building():
        who = of or cast.seat(office.worker.unit)
        kept = {"since": FRIDAY - timedelta(days=since)}
        ends = FRIDAY - timedelta(days=until) if until is not None else None
        if of is None:
            Post.objects.filter(pk=who.post).update(**kept, until=ends)
        else:
            titles = dict.fromkeys(("title_kk", "title_ru", "title_en"), "x")
            Post.objects.create(unit=office.worker.unit, holder_id=of.user, **titles, **kept, until=ends)
    return who


def counted(office: Office) -> tuple[str, str]:
    found = queries.turnover(office.head.enter(), office.worker.unit, FRIDAY)
    assert found is not None
    return found.came, found.left


def test_people_who_came_and_left_within_a_year_are_counted_and_few_are_hidden(office: Office) -> None:
    with cast.building():
        Post.objects.filter(unit=office.worker.unit).update(since=FRIDAY - timedelta(days=900))
    assert counted(office) == ("0", "0")
    seat(office, 500, 400)
    for _each in range(4):
        seat(office, 300, 20)
    assert counted(office) == ("", "")
    seat(office, 300, 20)
    assert counted(office) == ("5", "5")


def test_who_changes_the_seat_within_the_unit_neither_comes_nor_leaves(office: Office) -> None:
    with cast.building():
        Post.objects.filter(unit=office.worker.unit).update(since=FRIDAY - timedelta(days=900))
    for _each in range(5):
        who = seat(office, 900, 100)
        seat(office, 100, of=who)
    assert counted(office) == ("0", "0")


def test_leads_that_changed_hands_because_somebody_left_are_counted_once_a_case(office: Office) -> None:
    for _each in range(5):
        file = office.case()
        for _twice in range(2):
            codes = {"unit": office.worker.unit.pk}
            with act(verb="stand_in_lead", stream=dossier_stream(file), now=domain_now(), codes=codes):
                Case.objects.filter(dossier=file).update(lead_user=office.head.user)
    found = queries.turnover(office.head.enter(), office.worker.unit, FRIDAY)
    assert found is not None
    assert found.leads == "5"


def test_turnover_is_there_for_the_head_and_coordination_and_for_nobody_else(office: Office) -> None:
    unit = office.worker.unit
    assert queries.turnover(office.district.coordinator.enter(), unit, FRIDAY) is not None
    for who in (office.worker, office.stranger, office.district.doctor):
        assert queries.turnover(who.enter(), unit, FRIDAY) is None
    office.stranger.enter()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT workforce.leads_moved(%s, now())", [unit.pk])


def test_the_page_says_under_five(office: Office) -> None:
    seat(office, 10)
    page = cast.browser_of(office.head).get("/workforce/caseload/").content.decode()
    for said in ("The last 12 months", "People who left", "under 5"):
        assert said in page


def test_none_is_told_as_none() -> None:
    assert [hidden(n) for n in (0, 1, 4, 5)] == ["0", "", "", "5"]
