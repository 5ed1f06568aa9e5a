"""A child's plan in the browser: written in two windows, the child's words, what a body owes, the next version."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look
from tests.browser.test_people import PEOPLE, open_case

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
GOAL, WALK = "Nobody shouts at home", "Walk with her to school every day"


@pytest.fixture
def as_person(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as somebody of the district."""

    def signed_in(name: str, *, width: int = DESKTOP, language: str = "en") -> Look:
        window = look(width=width, language=language)
        window.at("/sign-in/").get_by_role("button", name=name).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def day(more: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=more):%d.%m.%Y}"


def sound(window: Look) -> None:
    refused = [words for words in window.complaints if "422" not in words]  # a form that came back is no fault
    assert (window.axe(), window.sideways(), refused) == ([], [], [])


def test_a_plan_is_written_by_two_agreed_and_owed(as_person: Callable[..., Look]) -> None:
    lead = as_person(PEOPLE["coordinator"])
    home = open_case(lead, surname="Оспанова", given="Мөлдір", year="2014")
    page = lead.at(home.replace("/people/", "/plans/").split("#")[0] + "plan/")
    sound(lead)
    page.get_by_role("button", name="Begin the plan").click()
    page.get_by_role("button", name="Add a goal").click()
    sound(lead)
    page.get_by_label("What is to become better?").fill(GOAL)
    page.get_by_label("in the child’s words").check()
    page.get_by_label("What it is about").select_option(label="safety")
    page.get_by_role("button", name="Record").click()
    page.get_by_role("button", name="Add who does what").click()
    page.get_by_label("What will be done?").fill(WALK)
    sound(lead)
    page.get_by_role("button", name="Record").click()
    expect(page.locator("main")).to_contain_text("It is open who does this: " + WALK)
    _two_windows(as_person, page)
    _agreed(lead, page)
    _gone_through(lead, page, as_person)


def _two_windows(as_person: Callable[..., Look], page: Page) -> None:
    """Let the goal be changed in a narrow Kazakh window while it is open here: neither loses a word."""
    address = "/" + page.url.split("/", 3)[3]
    page.get_by_role("link", name="Change the goal").click()
    other = as_person(PEOPLE["coordinator"], width=PHONE, language="kk")
    second = other.at(address)
    sound(other)
    second.get_by_role("link", name="Мақсатты өзгерту").click()
    second.locator("textarea[name=words]").fill("Үйде ешкім айқайламайды")
    # Digits are grouped as Kazakh groups them.
    expect(second.locator(".govuk-character-count__status").first).to_contain_text("3\u00a0977")
    second.get_by_role("button", name="Жазып қою").click()
    page.get_by_label("What is to become better?").fill("Mine")
    page.get_by_role("button", name="Record").click()
    expect(page.locator("main")).to_contain_text("Үйде ешкім айқайламайды")
    expect(page.get_by_label("What is to become better?")).to_have_value("Mine")
    page.get_by_label("What is to become better?").fill(GOAL)
    page.get_by_role("button", name="Record").click()


def _agreed(lead: Look, page: Page) -> None:
    """Complete the action and agree; first with the child's words missing."""
    page.get_by_role("link", name="Change this").click()
    page.get_by_label("Who does it").select_option(index=1)
    page.get_by_label("By which day").fill(day(10))
    page.get_by_role("button", name="Record").click()
    page.get_by_role("button", name="Agree on the plan").click()
    sound(lead)
    page.get_by_label("said yes").first.check()
    page.get_by_label("If no adult who protects the child was asked: why").select_option(index=1)
    page.get_by_role("button", name="Let the plan stand").click()
    expect(page.get_by_role("alert")).to_contain_text("Write what the child says")
    page.get_by_label("What the child says to it").fill("I like it")
    page.get_by_role("button", name="Let the plan stand").click()
    expect(page.locator("main")).to_contain_text("Each body owes its part from now on")
    expect(page.locator("main")).to_contain_text("I like it")
    sound(lead)


def _gone_through(lead: Look, page: Page, as_person: Callable[..., Look]) -> None:
    """Go through it again, read it on a phone in Kazakh, and begin the next version."""
    page.get_by_role("button", name="Go through it again").click()
    sound(lead)
    page.get_by_label("nearer").check()
    page.get_by_label("said yes").check()
    page.get_by_label("Asked, the child said nothing").check()
    page.get_by_role("button", name="Record").click()
    expect(page.locator("main")).to_contain_text("nearer")
    phone = as_person(PEOPLE["coordinator"], width=PHONE, language="kk")
    phone.at("/" + page.url.split("/", 3)[3])
    sound(phone)
    page.get_by_role("button", name="Write the next version").click()
    expect(page.locator("main")).to_contain_text(WALK)
    expect(page.locator("main")).to_contain_text("Version 2")
