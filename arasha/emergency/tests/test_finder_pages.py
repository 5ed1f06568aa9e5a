"""What a worker and a parent read in the finder while an emergency holds, and how conditions are lifted on a page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client, override_settings

from arasha.emergency import actions
from arasha.emergency.models import Lifting
from arasha.emergency.rules import EmergencySaid, StandingSaid
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, REGION, District, Person
from arasha.plans.tests.offered import COUNSELLING, offering, works_for
from tests.database import as_owner

pytestmark = pytest.mark.django_db
CLOSED, NOT_ASKED = "Closed for now: emergency", "not asked while the emergency holds"


@pytest.fixture
def district(db: None) -> District:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return cast.make_district()


def worker_of(district: District, name: str, *conditions: str) -> Person:
    offered = offering(district.coordinator, name, replace(COUNSELLING, conditions=list(conditions)))
    with cast.building():
        worker = cast.seat(cast.make_unit(name, DISTRICT, "family_support"))
    works_for(worker, offered)
    return worker


def declared(district: District) -> UUID:
    now = datetime.now(UTC)
    today = local(now).date()
    said = EmergencySaid(DISTRICT, "epidemic", "Order 5", today, today + timedelta(days=9))
    return actions.declare(actor=district.coordinator.enter(), ticket=uuid4(), said=said, now=now)


def say(worker: Person, emergency: UUID, state: str) -> None:
    now = datetime.now(UTC)
    said = StandingSaid(worker.unit.pk, state, local(now).date())
    actions.say_standing(actor=worker.enter(), ticket=uuid4(), emergency=emergency, said=said, now=now)


def test_worker_and_parent_read_who_is_closed_last_and_who_works_at_a_distance(district: District) -> None:
    first, second = worker_of(district, "A centre"), worker_of(district, "B centre")
    emergency = declared(district)
    say(first, emergency, "closed")
    say(second, emergency, "remote")
    page = cast.browser_of(district.doctor).get(f"/services/?place={DISTRICT}").content.decode()
    assert page.index("B centre") < page.index("A centre") < page.rindex(CLOSED)
    assert "Works at a distance for now" in page
    with override_settings(ROOT_URLCONF="arasha.doors.tests.urls"):
        page = Client().get("/help/", {"language": "en", "r": REGION, "p": DISTRICT}).content.decode()
    assert page.index("B centre") < page.index("A centre")
    assert CLOSED in page
    assert "Works at a distance for now" in page
    assert "data-last" in page


def test_coordination_lifts_on_a_page_and_it_is_struck(district: District) -> None:
    worker_of(district, "A centre", "referral", "papers")
    emergency = declared(district)
    here = f"/emergencies/{emergency}/conditions/"
    browser = cast.browser_of(district.coordinator)
    assert browser.get(here).status_code == 200
    form = {"once": str(uuid4()), "lifted": ["papers", "registration"]}
    for _twice in range(2):
        assert browser.post(here, form).status_code == 302
    with as_owner():
        assert Lifting.objects.count() == 1
    assert "checked" in browser.get(here).content.decode()
    assert "Only for those registered here" in browser.get(f"/emergencies/{emergency}/").content.decode()
    struck = f"<s>The child&#x27;s papers are asked for</s>: {NOT_ASKED}"
    assert struck in cast.browser_of(district.doctor).get("/services/").content.decode()
    with override_settings(ROOT_URLCONF="arasha.doors.tests.urls"):
        public = Client().get("/help/", {"language": "en", "r": REGION, "p": DISTRICT}).content.decode()
    assert struck in public
    assert browser.post(here, {"once": str(uuid4()), "lifted": ["sober"]}).status_code == 422
    for other in (district.inspector, district.neighbour):
        assert cast.browser_of(other).get(here).status_code == 404
        assert cast.browser_of(other).post(here, form).status_code == 404
    assert browser.get(f"/emergencies/{uuid4()}/conditions/").status_code == 404
    assert browser.post(f"/emergencies/{emergency}/end/").status_code == 302
    assert browser.post(here, {"once": str(uuid4()), "lifted": []}).status_code == 422
    assert NOT_ASKED not in cast.browser_of(district.doctor).get("/services/").content.decode()
