"""The pages of duties in the browser: on a phone and on a desk, for who owes and for who decides, without barriers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from arasha.kernel.worktime.queries import domain_now
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = pytest.mark.browser
PEOPLE = {"inspector": "Дәурен Сейітқали", "coordinator": "Гүлнар Әбдікерімова"}
Opened = Callable[..., Look]


@pytest.fixture
def as_person(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as somebody of the district."""

    def signed_in(login: str, *, width: int = DESKTOP, language: str = "en") -> Look:
        window = look(width=width, language=language)
        page = window.at("/sign-in/")
        page.get_by_role("button", name=PEOPLE[login]).click()
        expect(page.locator("h1")).to_be_visible()
        return window

    return signed_in


def test_who_owes_asks_for_time_and_who_decides_reads_why(as_person: Callable[..., Look]) -> None:
    inspector = as_person("inspector", width=DESKTOP, language="kk")
    page = inspector.at("/obligations/")
    assert (inspector.axe(), inspector.sideways()) == ([], [])
    page.locator("tbody a").first.click()
    address = page.url
    assert (inspector.axe(), inspector.sideways()) == ([], [])
    page.locator("#askform_reason").select_option("child_away")
    page.locator("#askform_words").fill("Қыз жұмаға дейін Шымкентте.")
    page.locator("#askform_until").fill(f"{domain_now() + timedelta(days=4):%d.%m.%Y}")
    page.locator("form[action$='/ask/'] button").click()
    expect(page.locator("#asked")).to_be_visible()
    for width, language in ((PHONE, "ru"), (DESKTOP, "en")):
        coordinator = as_person("coordinator", width=width, language=language)
        coordinator.page.goto(address)
        expect(coordinator.page.locator("#asked")).to_contain_text("Шымкентте")
        assert (coordinator.axe(), coordinator.sideways()) == ([], [])
        assert coordinator.complaints == []
    assert inspector.complaints == []
