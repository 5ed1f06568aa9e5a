"""Consent and sharing in the browser: answered, let read, taken back, the page for the family; on a phone, too."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look
from tests.browser.test_people import PEOPLE, open_case

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
WISH = "Тек психологқа айтыңыз"


@pytest.fixture
def as_coordinator(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as the district's coordinator."""

    def signed_in(*, width: int, language: str) -> Look:
        window = look(width=width, language=language)
        window.at("/sign-in/").get_by_role("button", name=PEOPLE["coordinator"]).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def sound(window: Look) -> None:
    refused = [words for words in window.complaints if "422" not in words]  # a form that came back is no fault
    assert (window.axe(), window.sideways(), refused) == ([], [], [])


def filled(page: Page) -> None:
    """Fill in to whom what is lent, and until when."""
    page.get_by_label("Who would read").select_option(index=1)
    page.get_by_label("To help the family").check()
    for part in ("Contacts", "Health", "Education", "Plan of help"):
        page.get_by_label(part, exact=True).check()
    page.get_by_label("Until which day").fill(f"{datetime.now(UTC) + timedelta(days=60):%d.%m.%Y}")


def test_a_girl_agrees_and_takes_it_back(as_coordinator: Callable[..., Look]) -> None:
    lead = as_coordinator(width=DESKTOP, language="en")
    people = open_case(lead, surname="Ермекова", given="Томирис", year=str(datetime.now(UTC).year - 16))
    address = f"/files/{re.findall(r'[0-9a-f-]{36}', people)[0]}/sharing/"
    page = lead.at(address)
    expect(page.locator("main")).to_contain_text("Urgent help waits for no consent")
    expect(page.locator("main")).to_contain_text("From 14 on the child’s own consent counts")
    sound(lead)
    page.get_by_role("button", name="Write down an answer").click()
    sound(lead)
    filled(page)
    page.get_by_label("What the child wishes").fill(WISH)
    page.get_by_label("How they said it").select_option("Signed on paper")
    page.get_by_label("Who answers").select_option(index=1)
    page.get_by_label("What they say").select_option("Agrees")
    page.get_by_role("button", name="Record").click()
    expect(page.locator("main")).to_contain_text("Tell the child first what stays confidential")
    expect(page.get_by_label("What the child wishes")).to_have_value(WISH)
    sound(lead)
    page.get_by_label("The child was told before").check()
    page.get_by_role("button", name="Record").click()
    expect(page.locator("main")).to_contain_text(WISH)
    page.get_by_role("button", name="Let them read").click()
    expect(page.locator("main")).to_contain_text("The file was opened to it")
    sound(lead)
    phone = as_coordinator(width=PHONE, language="kk")
    for path in ("", "consent/", "without/", "paper/"):
        phone.at(address + path)
        sound(phone)
    _printed(phone, address)
    page.get_by_role("button", name="The consent was taken back").click()
    expect(page.locator("main")).to_contain_text("The consent was withdrawn")
    expect(page.locator("main")).not_to_contain_text("The file was opened to it")
    page.get_by_role("button", name="Share without consent").click()
    page.get_by_label("On which ground").select_option(index=1)
    page.get_by_label("Why, in your words").fill("Danger tonight")
    filled(page)
    page.get_by_role("button", name="Let them read").click()
    expect(page.locator("main")).to_contain_text("The child’s life or health is in danger")
    sound(lead)


def _printed(window: Look, address: str) -> None:
    """Show the page for the girl herself, in Russian, on the phone."""
    page = window.at(f"{address}paper/")
    page.locator("select[name=language]").select_option("ru")
    page.locator("button[value=page]").click()
    expect(page.locator("main")).to_contain_text("Кто читает о вас")
    expect(page.locator("main")).to_contain_text("111")
    expect(page.locator("main")).not_to_contain_text("Томирис")
    sound(window)
