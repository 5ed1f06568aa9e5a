"""Reporting, the receipt and triage in the browser: on a phone, by keyboard, without scripts, in three languages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, Look

pytestmark = pytest.mark.browser
PEOPLE = {
    "doctor": "Айгүл Сейітқызы",
    "psychologist": "Назым Оспанова",
    "coordinator": "Гүлнар Әбдікерімова",
}


@pytest.fixture
def as_person(look: Callable[..., Look], seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as somebody of the district."""

    def signed_in(login: str, *, width: int = DESKTOP, language: str = "en", scripts: bool = True) -> Look:
        window = look(width=width, language=language, scripts=scripts)
        page = window.page
        page.goto(f"{window.site.url}/sign-in/")
        page.get_by_role("button", name=PEOPLE[login]).click()
        expect(page.locator("h1")).to_be_visible()
        return window

    return signed_in


def answer_what_is_needed(page: Page) -> None:
    """Fill in the three answers that a report needs."""
    page.locator("input[name=concerns][value=neglect]").check()
    page.locator("input[name=safe_now][value=no]").check()
    page.locator("input[name=suspect_has_access][value=yes]").check()


def test_a_place_marked_on_the_figure_is_described_and_sent_without_any_script(
    as_person: Callable[..., Look],
) -> None:
    window = as_person("doctor", width=PHONE, scripts=False)
    page = window.page
    page.goto(f"{window.site.url}/signals/report/")
    answer_what_is_needed(page)
    page.get_by_label("What you saw or heard").fill("She holds her arm.")
    page.locator("label[for=region-front_chest] path").click()
    assert page.locator("#region-front_chest").is_checked()
    page.get_by_role("button", name="Describe the marked places").click()
    page.get_by_label("What was seen").select_option("bruise")
    page.get_by_label("Size, cm").fill("3×1")
    expect(page.get_by_label("What you saw or heard")).to_have_value("She holds her arm.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("h1")).to_have_text("Your report has been received")


def test_the_list_of_places_works_by_keyboard_and_the_figure_shows_where_one_is(
    as_person: Callable[..., Look],
) -> None:
    window = as_person("doctor", width=PHONE)
    page = window.at("/signals/report/")
    page.locator(".a-bodymap summary").focus()
    page.keyboard.press("Enter")
    page.locator("#region-front_face").focus()
    page.keyboard.press("Space")
    assert page.locator("#region-front_face").is_checked()
    shape = page.locator(".a-body__shape--front_face")
    assert shape.evaluate("e => getComputedStyle(e).strokeWidth") == "3px"
    page.locator("#region-front_mouth").focus()
    assert shape.evaluate("e => getComputedStyle(e).strokeWidth") == "4px"


def test_the_code_of_a_receipt_opens_it_and_stands_in_no_address(
    as_person: Callable[..., Look], look: Callable[..., Look]
) -> None:
    sender = as_person("psychologist", width=PHONE)
    page = sender.at("/signals/report/")
    answer_what_is_needed(page)
    page.get_by_label("A phrase that only you know").fill("blue hills 1987")
    page.get_by_role("button", name="Send the report").click()
    code = page.locator(".a-receipt__code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{6}(-[0-9A-Z]{6}){2}", code)
    assert code not in page.url
    reader = look(width=PHONE, language="en")
    reader.page.context.clear_cookies()
    shown = reader.at("/receipt/?language=en")
    shown.get_by_label("Code of the receipt").fill(code.lower().replace("-", " "))
    shown.get_by_label("Your phrase").fill("Blue hills 1987")
    shown.get_by_role("button", name="Show the receipt").click()
    expect(shown.locator("main")).to_contain_text("A report about a child was received on")
    assert shown.url.endswith("/receipt/?language=en")
    assert shown.context.cookies() == []
    assert reader.axe() == []
    assert reader.sideways() == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_pages_are_accessible_in_kazakh(
    as_person: Callable[..., Look], look: Callable[..., Look], width: int
) -> None:
    window = as_person("doctor", width=width, language="kk")
    faults = {}
    page = window.at("/signals/report/")
    page.locator("label[for=region-front_chest] path").click()
    page.locator("button[name=show][value=injuries]").click()
    faults["report"] = [*window.axe(), *window.sideways()]
    page.locator("button[type=submit]:not([name])").last.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    faults["errors"] = [*window.axe(), *window.sideways()]
    public = look(width=width, language="kk")
    public.at("/receipt/?language=kk")
    faults["receipt"] = [*public.axe(), *public.sideways()]
    lead = as_person("coordinator", width=width, language="kk")
    page = lead.at("/signals/")
    faults["queue"] = [*lead.axe(), *lead.sideways()]
    page.goto(lead.site.url + (page.locator("td a").first.get_attribute("href") or ""))
    faults["signal"] = [*lead.axe(), *lead.sideways()]
    subjects = [link.get_attribute("href") or "" for link in page.locator("aside a[href^='/cases/']").all()]
    base = subjects[0].rsplit("/", 2)[0]
    for subject in ("safety", "words", "household", "concerns", "documents", "lead"):
        lead.at(f"{base}/{subject}/")
        faults[subject] = [*lead.axe(), *lead.sideways()]
    for subject in ("risk", "safety-plan", "eligibility"):
        lead.at(f"{base.replace('/cases/', '/plans/')}/{subject}/")
        faults[subject] = [*lead.axe(), *lead.sideways()]
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_page_scrolls_sideways_on_the_narrowest_phone(
    as_person: Callable[..., Look], look: Callable[..., Look], language: str
) -> None:
    window = as_person("doctor", width=NARROWEST, language=language)
    window.at("/signals/report/")
    assert window.sideways() == []
    public = look(width=NARROWEST, language=language)
    public.at(f"/receipt/?language={language}")
    assert public.sideways() == []
    lead = as_person("coordinator", width=NARROWEST, language=language)
    lead.at("/signals/")
    assert lead.sideways() == []
