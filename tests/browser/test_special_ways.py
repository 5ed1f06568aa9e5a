"""A child who may harm themselves, and a refused statement: report, signal, file and their pages in Kazakh."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = pytest.mark.browser
PEOPLE = {"doctor": "Айгүл Сейітқызы", "coordinator": "Гүлнар Әбдікерімова"}


@pytest.fixture
def as_person(look: Callable[..., Look], seats: list[Seat]) -> Callable[..., Look]:
    """Open a window in Kazakh signed in as somebody of the district."""

    def signed_in(login: str, *, width: int) -> Look:
        window = look(width=width, language="kk")
        window.page.goto(f"{window.site.url}/sign-in/")
        window.page.get_by_role("button", name=PEOPLE[login]).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def tell(page: Page, child: str) -> None:
    """Fill in the report: the required answers are left out on purpose."""
    page.locator("input[name=concerns][value=self_harm]").check()
    page.locator("input[name=concerns][value=bullying]").check()
    page.locator("input[name=dangers][value=child_afraid]").check()
    page.locator("input[name=statement][value=refused]").check()
    page.locator("input[name=pressure]").check()
    page.locator("input[name=child_called]").fill(child)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_every_page_of_it_can_be_read_and_nobody_is_named_until_somebody_is(
    as_person: Callable[..., Look], width: int
) -> None:
    faults: dict[str, list[str]] = {}
    teller = as_person("doctor", width=width)
    page = teller.at("/signals/report/")
    faults["report"] = [*teller.axe(), *teller.sideways()]
    child = f"Аяру {'Кіші' if width == PHONE else 'Үлкен'}"
    tell(page, child)
    page.locator("form.a-report button[type=submit]:not([name])").click()
    expect(page.locator("h1")).to_have_text("Хабарыңыз қабылданды")
    lead = as_person("coordinator", width=width)
    page = lead.at("/signals/")
    page.locator("main tr, main li", has_text=child).locator("a").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    faults["signal"] = [*lead.axe(), *lead.sideways()]
    page.get_by_role("alert").get_by_role("button").click()
    faults["company"] = [*lead.axe(), *lead.sideways()]
    page.locator("input[name=name]").fill("Гүлсім апай")
    page.locator("input[name=role][value=relative]").check()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("Гүлсім апай")
    faults["file"] = [*lead.axe(), *lead.sideways()]
    page.locator("a[href$='/hindrance/']").first.click()
    faults["hindrance"] = [*lead.axe(), *lead.sideways()]
    assert {name: found for name, found in faults.items() if found} == {}
