"""A report from an institution, who else must be thought of, one's ties: on a phone and a desk."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = pytest.mark.browser
PEOPLE = {"doctor": "Айгүл Сейітқызы", "coordinator": "Гүлнар Әбдікерімова"}


@pytest.fixture
def as_person(look: Callable[..., Look], seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as somebody of the district."""

    def signed_in(login: str, *, width: int = DESKTOP, language: str = "kk", scripts: bool = True) -> Look:
        window = look(width=width, language=language, scripts=scripts)
        window.page.goto(f"{window.site.url}/sign-in/")
        window.page.get_by_role("button", name=PEOPLE[login]).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def fill(page: Page) -> None:
    """Fill in what a report of an institution needs."""
    page.locator("input[name=concerns][value=physical]").check()
    page.locator("input[name=safe_now][value=no]").check()
    page.locator("input[name=suspect_has_access][value=yes]").check()
    page.locator("select[name=happened_in]").select_option("orphanage")
    page.locator("input[name=place_called]").fill("№ 3 балалар үйі")
    page.locator("input[name=suspect][value=under_14]").check()
    page.locator("input[name=child_called]").fill("Айнұр")


def kept(window: Look, name: str) -> None:
    """Keep a picture where somebody asks for pictures."""
    if place := os.environ.get("ARASHA_PICTURES"):
        window.page.screenshot(path=str(Path(place) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_report_from_an_institution_is_told_and_worked_on(as_person: Callable[..., Look], width: int) -> None:
    window = as_person("doctor", width=width)
    page = window.at("/signals/report/")
    expect(page.locator("input[name=place_called]")).to_be_hidden()
    fill(page)
    expect(page.locator("input[name=place_called]")).to_be_visible()
    assert (window.axe(), window.sideways()) == ([], [])
    kept(window, f"report-{width}")
    page.locator("form.a-report button[type=submit]").last.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/signals/report/")
    desk = as_person("coordinator", width=width)
    page = desk.at("/signals/")
    page.locator("main :is(tr, li)", has_text="Айнұр").locator("a[href^='/signals/']").first.click()
    expect(page.locator("main")).to_contain_text("№ 3 балалар үйі")
    assert (desk.axe(), desk.sideways()) == ([], [])
    kept(desk, f"signal-{width}")
    page.locator("a[href$='/considered/']").first.click()
    page.locator("input[name=kind][value=child]").check()
    page.locator("input[name=called]").fill("3Б сыныбы")
    page.locator("input[name=known][value=group]").check()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("3Б сыныбы")
    assert (desk.axe(), desk.sideways()) == ([], [])
    kept(desk, f"considered-{width}")
    page.locator("select[name=way]").select_option("talked")
    page.locator("select[name=reason]").select_option("named_now")
    page.locator("form:has(select[name=way]) button").click()
    expect(page.locator("select[name=way]")).to_have_count(0)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_page_of_ties_fits_and_says_once_what_is_missing(
    as_person: Callable[..., Look], width: int, language: str
) -> None:
    window = as_person("coordinator", width=width, language=language)
    window.at("/account/ties/?q=14")
    assert (window.axe(), window.sideways()) == ([], [])
    kept(window, f"ties-{width}-{language}")
    window.page.locator("main form[method=post] button[type=submit]").last.click()
    expect(window.page.locator(".govuk-error-summary")).to_have_count(1)
    assert (window.axe(), window.sideways()) == ([], [])
    kept(window, f"ties-refused-{width}-{language}")


def test_the_procedure_stands_on_its_page(as_person: Callable[..., Look]) -> None:
    window = as_person("coordinator", width=PHONE)
    window.at("/procedures/institution_violence/1/")
    expect(window.page.locator("h1")).to_contain_text("Мекемедегі")
    assert (window.axe(), window.sideways()) == ([], [])
