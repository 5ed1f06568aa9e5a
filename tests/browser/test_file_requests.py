"""Requests for files in the browser: taken down, listed, ended without a file; on a phone, too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, Look
from tests.browser.test_people import PEOPLE

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]


@pytest.fixture
def coordinator(look: Opened, seats: list[Seat]) -> Look:
    """A window signed in as the district's coordinator."""
    window = look(width=DESKTOP, language="en")
    window.at("/sign-in/").get_by_role("button", name=PEOPLE["coordinator"]).click()
    expect(window.page.locator("h1")).to_be_visible()
    return window


def test_a_request_is_taken_down_listed_and_ended(coordinator: Look) -> None:
    page = coordinator.at("/requests/new/")
    page.get_by_label("As what they ask").select_option("A parent or carer")
    page.get_by_label("Who asks", exact=True).fill("Ерлан Сапаров")
    page.get_by_label("About which child").fill("Аяру")
    page.get_by_label("What they ask for").fill("Барлығы")
    page.get_by_role("button", name="Record").click()
    expect(page.locator("main, .govuk-notification-banner, [role=status]").first).to_be_visible()
    page = coordinator.at("/requests/")
    page.get_by_role("link", name="Ерлан Сапаров").click()
    address = "/" + page.url.split("/", 3)[3]
    for path in ("/requests/", "/requests/new/", "/requests/year/", address):
        assert coordinator.unsound(path) == []
    page = coordinator.at(address)
    page.get_by_role("button", name=re.compile("There is no file")).click()
    expect(page.locator("main")).to_contain_text("No file was found")


def test_a_courts_letter_is_taken_down_with_its_days_and_what_is_wrong_stands_at_its_field(coordinator: Look) -> None:
    page = coordinator.at("/requests/new/")
    page.get_by_label("As what they ask").select_option("A court")
    page.get_by_label("Who asks", exact=True).fill("Аудандық сот")
    page.get_by_label("About which child").fill("Аяру")
    page.get_by_label("What they ask for").fill("Барлығы")
    page.get_by_label("Incoming number").fill("12-05/345")
    page.get_by_label("Day of the letter").fill("20.11.2025")
    page.get_by_label("Answer wanted by").fill("19.11.2025")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("alert")).to_contain_text("can’t be before the day of the letter")
    expect(page.get_by_label("Incoming number")).to_have_value("12-05/345")
    page.get_by_label("Answer wanted by").fill("27.11.2025")
    page.get_by_role("button", name="Record").click()
    page = coordinator.at("/requests/")
    page.get_by_role("link", name="Аудандық сот").click()
    expect(page.locator("main")).to_contain_text("27.11.2025")
    address = "/" + page.url.split("/", 3)[3]
    for path in (address, "/requests/year/"):
        assert coordinator.unsound(path) == []
    for name in ("The table as a file (Excel)", "Each request of the year, for your registry (Excel)"):
        with page.expect_download() as given:
            coordinator.at("/requests/year/").get_by_role("link", name=name).click()
        assert given.value.suggested_filename.endswith(".xlsx")
