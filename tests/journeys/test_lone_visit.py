"""Somebody goes alone and forgets to come out: over HTTP, from one tap to the call of the police and the calm after."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from arasha.care.models import Outing
from arasha.care.tasks import watch
from arasha.care.tests.cast import House, make_house
from arasha.kernel.access.models import Post
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
ONCE = re.compile(r'name="once" value="([^"]+)"')
MINE, OUT = "/visits/", "/visits/out/"


@pytest.fixture
def house(db: None) -> House:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_house()


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_worker_who_does_not_come_out_is_looked_for_until_somebody_reaches_them(house: House) -> None:
    with cast.building():
        head = cast.seat(house.guardian.unit)
        Post.objects.filter(pk=head.post).update(rank="head")
    worker, chief = cast.browser_of(house.guardian), cast.browser_of(head)
    coordinator, centre = cast.browser_of(house.team.district.coordinator), cast.browser_of(house.centre)
    said = {"once": ONCE.findall(page(worker, MINE))[0], "place": "home", "minutes": "15"}
    for _twice in range(2):
        assert worker.post(MINE, said).status_code == 302
    with as_owner():
        row = Outing.objects.get()
    assert "I am out safely" in page(worker, MINE)
    assert worker.post(f"{MINE}longer/").status_code == 302
    assert "Longer by" not in page(worker, MINE)
    found = f"{OUT}{row.pk}/found/"
    assert found in page(chief, OUT)
    assert found not in page(coordinator, OUT)
    for browser in (coordinator, centre, worker):
        assert browser.post(found).status_code == 404
    watch(row.started_at + timedelta(minutes=45 + 15))
    assert found not in page(coordinator, OUT)
    watch(row.started_at + timedelta(minutes=45 + 30))
    assert found in page(coordinator, OUT)
    assert "call the police" not in page(coordinator, OUT)
    watch(row.started_at + timedelta(minutes=45 + 45))
    body = page(coordinator, OUT)
    assert "call the police" in body
    assert house.inspector.unit.name in body
    assert str(house.dossier) not in body
    assert coordinator.post(found).status_code == 302
    assert "Nobody is out alone" in page(chief, OUT)
    assert "was reached" in page(worker, MINE)
    assert worker.post(f"{MINE}safe/").status_code == 302
    assert found not in page(centre, OUT)
