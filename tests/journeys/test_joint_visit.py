"""A centre may not go to a family: it asks over HTTP, who may enter owes the visit in hours, goes, and is read."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from arasha.care.models import Visit
from arasha.care.tests.cast import House, make_house
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
ONCE = re.compile(r'name="once" value="([^"]+)"')


@pytest.fixture
def house(db: None) -> House:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_house()


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_centre_without_right_of_entry_gets_a_visit_made_by_one_that_has_it(house: House) -> None:
    centre, address = cast.browser_of(house.centre), f"/files/{house.dossier}/entry/"
    body = page(centre, address)
    assert "Your unit may enter only with consent" in body
    assert house.inspector.unit.name in body
    said = {"once": ONCE.findall(body)[0], "urgency": "today", "words": "Есікті ашпайды, иті бар"}
    for _twice in range(2):
        assert centre.post(address, said).status_code == 302
    with as_owner():
        visit = Visit.objects.get()
        duty = Obligation.objects.get(about=visit.pk)
    assert duty.unit_id == house.inspector.unit.pk
    inspector, record = cast.browser_of(house.inspector), f"/visits/{visit.pk}/"
    assert "Есікті ашпайды" in page(inspector, address)
    page(centre, record, 404)
    went = {"once": ONCE.findall(page(inspector, record))[0], "facts": "Үй жылы, тамақ бар", "opinion": ""}
    now = datetime.now(UTC)
    went |= {"day": f"{now:%d.%m.%Y}", "clock": "00:00", "door": "let_in", "seen": "seen_alone", "home": "fit"}
    assert inspector.post(record, went).status_code == 302
    body = page(centre, address)
    assert "Үй жылы" in body
    assert "the child was spoken to alone" in body
    with as_owner():
        assert Obligation.objects.get(pk=duty.pk).state in {"met", "met_late"}
    for who in (house.barred, house.team.outsider):
        page(cast.browser_of(who), address, 404)
        page(cast.browser_of(who), record, 404)
    assert "Есікті ашпайды" not in page(cast.browser_of(house.team.teacher), address)
