"""A real browser's forms pass the public's door, with scripts and without, and it brings and keeps nothing."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker, Settings

from arasha.doors import door
from arasha.doors.rules.flood import Allowance, Buckets
from arasha.kernel.worktime import actions as worktime
from arasha.kernel.worktime.policy import INSTALLATION
from tests.browser.conftest import serving
from tests.database import ClonedDatabase
from tests.public import served

pytestmark = pytest.mark.browser


@pytest.fixture
def public_site(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, settings: Settings
) -> Iterator[str]:
    with django_db_blocker.unblock(), cloned_database.as_default():
        worktime.declare_instance(kind="training", actor=INSTALLATION, now=timezone.now())
        served.serve_tests_pages(settings, "127.0.0.1")
        with serving() as address:
            yield address


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_is_taken_and_what_was_too_much_is_sent_again_with_one_press(
    public_site: str, chromium: Browser, scripts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(door.BUCKETS, "tell", Buckets(Allowance(burst=1, every=1)))
    context = chromium.new_context(java_script_enabled=scripts, locale="ru-RU")
    context.add_cookies([{"name": "arasha_session", "value": "of-the-staff", "url": public_site}])
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    for expected in ("told", "many"):
        page.goto(f"{public_site}/form/?language=ru")
        page.fill("input[name=words]", "my brother")
        page.click("main button")
        if expected == "told":
            # A true origin, although the header forbids referrers: the page allows them to ourselves alone.
            assert page.inner_text("body") == f"told my brother from {public_site} with -"
            context.clear_cookies()
    assert page.get_by_role("heading", name="Слишком много попыток за короткое время").is_visible()
    assert page.locator("a[href='tel:111']").is_visible()
    page.wait_for_timeout(1200)
    page.click("main button")
    assert page.inner_text("body").startswith("told my brother from ")
    assert context.cookies() == []
    assert {url.split("/")[2] for url in asked} == {public_site.removeprefix("http://")}
    context.close()
