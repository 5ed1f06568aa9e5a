"""Telling in a browser: Back leads to the question before, a lost network loses no word, Enter goes on."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker, Settings

from arasha.doors import door
from arasha.doors.views import page as pages
from arasha.evidence.tests import hostile
from arasha.kernel.worktime import actions as worktime
from arasha.kernel.worktime.policy import INSTALLATION
from tests.browser.conftest import serving
from tests.database import ClonedDatabase, use
from tests.public import served

pytestmark = pytest.mark.browser


@pytest.fixture
def address(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, settings: Settings) -> Iterator[str]:
    """Serve the public's pages on loopback as their own process does: its middleware, its URLs, its role."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        worktime.declare_instance(kind="training", actor=INSTALLATION, now=timezone.now())
        connections.close_all()
        use(settings.DATABASES["default"], cloned_database.public)
        served.serve_tests_pages(settings, "127.0.0.1")
        settings.ROOT_URLCONF = "arasha.config.public_urls"
        door.forget_tries()
        pages.forget_places()
        with serving() as address:
            yield address


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    """A phone on the first page, in Russian."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{address}/?language=ru")
    yield page
    context.close()


def press(page: Page, go: str, leads_to: str) -> None:
    page.click(f'main button[name=go][value="{go}"]')
    expect(page.locator("h1")).to_contain_text(leads_to)


def to_the_words(page: Page) -> None:
    page.click("button[value=child]")
    press(page, "on", "Тебе сейчас грозит опасность?")
    page.check("input[value=safe]")
    press(page, "on", "Что происходит?")
    page.check("input[value=neglect]")
    press(page, "on", "Напиши своими словами")


def test_the_browsers_back_leads_to_the_question_before_with_its_answer(phone: Page) -> None:
    to_the_words(phone)
    phone.evaluate("history.back()")
    expect(phone.locator("h1")).to_contain_text("Что происходит?")
    expect(phone.locator("input[value=neglect]")).to_be_checked()


def test_the_history_holds_no_more_than_the_one_address(phone: Page, address: str) -> None:
    before = phone.evaluate("history.length")
    to_the_words(phone)
    assert phone.evaluate("history.length") == before + 1
    assert phone.url == f"{address}/?language=ru"
    assert phone.title() == "Араша"


def test_a_lost_network_loses_no_word(phone: Page) -> None:
    to_the_words(phone)
    phone.fill("textarea", "Мне страшно")
    phone.context.set_offline(True)
    phone.click('main button[name=go][value="on"]')
    expect(phone.locator(".a-unsent")).to_contain_text("Нет связи")
    expect(phone.locator("textarea")).to_have_value("Мне страшно")
    phone.context.set_offline(False)
    press(phone, "on", "Кто не должен об этом знать?")


def test_enter_goes_on_and_does_not_change_the_language(phone: Page) -> None:
    to_the_words(phone)
    press(phone, "skip", "Кто не должен об этом знать?")
    phone.press("input[name=must_not_know]", "Enter")
    expect(phone.locator("h1")).to_contain_text("Где это происходит?")


def test_another_language_keeps_what_is_being_written(phone: Page) -> None:
    to_the_words(phone)
    phone.fill("textarea", "Мне страшно")
    phone.click('header button:has-text("English")')
    expect(phone.locator("h1")).to_contain_text("Tell it in your own words")
    expect(phone.locator("textarea")).to_have_value("Мне страшно")
    assert phone.evaluate("document.documentElement.lang") == "en"


def test_every_step_works_without_scripts(chromium: Browser, address: str, cloned_database: ClonedDatabase) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/?language=ru")
    to_the_words(page)
    for leads_to in ("Кто не", "Где это", "В какой", "Где именно", "О тебе", "Как с тобой", "Хочешь", "Прочитать"):
        press(page, "skip", leads_to)
    press(page, "send", "Мы получили")
    assert page.locator(".a-code--words li").count() == 6
    with psycopg.connect(cloned_database.superuser) as superuser:
        assert superuser.execute("SELECT count(*) FROM doors_letter").fetchall() == [(1,)]
    context.close()


def test_a_photo_is_added_in_the_page_and_a_lost_network_loses_nothing(
    phone: Page, tmp_path: Path, cloned_database: ClonedDatabase
) -> None:
    photo, film = tmp_path / "photo.jpg", tmp_path / "film.mp4"
    photo.write_bytes(hostile.photo("canary"))
    film.write_bytes(hostile.film("canary") + bytes(50_000_001))
    to_the_words(phone)
    for leads_to in ("Кто не", "Где это", "В какой", "Где именно", "О тебе", "Как с тобой", "Хочешь"):
        press(phone, "skip", leads_to)
    phone.set_input_files("input[type=file]", film)
    phone.click("form[enctype] button")
    expect(phone.locator(".a-unsent")).to_contain_text("слишком большой")
    phone.set_input_files("input[type=file]", photo)
    phone.context.set_offline(True)
    phone.click("form[enctype] button")
    expect(phone.locator(".a-unsent")).to_contain_text("Нет связи")
    phone.context.set_offline(False)
    phone.click("form[enctype] button")
    expect(phone.locator(".a-files")).to_contain_text("photo.jpg")
    press(phone, "on", "Прочитать")
    expect(phone.locator("main")).to_contain_text("photo.jpg")
    press(phone, "send", "Мы получили")
    with psycopg.connect(cloned_database.superuser) as superuser:
        sent = "SELECT count(*) FROM doors_parcel WHERE whole AND mailbox_id IS NOT NULL"
        assert superuser.execute(sent).fetchall() == [(1,)]
