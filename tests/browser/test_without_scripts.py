"""A form filled in without JavaScript: what depends on answers, repetitions, another language in the middle of it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import workbooks
from tests.browser.conftest import PHONE, Look
from tests.browser.test_people import open_case

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
OFFICER, LEAD = "Әсел Мұқанова", "Гүлнар Әбдікерімова"


def go(page: Page, wish: str) -> None:
    """Press the button of a form that people see."""
    page.locator(f"main button[name=go][value={wish}]:not([aria-hidden])").click()


def speak(page: Page, language: str) -> None:
    """Choose a language in the menu of a telephone."""
    page.locator(".a-menu > summary").click()
    page.locator(f".a-menu .a-langs button[lang={language}]").click()


def test_a_form_holds_without_scripts(as_person: Opened) -> None:
    window = as_person(OFFICER, width=PHONE, scripts=False)
    page = window.at("/forms/import/")
    file: FilePayload = {"name": "visit.xlsx", "mimeType": workbooks.XLSX, "buffer": workbooks.right()}
    page.locator("input[type=file]").set_input_files(files=[file])
    page.locator("main form button[type=submit]").first.click()
    page.locator(".a-head__actions a").click()
    _a_district_follows_its_region(window)
    _what_became_irrelevant_is_not_asked(window)
    _repetitions_come_and_go(window)
    kept = page.locator("main tbody")
    for words in ("talgar", "Айша", "Мадина"):
        expect(kept).to_contain_text(words)
    for words in ("Үйге қайтудан", "keles", "Әлия"):
        expect(kept).not_to_contain_text(words)
    assert window.sideways() == []


def _a_district_follows_its_region(window: Look) -> None:
    page = window.page
    expect(page.locator(".a-head")).to_contain_text("1-бет, барлығы 3 · Қайда болдыңыз")
    page.get_by_label("Түркістан облысы").check()
    go(page, "refresh")
    page.get_by_label("Келес ауданы").check()
    page.get_by_label("Алматы облысы").check()
    go(page, "refresh")
    expect(page.get_by_label("Келес ауданы")).to_have_count(0)
    page.get_by_label("Талғар ауданы").check()
    # Another language in the middle of a page: nothing that was chosen is lost, and the language stays.
    speak(page, "ru")
    expect(page.locator(".a-head")).to_contain_text("Где вы были")
    expect(page.get_by_label("Алматинская область")).to_be_checked()
    expect(page.get_by_label("Талгарский район")).to_be_checked()
    assert window.sideways() == []
    go(page, "next")
    expect(page.locator(".a-head")).to_contain_text("Безопасность")


def _what_became_irrelevant_is_not_asked(window: Look) -> None:
    page = window.page
    go(page, "next")
    expect(page.get_by_role("alert")).to_contain_text("Выберите ответ")
    page.get_by_label("Нет", exact=True).check()
    go(page, "next")
    page.get_by_label("Чего боится ребёнок").fill("Үйге қайтудан")
    # Enter goes on; it neither changes the language nor goes back.
    page.get_by_label("Чего боится ребёнок").press("Enter")
    expect(page.locator(".a-head")).to_contain_text("Дети в доме")
    go(page, "back")
    expect(page.get_by_label("Чего боится ребёнок")).to_have_value("Үйге қайтудан")
    go(page, "back")
    page.get_by_label("Да", exact=True).check()
    go(page, "next")
    expect(page.locator(".a-head")).to_contain_text("Страница 3 из 3 · Дети в доме")


def _repetitions_come_and_go(window: Look) -> None:
    page = window.page
    for number, name in enumerate(("Айша", "Әлия", "Мадина"), 1):
        page.get_by_role("button", name="Добавить").click()
        page.get_by_role("group", name=f"Ребёнок: {number}").get_by_label("Имя").fill(name)
        page.get_by_role("group", name=f"Ребёнок: {number}").get_by_label("Возраст").fill(str(number * 3))
    page.get_by_role("button", name=re.compile("Ребёнок: 2")).click()
    names = [page.get_by_role("group", name=f"Ребёнок: {n}").get_by_label("Имя").input_value() for n in (1, 2)]
    assert names == ["Айша", "Мадина"]
    expect(page.get_by_text("Детей младше семи лет: 1")).to_be_visible()
    second = page.get_by_role("group", name="Ребёнок: 2").get_by_label("Возраст")
    expect(second).to_have_value("9")
    second.fill("20")
    go(page, "send")
    expect(page.get_by_role("alert")).to_contain_text("От 0 до 17")
    expect(second).to_have_value("20")
    second.fill("6")
    go(page, "refresh")
    expect(page.get_by_text("Детей младше семи лет: 2")).to_be_visible()
    speak(page, "en")
    expect(page.get_by_role("group", name="Child: 2").get_by_label("Name")).to_have_value("Мадина")
    go(page, "send")


def test_what_is_typed_in_a_part_of_an_assessment_stays_when_the_language_changes(as_person: Opened) -> None:
    window = as_person(LEAD, width=PHONE, scripts=False, language="en")
    people = open_case(window, surname="Сапарова", given="Жанель", year="2016")
    home = people.replace("/people/", "/plans/").partition("#")[0]
    page = window.at(f"{home}assessment/")
    page.get_by_label("When the assessment is to be ready").fill(f"{datetime.now(UTC) + timedelta(days=30):%d.%m.%Y}")
    page.get_by_role("button", name="Open the assessment").click()
    page.get_by_label("Social · Saryagash district coordination").check()
    page.get_by_role("button", name="Ask the unit").click()
    page.get_by_role("link", name="Social").click()
    told = page.get_by_label("I told the child", exact=True)
    if told.count():
        told.check()
        page.get_by_role("button", name="Write down that it was done").click()
    page.get_by_role("button", name="Begin this part").click()
    page.locator("input[type=text][name$=seen_on]").fill("20.11.2026")
    speak(page, "kk")
    expect(page.locator("html")).to_have_attribute("lang", "kk")
    expect(page.locator("input[type=text][name$=seen_on]")).to_have_value("20.11.2026")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "kk")
    expect(page.locator("input[type=text][name$=seen_on]")).to_have_value("20.11.2026")
    assert window.sideways() == []
