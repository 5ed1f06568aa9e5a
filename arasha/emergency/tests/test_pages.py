"""Pages of emergencies: declared by coordination, said by each body, read by all who work there."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from arasha.emergency import actions
from arasha.emergency.models import Emergency, Standing
from arasha.emergency.policy import NotAllowed
from arasha.emergency.rules import EmergencySaid, Faulty, StandingSaid
from arasha.kernel.access.rules import NotThere
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NATION, District, Person
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HERE = "/emergencies/"


def said(**more: Any) -> EmergencySaid:
    today = local(datetime.now(UTC)).date()
    given: dict[str, Any] = {"territory": DISTRICT, "kind": "epidemic", "ground": "Order 1", "first_on": today}
    return EmergencySaid(**{**given, "last_on": today + timedelta(days=10), **more})


def declared(who: Person, **more: Any) -> Any:
    return actions.declare(actor=who.enter(), ticket=uuid4(), said=said(**more), now=datetime.now(UTC))


@pytest.fixture
def district(db: None) -> District:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return cast.make_district()


def typed(**more: str) -> dict[str, str]:
    today = local(datetime.now(UTC)).date()
    last = today + timedelta(days=10)
    given = {"once": str(uuid4()), "territory": DISTRICT, "kind": "epidemic", "ground": "Order 1"}
    return given | {"first_on": f"{today:%d.%m.%Y}", "last_on": f"{last:%d.%m.%Y}"} | more


def test_coordination_declares_and_everybody_there_reads_one_line_above_every_page(district: District) -> None:
    form = typed()
    browser = cast.browser_of(district.coordinator)
    there = browser.post(f"{HERE}declare/", form)
    assert there.status_code == 302
    assert browser.post(f"{HERE}declare/", form).headers["Location"] == there.headers["Location"]
    with as_owner():
        assert Emergency.objects.count() == 1
        assert Act.objects.filter(verb="declare_emergency").count() == 1
    inspector = cast.browser_of(district.inspector)
    assert "Emergency until" in inspector.get("/obligations/").content.decode()
    assert "Emergency until" not in cast.browser_of(district.neighbour).get("/obligations/").content.decode()
    assert "Emergency until" not in cast.browser_of(district.region).get("/obligations/").content.decode()


def test_the_same_is_not_declared_twice_at_once(district: District) -> None:
    declared(district.coordinator)
    with pytest.raises(actions.AlreadyDeclared):
        declared(district.region)
    page = cast.browser_of(district.coordinator).post(f"{HERE}declare/", typed())
    assert page.status_code == 422
    assert "declared for this territory already" in page.content.decode()


def test_nobody_declares_for_a_place_that_is_not_theirs(district: District) -> None:
    with pytest.raises(NotAllowed):
        declared(district.coordinator, territory=NATION)
    with pytest.raises(NotAllowed):
        declared(district.inspector)
    assert cast.browser_of(district.inspector).get(f"{HERE}declare/").status_code == 404
    made = declared(district.coordinator)
    assert cast.browser_of(district.inspector).post(f"{HERE}{made}/end/").status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [({"kind": "war"}, "kind"), ({"ground": " "}, "ground"), ({"ground": "x" * 501}, "ground")],
)
def test_what_can_not_stand_is_refused(district: District, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Faulty) as refused:
        declared(district.coordinator, **change)
    assert refused.value.field == field


def test_an_emergency_lasts_90_days_at_most(district: District) -> None:
    first = said().first_on
    with pytest.raises(Faulty):
        declared(district.coordinator, last_on=first + timedelta(days=90))
    assert declared(district.coordinator, last_on=first + timedelta(days=89))


def test_who_says_nothing_is_not_known_and_stands_first(district: District) -> None:
    made = declared(district.coordinator)
    browser = cast.browser_of(district.coordinator)
    assert "Not known (3)" in browser.get(f"{HERE}{made}/").content.decode()
    until = f"{said().last_on:%d.%m.%Y}"
    form = {"once": str(uuid4()), "state": "closed", "until": until, "instead": ""}
    inspector = cast.browser_of(district.inspector)
    for _twice in range(2):
        assert inspector.post(f"{HERE}{made}/body/", form).status_code == 302
    with as_owner():
        assert Standing.objects.count() == 1
    page = browser.get(f"{HERE}{made}/").content.decode()
    assert "Not known (2)" in page
    assert "Nobody was named" in page
    only = browser.get(f"{HERE}{made}/?shown=closed&after=x").content.decode()
    assert district.inspector.unit.code in only
    assert district.doctor.unit.code not in only


def test_a_body_speaks_for_itself_and_coordination_for_all(district: District) -> None:
    made = declared(district.coordinator)
    other = f"{HERE}{made}/body/?unit={district.doctor.unit.pk}"
    assert cast.browser_of(district.inspector).get(other).status_code == 404
    assert cast.browser_of(district.neighbour).get(f"{HERE}{made}/body/").status_code == 404
    assert cast.browser_of(district.coordinator).get(other).status_code == 200
    given = StandingSaid(district.doctor.unit.pk, "open", said().last_on)
    with pytest.raises(NotAllowed):
        say(district.inspector, made, given)
    with pytest.raises(NotThere):
        say(district.neighbour, made, StandingSaid(district.neighbour.unit.pk, "open", said().last_on))


def say(who: Person, emergency: Any, given: StandingSaid) -> None:
    now = datetime.now(UTC)
    actions.say_standing(actor=who.enter(), ticket=uuid4(), emergency=emergency, said=given, now=now)


def test_only_a_body_of_the_same_function_stands_in(district: District) -> None:
    made, own = declared(district.coordinator), district.inspector.unit.pk
    with pytest.raises(Faulty):
        say(district.inspector, made, StandingSaid(own, "closed", said().last_on, district.doctor.unit.pk))
    with pytest.raises(Faulty):
        say(district.inspector, made, StandingSaid(own, "open", said().last_on, district.neighbour.unit.pk))
    say(district.inspector, made, StandingSaid(own, "closed", said().last_on, district.neighbour.unit.pk))


def test_an_emergency_that_was_ended_stays_and_nothing_more_is_said_in_it(district: District) -> None:
    made = declared(district.coordinator)
    browser = cast.browser_of(district.coordinator)
    for _twice in range(2):
        assert browser.post(f"{HERE}{made}/end/").status_code == 302
    with as_owner():
        assert Act.objects.filter(verb="end_emergency").count() == 1
    with pytest.raises(actions.EmergencyOver):
        say(district.inspector, made, StandingSaid(district.inspector.unit.pk, "open", said().last_on))
    assert "Epidemic" in browser.get(f"{HERE}?shown=past").content.decode()
    assert "There is no emergency here" in browser.get(HERE).content.decode()
    assert browser.get(f"{HERE}{uuid4()}/").status_code == 404


def test_a_protected_body_stands_on_no_list_and_speaks_for_itself_alone(district: District) -> None:
    with cast.building():
        refuge = cast.seat(cast.make_unit("refuge", DISTRICT, "juvenile_inspection"))
    pk = declared(district.coordinator)
    assert refuge.unit.name in cast.browser_of(district.coordinator).get(f"{HERE}{pk}/").content.decode()
    assert refuge.unit.name in cast.browser_of(district.inspector).get(f"{HERE}{pk}/body/").content.decode()
    with cast.building():
        type(refuge.unit.body).objects.filter(pk=refuge.unit.body_id).update(protected=True)
    address = f"{HERE}{pk}/"
    for reader in (district.coordinator, district.inspector):
        assert refuge.unit.name not in cast.browser_of(reader).get(address).content.decode()
    form = f"{address}body/"
    assert cast.browser_of(district.coordinator).get(f"{form}?unit={refuge.unit.pk}").status_code == 404
    assert refuge.unit.name not in cast.browser_of(district.inspector).get(form).content.decode()
    assert cast.browser_of(refuge).get(form).status_code == 200
