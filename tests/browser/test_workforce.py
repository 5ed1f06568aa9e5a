"""The team in the browser: one's load, and the form of a leave; on a phone, too."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from arasha.kernel.worktime.rules.zone import ZONE
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look
from tests.browser.test_people import PEOPLE, open_case

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
PAGES = ("/workforce/caseload/", "/workforce/leave/", "/workforce/leave/new/")


@pytest.fixture
def head(look: Opened, seats: list[Seat]) -> Look:
    """A window signed in as the district's coordinator."""
    window = look(width=DESKTOP, language="en")
    window.at("/sign-in/").get_by_role("button", name=PEOPLE["coordinator"]).click()
    expect(window.page.locator("h1")).to_be_visible()
    return window


def test_a_coordinator_sees_the_load_and_a_leave_says_what_is_missing(head: Look) -> None:
    open_case(head, surname="Сапарова", given="Аяру", year="2013")
    page = head.at("/workforce/caseload/")
    page.locator("main").get_by_role("link", name=PEOPLE["coordinator"]).click()
    expect(page.locator("main")).to_contain_text("Why it weighs so")
    worker = "/" + page.url.split("/", 3)[3]
    page = head.at("/workforce/leave/new/")
    page.get_by_label("First day of the leave").fill("01.01.2020")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_label("First day of the leave")).to_have_value("01.01.2020")
    for address in (worker, *PAGES):
        assert head.unsound(address) == []


def test_two_plan_a_session_and_write_of_it_on_a_phone_in_kazakh(look: Opened, seats: list[Seat]) -> None:
    window = look(width=PHONE, language="kk")
    window.at("/sign-in/").get_by_role("button", name=PEOPLE["coordinator"]).click()
    page = window.at("/workforce/supervision/new/")
    page.get_by_label("Кіммен").select_option(index=1)
    page.get_by_label("Маған супервизия жүргізіледі").check()
    page.get_by_label("Күні").fill(f"{datetime.now(ZONE) + timedelta(days=9):%d.%m.%Y}")
    page.get_by_label("Уақыты").fill("10:00")
    page.get_by_role("button", name="Жоспарлау").click()
    page.get_by_label("Кездесу туралы жазбам").fill("Шаршадым")
    page.get_by_role("button", name="Жазып қою").click()
    expect(page.locator("main")).to_contain_text("Шаршадым")
    session = "/" + page.url.split("/", 3)[3]
    for address in (session, f"{session}move/", "/workforce/supervision/", "/workforce/supervision/new/"):
        assert window.unsound(address) == []
