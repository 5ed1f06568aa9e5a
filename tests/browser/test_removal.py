"""A joint visit asked for, and a removal with a moment alone, in the browser; on a phone, too; axe finds no fault."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look
from tests.browser.test_people import PEOPLE, open_case

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
OFFICER = "Бақыт Жұмабеков"


def signed_in(look: Opened, person: str, width: int = DESKTOP) -> Look:
    window = look(width=width, language="en")
    window.at("/sign-in/").get_by_role("button", name=person).click()
    expect(window.page.locator("h1")).to_be_visible()
    return window


def test_a_visit_is_asked_for_and_a_removal_is_recorded_with_its_moment_alone(look: Opened, seats: list[Seat]) -> None:
    coordinator = signed_in(look, PEOPLE["coordinator"])
    dossier = re.findall(r"[0-9a-f-]{36}", open_case(coordinator, surname="Сапарова", given="Аяру", year="2013"))[0]
    entry, removal = f"/files/{dossier}/entry/", f"/files/{dossier}/removal/"
    page = coordinator.at(entry)
    expect(page.locator("main")).to_contain_text("Your unit may not enter")
    page.get_by_role("button", name="Ask for the visit").click()
    expect(page.locator("main")).to_contain_text("Something needs to be put right")
    page.get_by_label("within 3 days").check()
    page.get_by_label("Why, and what whoever goes must know").fill("Есік ашылмайды")
    page.get_by_role("button", name="Ask for the visit").click()
    expect(page.locator("main")).to_contain_text("Below stands which unit owes the visit")
    assert coordinator.unsound(entry) == []
    officer = signed_in(look, OFFICER, PHONE)
    page = officer.at(removal)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("main")).to_contain_text("asking the kin")
    expect(page.locator("main")).to_contain_text("days are left")
    assert officer.unsound(removal) == []
    for address in (entry, f"{removal}end/", "/removals/"):
        assert officer.unsound(address) == []
    page = coordinator.at("/removals/")
    expect(page.locator("main")).to_contain_text("Аяру")
