"""An emergency in the browser: declared on a phone in Kazakh, said of by a body, one line above every page, ended."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look
from tests.browser.test_people import PEOPLE

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]


def sound(window: Look) -> None:
    refused = [words for words in window.complaints if "422" not in words]  # a form that came back is no fault
    assert (window.axe(), window.sideways(), refused) == ([], [], [])


@pytest.fixture
def as_coordinator(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as the district's coordinator."""

    def signed_in(*, width: int, language: str) -> Look:
        window = look(width=width, language=language)
        window.at("/sign-in/").get_by_role("button", name=PEOPLE["coordinator"]).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def test_frost_is_declared_a_body_closes_and_the_line_goes_with_the_frost(as_coordinator: Callable[..., Look]) -> None:
    phone = as_coordinator(width=PHONE, language="kk")
    page = phone.at("/emergencies/")
    expect(page.locator("main")).to_contain_text("Мұнда төтенше жағдай жоқ")
    sound(phone)
    page = phone.at("/emergencies/declare/")
    page.get_by_role("button", name="Жазу").click()
    sound(phone)
    page.get_by_label("Түрі").select_option("frost")
    page.get_by_label("Қай акті бойынша").fill("Аудан әкімінің 5-шешімі, 20.11.2026")
    today = datetime.now(UTC)
    page.get_by_label("Бірінші күн").fill(f"{today - timedelta(days=1):%d.%m.%Y}")
    page.get_by_label("Соңғы күн").fill(f"{today + timedelta(days=20):%d.%m.%Y}")
    page.get_by_role("button", name="Жазу").click()
    expect(page.locator("h1")).to_contain_text("Қатты аяз")
    expect(page.locator(".a-standing")).to_contain_text("Төтенше жағдай")
    sound(phone)
    desk = as_coordinator(width=DESKTOP, language="en")
    page = desk.at("/obligations/")
    page.locator(".a-standing a").click()
    sound(desk)
    page.get_by_role("link", name="Say how my body works").click()
    page.get_by_label("Closed").check()
    sound(desk)
    page.get_by_role("button", name="Record it").click()
    expect(page.locator("main")).to_contain_text("Nobody was named: the body above it")
    sound(desk)
    page.get_by_role("button", name="End the emergency").click()
    expect(page.locator(".a-standing")).to_have_count(0)
    sound(desk)
