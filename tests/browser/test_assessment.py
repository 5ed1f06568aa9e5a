"""A child assessed together, in the browser: asked, told first, typed and kept live, with two windows open."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look
from tests.browser.test_people import PEOPLE, open_case

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]


@pytest.fixture
def as_person(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as somebody of the district."""

    def signed_in(name: str, *, width: int = DESKTOP, language: str = "en") -> Look:
        window = look(width=width, language=language)
        window.at("/sign-in/").get_by_role("button", name=name).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def kept(page: Page) -> None:
    """Wait until the page says that what was typed is kept."""
    expect(page.get_by_role("status")).to_contain_text("Saved,")


def test_a_part_is_asked_told_first_typed_and_kept_without_a_button(as_person: Callable[..., Look]) -> None:
    lead = as_person(PEOPLE["coordinator"])
    people = open_case(lead, surname="Сапарова", given="Аяру", year="2013")
    home = people.replace("/people/", "/plans/").split("#")[0] + "assessment/"
    page = lead.at(home)
    page.get_by_label("When the assessment is to be ready").fill(f"{datetime.now(UTC) + timedelta(days=30):%d.%m.%Y}")
    page.get_by_role("button", name="Open the assessment").click()
    page.get_by_label("Social · Saryagash district coordination").check()
    page.get_by_role("button", name="Ask the unit").click()
    expect(page.locator("h1")).to_have_text("1 part of the assessment is owed")
    assert (lead.axe(), lead.sideways()) == ([], [])
    page.get_by_role("link", name="Social").click()
    expect(page.locator("h1")).to_contain_text("tell the child what is confidential")
    assert (lead.axe(), lead.sideways()) == ([], [])
    page.get_by_label("I told the child", exact=True).check()
    page.get_by_role("button", name="Write down that it was done").click()
    page.get_by_role("button", name="Begin this part").click()
    page.get_by_label("When the child was last seen").press_sequentially("20.11.2026")
    kept(page)
    assert (lead.axe(), lead.complaints) == ([], [])
    page.reload()
    expect(page.get_by_label("When the child was last seen")).to_have_value("20.11.2026")
    _two_windows(as_person, page)


def _two_windows(as_person: Callable[..., Look], page: Page) -> None:
    """Open the same page in a second window and in a narrow one, and let both write."""
    address = "/" + page.url.split("/", 3)[3]
    other = as_person(PEOPLE["coordinator"], width=PHONE, language="kk")
    second = other.at(address)
    assert (other.axe(), other.sideways()) == ([], [])
    page.get_by_label("When the child was last seen").fill("21.11.2026")
    kept(page)
    second.locator("input[type=text][name$=seen_on]").fill("22.11.2026")
    expect(second.get_by_role("status").get_by_role("link")).to_be_visible()
    second.get_by_role("status").get_by_role("link").click()
    expect(second.locator("main")).to_contain_text("21.11.2026")
    expect(second.locator("main")).to_contain_text("22.11.2026")
    assert other.axe() == []
    page.reload()
    page.get_by_role("button", name="Take what the other window wrote").click()
    expect(page.get_by_label("When the child was last seen")).to_have_value("22.11.2026")
