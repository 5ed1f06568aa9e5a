"""The directory in the browser: a coordinator enters a centre, its worker answers on a phone, the answer is taken."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look, Site, public_site

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
KEEPER = "Гүлнар Әбдікерімова"


@pytest.fixture
def keeper(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as the district's coordinator."""

    def signed_in(*, width: int = DESKTOP, language: str = "kk") -> Look:
        window = look(width=width, language=language)
        window.at("/sign-in/").get_by_role("button", name=KEEPER).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def looked_at(window: Look, path: str = "") -> None:
    """Hold a page to what every page is held to."""
    if path:
        window.at(path)
    assert window.axe() == []
    assert window.sideways() == []


def entered(window: Look) -> str:
    """Enter a centre with a site and an offering in Kazakh; returns its page."""
    page = window.at("/services/keep/add/")
    looked_at(window)
    page.select_option("select[name=kind]", "family_support")
    page.fill("input[name=name_kk]", "«Мейірім» отбасын қолдау орталығы")
    page.check("input[name=ownership][value=state]")
    page.click("main form button.govuk-button")
    looked_at(window)
    page.fill("input[name=phone]", "12")
    page.fill("input[name=day_0]", "9–18")
    page.click("main form button.govuk-button >> nth=0")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    looked_at(window)
    page.fill("input[name=phone]", "8 725 372 11 22")
    page.fill("input[name=address_kk]", "Исмаилов көшесі, 1")
    page.click("main form button.govuk-button >> nth=0")
    page.select_option("select[name=service]", "family_support")
    looked_at(window)
    page.click("main form button.govuk-button")
    expect(page.locator("main h3")).to_contain_text("Отбасын қолдау")
    looked_at(window)
    return page.url.removeprefix(window.site.url)


def test_a_centre_is_entered_asked_again_and_its_answer_taken(
    keeper: Callable[..., Look], look: Opened, site: Site
) -> None:
    window = keeper()
    entry = entered(window)
    window.page.click("form[action$='/link/'] button")
    link = window.page.locator("main code").inner_text()
    looked_at(window)
    with public_site(site) as url:
        phone = look(width=PHONE)
        page = phone.page
        address = f"{url}/p/{link.rstrip('/').rpartition('/')[2]}/"
        for language in ("ru", "en", "kk"):
            page.goto(f"{address}?language={language}")
            looked_at(phone)
        page.click("summary")
        page.fill("input[name=address_kk]", "Абай көшесі, 5")
        page.fill("input[name=web]", "x")
        page.click("button[value=change]")
        expect(page.locator(".govuk-error-message").first).to_be_visible()
        looked_at(phone)
        page.fill("input[name=web]", "")
        page.click("button[value=change]")
        expect(page.locator("h1")).to_contain_text("Рақмет")
        looked_at(phone)
        page.goto(f"{address}?language=kk")
        expect(page.locator("h1")).to_contain_text("ештеңе ашпайды")
    page = window.at(entry)
    page.click("a[href*='/proposals/']")
    looked_at(window)
    for place in (0, 1):
        page.select_option(f"select[name=line-{place}]", "take")
    page.click("main form button.govuk-button >> nth=0")
    expect(page.locator("main")).to_contain_text("Абай көшесі, 5")
    # The browser itself complains of the form that was sent with a wrong number.
    assert [one for one in window.complaints if "422" not in one] == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_list_and_the_package_hold_on_every_screen(keeper: Callable[..., Look], width: int, language: str) -> None:
    window = keeper(width=width, language=language)
    for path in ("/services/keep/", "/services/keep/?words=nothing", "/services/package/"):
        looked_at(window, path)
    assert window.complaints == []
