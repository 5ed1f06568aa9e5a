"""Pages of the team: what is not there for the reader answers 404, what was typed comes back."""

from datetime import timedelta

import pytest

from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tests import cast
from arasha.workforce.models import Leave
from arasha.workforce.tests.cast import Office, has
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script>"'
LOAD, NEW = "/workforce/caseload/", "/workforce/leave/new/"


def day(more: int) -> str:
    return f"{domain_now().date() + timedelta(days=more):%d.%m.%Y}"


def test_a_head_gives_cases_from_the_page_and_pressing_twice_gives_them_once(office: Office) -> None:
    file = office.case(child_called=HOSTILE)
    browser = cast.browser_of(office.head)
    here = f"{LOAD}?worker={office.worker.user}"
    body = browser.get(here).content.decode()
    assert "&lt;script&gt;" in body
    assert HOSTILE not in body
    empty = browser.post(here, {"worker": office.third.user})
    assert empty.status_code == 422
    said = {"worker": office.third.user, "dossiers": [str(file)]}
    assert "1 case was given" in browser.post(here, said, follow=True).content.decode()
    assert has(file) == office.third.user
    assert browser.post(here, said).status_code == 422
    assert browser.post(here, {"worker": "x", "dossiers": ["y"]}).status_code == 422


def test_a_worker_sees_themselves_alone(office: Office) -> None:
    file = office.case()
    browser = cast.browser_of(office.worker)
    assert "Аяру" in browser.get(LOAD).content.decode()
    assert browser.get(f"{LOAD}?worker={office.third.user}").status_code == 404
    said = {"worker": office.third.user, "dossiers": [str(file)]}
    assert browser.post(LOAD, said).status_code == 404
    for who in (office.stranger, office.district.doctor):
        for address in (LOAD, f"{LOAD}?worker={office.worker.user}", f"{LOAD}?unit={office.worker.unit.pk}"):
            assert cast.browser_of(who).get(address).status_code in {403, 404}


def test_coordination_sees_the_units_of_its_district_and_a_wrong_number_is_nothing(office: Office) -> None:
    browser = cast.browser_of(office.district.coordinator)
    assert browser.get(f"{LOAD}?unit={office.worker.unit.pk}").status_code == 200
    for wrong in ("x", "9" * 30, "-1", "٦", "0"):
        assert browser.get(f"{LOAD}?worker={wrong}").status_code in {200, 404}
        assert browser.get(f"{LOAD}?unit={wrong}").status_code in {200, 404}
    assert browser.get(f"{LOAD}?unit={office.stranger.unit.pk}").status_code == 404


def test_a_leave_is_planned_noted_and_called_off(office: Office) -> None:
    file = office.case()
    browser = cast.browser_of(office.worker)
    form = browser.get(NEW).content.decode()
    assert "First day of the leave" in form
    said = {"once": "00000000-0000-4000-8000-000000000001", "worker": office.worker.user}
    said |= {"first_on": day(1), "last_on": day(5), "substitute": office.colleague.user}
    past = browser.post(NEW, said | {"first_on": day(-1)})
    assert past.status_code == 422
    assert "This day has passed" in past.content.decode()
    with as_owner():
        assert not Leave.objects.exists()
    there = browser.post(NEW, said).headers["Location"]
    assert browser.post(NEW, said).headers["Location"] == there
    address = f"{there}of/{file}/"
    assert browser.post(address, {"seen": "0", "fears": HOSTILE, "due": "Бару"}).status_code == 302
    body = browser.get(there).content.decode()
    assert "&lt;script&gt;" in body
    assert HOSTILE not in body
    stale = browser.post(address, {"seen": "0", "due": "Басқа"})
    assert stale.status_code == 422
    assert "Басқа" in stale.content.decode()
    for who in (office.third, office.colleague):
        assert cast.browser_of(who).get(address).status_code == 404
        assert cast.browser_of(who).post(there).status_code == 404
        assert cast.browser_of(who).get(there).status_code == 200
    for page in (there, address):
        assert cast.browser_of(office.district.coordinator).get(page).status_code == 404
    assert browser.post(there, follow=True).status_code == 200
    assert "called off" in browser.get(there).content.decode()


def test_the_list_shows_what_comes_and_what_is_past(office: Office) -> None:
    office.plan()
    browser = cast.browser_of(office.third)
    assert "30.11" not in browser.get("/workforce/leave/?shown=past").content.decode()
    assert "planned" in browser.get("/workforce/leave/").content.decode()
