"""Going alone on a phone, in Kazakh: one tap in, one tap out; a visit is planned and cancelled; axe finds no fault."""

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


def signed_in(look: Opened, person: str, width: int = DESKTOP, language: str = "kk") -> Look:
    window = look(width=width, language=language)
    window.at("/sign-in/").get_by_role("button", name=person).click()
    expect(window.page.locator("h1")).to_be_visible()
    return window


def test_a_worker_goes_in_and_comes_out_with_one_tap_each(look: Opened, seats: list[Seat]) -> None:
    officer = signed_in(look, OFFICER, PHONE)
    page = officer.at("/visits/")
    assert officer.unsound("/visits/") == []
    page = officer.at("/visits/")
    page.get_by_role("button", name="Қазір кіремін").click()
    expect(page.get_by_role("button", name="Мен аман шықтым")).to_be_visible()
    assert officer.unsound("/visits/") == []
    assert officer.unsound("/visits/out/") == []
    page = officer.at("/visits/")
    page.get_by_role("button", name="30 минутқа ұзарту").click()
    expect(page.get_by_role("button", name="30 минутқа ұзарту")).to_have_count(0)
    page.get_by_role("button", name="Мен аман шықтым").click()
    expect(page.locator("main")).to_contain_text("аман шықты")
    assert officer.unsound("/visits/") == []


def test_a_visit_is_planned_and_cancelled(look: Opened, seats: list[Seat]) -> None:
    coordinator = signed_in(look, PEOPLE["coordinator"], language="en")
    dossier = re.findall(r"[0-9a-f-]{36}", open_case(coordinator, surname="Сапарова", given="Аяна", year="2014"))[0]
    entry = f"/files/{dossier}/entry/"
    assert coordinator.unsound(f"{entry}plan/") == []
    page = coordinator.at(f"{entry}plan/")
    page.get_by_role("button", name="Plan the visit").click()
    expect(page.locator("main")).to_contain_text("Something needs to be put right")
    page.get_by_label("What the visit is for").fill("Үйін көру")
    page.get_by_label("Гүлнар").check()
    page.get_by_label("a dog").check()
    page.get_by_role("button", name="Plan the visit").click()
    expect(page.locator("main")).to_contain_text("Visit of the unit itself")
    assert coordinator.unsound(entry) == []
    page = coordinator.at(entry)
    page.get_by_role("link", name="Cancel the visit").click()
    page.get_by_label("it was not safe to go").check()
    page.get_by_role("button", name="Cancel the visit").click()
    expect(page.locator("main")).to_contain_text("The plan was cancelled")
