"""The forms of a file in the browser: a rapid safety form on a phone in Kazakh, and a screening that rings."""

import re
from collections.abc import Callable

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


def to_the_end(page: Page) -> None:
    """Go on, page by page, and hand the form in."""
    for _page in range(12):
        send = page.locator(".govuk-button[value=send]")
        if send.count():
            with page.expect_navigation():
                send.click()
            break
        with page.expect_navigation():
            page.locator(".govuk-button[value=next]").click()


def test_safety_is_judged_on_a_phone_in_kazakh_and_a_screening_with_danger_rings(
    as_person: Callable[..., Look],
) -> None:
    lead = as_person(PEOPLE["coordinator"])
    home = open_case(lead, surname="Сапарова", given="Аяру", year="2013").replace("/people/", "/files/").split("#")[0]
    phone = as_person(PEOPLE["coordinator"], width=PHONE, language="kk")
    page = phone.at(f"{home}forms/")
    assert (phone.axe(), phone.sideways()) == ([], [])
    page.locator("button[value=safety_rapid]").click()
    assert (phone.axe(), phone.sideways()) == ([], [])
    _answer_what_must_be(page)
    expect(page).to_have_url(re.compile(r"/files/forms/[0-9a-f-]{36}/$"))
    assert (phone.axe(), phone.sideways()) == ([], [])

    page = phone.at(f"{home}forms/")
    page.locator("button[value=suicide_risk]").click()
    page.locator("input[name$=harm_today][value=no]").check()
    with page.expect_navigation():
        page.locator(".govuk-button[value=next]").click()
    page.locator("input[name$=thoughts][value=today]").check()
    page.locator("input[name$=plan][value=when]").check()
    to_the_end(page)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("main")).to_contain_text("103")
    assert (phone.axe(), phone.sideways()) == ([], [])
    # The browser itself tells of an answer that was missing; of nothing else does it.
    assert all("422" in one for one in phone.complaints)
    page = lead.at(home)
    expect(page.get_by_role("alert")).to_contain_text("Nobody is named as staying with the child")


def _answer_what_must_be(page: Page) -> None:
    """Go through the form; where an answer must be given, say that it is not known."""
    for _try in range(12):
        to_the_end(page)
        if "check=1" not in page.url:
            return
        for group in page.locator("fieldset:has(.govuk-error-message)").all():
            known = group.locator("input[value=not_known]")
            (known if known.count() else group.locator("input[type=radio]").last).check()
    raise AssertionError("the form can't be handed in")
