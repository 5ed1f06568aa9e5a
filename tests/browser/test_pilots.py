"""Pilots in the browser: what nobody decided about stands on top and is decided, in Kazakh, on a phone too."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from arasha.kernel.worktime.rules import local
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
KEEPER = "Гүлнар Әбдікерімова"
FORMS = ("evaluate", "extend", "decide", "correct", "change", "services")


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


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "kk"), (PHONE, "kk"), (NARROWEST, "ru"), (DESKTOP, "en")])
def test_the_register_and_its_forms_hold_on_every_screen(
    keeper: Callable[..., Look], width: int, language: str
) -> None:
    window = keeper(width=width, language=language)
    looked_at(window, "/pilots/")
    first = window.page.locator("tbody tr").first
    page = str(first.locator("a").get_attribute("href"))
    looked_at(window, page)
    for form in FORMS:
        looked_at(window, f"{page}{form}/")
    looked_at(window, "/pilots/add/")
    window.page.locator("main form[method=post] button.govuk-button").click()
    expect(window.page.locator(".govuk-error-summary")).to_be_visible()
    looked_at(window)
    looked_at(window, "/pilots/?words=zzz")


def test_from_the_red_line_to_the_decision_by_keyboard(keeper: Callable[..., Look]) -> None:
    window = keeper(width=PHONE)
    page = window.at("/services/package/")
    page.get_by_role("link", name="Пилоттық жобалар").click()
    expect(page.locator("tbody tr").first.locator(".govuk-tag--red")).to_be_visible()
    page.locator("tbody tr a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("Жаңа туған"))
    page.get_by_role("button", name="Шешімді жазу").or_(page.get_by_role("link", name="Шешімді жазу")).first.click()
    page.check("input[name=decision][value=stop]")
    page.fill("input[name=on]", f"{local(timezone.now()).date() - timedelta(days=1):%d.%m.%Y}")
    page.fill("textarea[name=said]", "Бюджет қаралмады")
    page.fill("input[name=document]", "Бұйрық № 9")
    page.locator("main form[method=post] button.govuk-button").click()
    expect(page.locator(".govuk-error-summary a[href='#id_afterwards']")).to_be_visible()
    looked_at(window)
    page.fill("textarea[name=afterwards]", "Отбасыларға емхана көмектеседі")
    page.locator("main form[method=post] button.govuk-button").click()
    expect(page.locator("main")).to_contain_text("Отбасыларға емхана көмектеседі")
    expect(page.locator("a[href='/plans/handing-over/']")).to_be_visible()
    looked_at(window)
    window.at("/pilots/")
    expect(page.locator(".govuk-tag--red")).to_have_count(0)
