"""Forms in the browser: live with a script, right without one, and nothing written is lost in between."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Page, Route, expect

from arasha.questionnaires.tests import hosting
from tests.browser.conftest import PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]


@pytest.fixture(autouse=True)
def _hosted() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="arasha.questionnaires.tests.hosting"):
        hosting.drafts.clear()
        yield


def sound(window: Look) -> None:
    """Hold a page to what every page must be."""
    assert window.axe() == []
    assert window.sideways() == []
    assert window.complaints == []


def test_a_form_is_live_with_a_script(look: Opened) -> None:
    window = look(width=PHONE)
    page = window.at("/house/live/?page=where")
    expect(page.get_by_text("Show what follows")).to_have_count(0)
    page.get_by_label("north kk").check()
    page.get_by_label("n2 kk").check()
    expect(page.locator("#q-where-region-0")).to_be_checked()
    page.get_by_label("south kk").check()
    expect(page.get_by_label("n2 kk")).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "q-where-region-1", "focus stays where it was"
    sound(window)
    page.goto(re.sub("where$", "people", page.url))
    page.get_by_role("button", name="қосу").click()
    page.locator("#q-people-children-1-age").fill("7")
    page.locator("#q-people-children-1-name").fill("Айгүл")
    page.locator("#q-people-children-1-age").press("Tab")
    expect(page.get_by_label("School kk")).to_be_visible()
    sound(window)


def test_what_is_written_while_the_page_is_drawn_anew_stays(look: Opened) -> None:
    window = look(width=PHONE)
    page = window.at("/house/typed/?page=harm")
    held: list[Route] = []
    page.route("**/house/typed/", lambda route: held.append(route))  # noqa: PLW0108 - it asks functions for their names
    page.get_by_label("yes kk").first.check()
    weight = page.locator("#q-harm-weight")
    weight.click()
    weight.press_sequentially("12")
    page.wait_for_timeout(300)
    assert len(held) == 1, "the page asked to be drawn anew once"
    held.pop().continue_()
    expect(page.get_by_label("How kk")).to_be_visible()
    weight.press_sequentially(",5")
    assert weight.input_value() == "12,5"
    assert page.evaluate("document.activeElement.id") == "q-harm-weight"


def test_a_form_is_right_without_a_script(look: Opened) -> None:
    window = look(width=PHONE, language="ru", scripts=False)
    page = window.at("/house/plain/?page=where")
    page.get_by_label("south ru").check()
    page.get_by_role("button", name="Показать, что следует").click()
    page.get_by_label("s1 ru").check()
    page.get_by_label("Seen on ru").fill("28.11.2026")
    page.get_by_label("Seen on ru").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("this day is still to come ru")
    page.get_by_label("Seen on ru").fill("26.11.2026")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="People ru")).to_be_visible()
    for _ in range(2):
        page.get_by_role("button", name="Добавить").click()
    page.locator("#q-people-children-2-name").fill("Аружан")
    page.get_by_role("button", name=re.compile("Убрать .* 1|Удалить .* 1")).click()
    assert page.locator("#q-people-children-1-name").input_value() == "Аружан"
    assert hosting.drafts["plain"]["where"] == {"region": "south", "district": "s1", "seen": "2026-11-26"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_is_sound_on_a_phone(look: Opened, language: str) -> None:
    window = look(width=PHONE, language=language)
    for form, draft in (("house", f"sound-{language}"), ("child", f"child-{language}")):
        for name in ["where", "people", "harm", "last"] if form == "house" else ["now", "home"]:
            page: Page = window.at(f"/{form}/{draft}/?page={name}")
            if name == "people":
                page.locator("#q-people-children-add").click()
                expect(page.locator("#q-people-children-1-name")).to_be_visible()
            sound(window)
    page = window.at(f"/house/sound-{language}/?page=where")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator("[aria-invalid]").count() == 2
    sound(window)
