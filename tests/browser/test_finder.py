"""A parent in a village looks for help on a phone; where the phone is goes nowhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import yaml
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker, Settings

from arasha.doors import door
from arasha.doors.views import page as pages
from arasha.kernel.access.actions import system
from arasha.kernel.worktime import actions as worktime
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.web import demonstration
from arasha.web.directory import enter_directory
from tests.browser.conftest import NARROWEST, PHONE, Look, Site, serving
from tests.database import ClonedDatabase, use
from tests.public import served

pytestmark = pytest.mark.browser
# In the village of Abai; the last digits stand in no file.
HERE = {"latitude": 41.3467123, "longitude": 69.0298765}
SARYAGASH, TURKISTAN = "615400000", "610000000"
Opened = Callable[..., Any]


@pytest.fixture
def site(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, settings: Settings) -> Iterator[Site]:
    """Serve the public's pages over the demonstration's directory, as their own process does."""
    plan = yaml.safe_load((demonstration.DATA / "demonstration_directory.yaml").read_text(encoding="utf-8"))
    with django_db_blocker.unblock(), cloned_database.as_default():
        worktime.declare_instance(kind="training", actor=INSTALLATION, now=timezone.now())
        with system("demonstration") as actor:
            enter_directory(actor=actor, plan=plan, now=timezone.now())
        connections.close_all()
        use(settings.DATABASES["default"], cloned_database.public)
        served.serve_tests_pages(settings, "127.0.0.1")
        settings.ROOT_URLCONF = "arasha.config.public_urls"
        door.forget_tries()
        pages.forget_places()
        with serving() as address:
            yield Site(address, cloned_database)


@contextmanager
def phone(chromium: Browser, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """Open a phone, and note all that it sends."""
    context = chromium.new_context(viewport={"width": PHONE, "height": 844}, is_mobile=True, has_touch=True, **options)
    page, sent = context.new_page(), list[str]()
    page.set_default_timeout(90_000)
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''} {request.headers}"))
    yield page, sent
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_parent_finds_the_nearest_help_for_a_child_of_six_in_kazakh(
    site: Site, chromium: Browser, scripts: bool
) -> None:
    with phone(chromium, java_script_enabled=scripts) as (page, _sent):
        page.goto(f"{site.url}/")
        page.get_by_role("link", name="Жақын жердегі көмек").click()
        page.select_option("[name=r]", TURKISTAN)
        page.fill("[name=a]", "6")
        page.select_option("[name=s]", "kk")
        page.locator("main form button[type=submit]").click()
        page.select_option("[name=p]", SARYAGASH)
        page.locator("main form button[type=submit]").click()
        expect(page.locator(".a-place").first).to_be_visible()
        page.get_by_text("Қандай көмек керек, кімге").click()
        page.select_option("[name=n]", "6")
        page.locator("main form button[type=submit]").click()
        cards = page.locator(".a-place")
        expect(cards.get_by_role("heading", name="Сарыағаш отбасын қолдау орталығы").first).to_be_visible()
        expect(cards.locator("a[href='tel:+7-72537-0-00-01']").first).to_be_visible()
        assert "Сарыағаш" in page.locator("#found-title").inner_text()
        assert "parenting" not in page.url
        assert page.title() == "Араша"


def test_where_the_phone_is_stands_in_no_request(site: Site, chromium: Browser) -> None:
    with phone(chromium, geolocation=HERE, permissions=["geolocation"]) as (page, sent):
        page.goto(f"{site.url}/help/?language=en")
        page.get_by_role("button", name="Find my district").click()
        expect(page.locator("#found-title")).to_contain_text("Saryagash")
        expect(page.locator(".a-km").first).to_contain_text("about 1 km")
        far = [int(words.split()[1]) for words in page.locator(".a-km").all_inner_texts() if words.strip(" ·")]
        assert far == sorted(far)
        assert len(far) > 1
        page.get_by_role("button", name="Show how far it is").click()
        expect(page.get_by_text("The nearest first, by the straight line.")).to_be_visible()
        assert f"p={SARYAGASH}" in page.url
        kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])")
    whole = "\n".join(sent) + kept + page.url
    for digits in ("41.3", "69.02", "69.03", "3467", "0298"):
        assert digits not in whole
    assert any(f"p={SARYAGASH}" in one for one in sent)


def test_a_phone_that_does_not_say_where_it_is_is_told_what_to_do(site: Site, chromium: Browser) -> None:
    with phone(chromium, permissions=[]) as (page, _sent):
        page.goto(f"{site.url}/help/?language=ru")
        page.evaluate("() => { navigator.geolocation.getCurrentPosition = (found, failed) => failed({code: 1}); }")
        page.locator("[data-near] button").click()
        expect(page.get_by_text("Телефон не сообщил, где он находится.")).to_be_visible()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_is_wrong_with_the_pages_on_a_phone(site: Site, look: Opened, language: str) -> None:
    for width in (NARROWEST, PHONE, 1280):
        for path in (
            "/help/?",
            f"/help/?p={SARYAGASH}&",
            f"/help/?p={SARYAGASH}&a=x&",
            "/help/?p=150000000&n=17&",
            f"/help/list/?p={SARYAGASH}&",
        ):
            window: Look = look(width=width, language=language)
            window.at(f"{path}language={language}")
            assert window.sideways() == [], path
            if width != PHONE:
                assert window.axe() == [], path
            assert [words for words in window.complaints if "422" not in words] == []
