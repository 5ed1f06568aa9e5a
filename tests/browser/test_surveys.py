"""A class survey in the browser: run by a school's psychologist, answered on telephones that keep nothing."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from arasha.kernel.worktime.queries import domain_now
from arasha.surveys import actions, rules
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, Look, Site, serving

pytestmark = pytest.mark.browser
NUMBER = re.compile(r"\b\d{4} \d{4} \d{4}\b")
Opened = Callable[..., Look]


@contextmanager
def public_site(site: Site) -> Iterator[str]:
    """Serve pupils' pages alone, as the role of the public, from a process that has no sessions."""
    with ExitStack() as stack:
        stack.enter_context(replace(site.database, app=site.database.public).as_default())
        named = "arasha.surveys.tests.test_pupils"
        middleware = ("whitenoise.middleware.WhiteNoiseMiddleware", *public_middleware())
        stack.enter_context(override_settings(ROOT_URLCONF=named, MIDDLEWARE=middleware))
        yield stack.enter_context(serving())


def public_middleware() -> tuple[str, ...]:
    """Return what the process of the public has between a request and a page."""
    from arasha.surveys.tests.test_pupils import PUBLIC  # noqa: PLC0415 - Django is set up by now

    return PUBLIC


@pytest.fixture
def psychologist(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as the school's psychologist."""

    def signed_in(*, width: int = DESKTOP, language: str = "en") -> Look:
        window = look(width=width, language=language)
        window.at("/sign-in/").get_by_role("button", name="Назым Оспанова").click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def begin(window: Look, called: str, age: str) -> tuple[str, list[str]]:
    """Begin a survey on its page, print its slips and open it; return its page and the numbers."""
    page = window.at("/surveys/begin/")
    page.locator("input[name=called]").fill(called)
    page.locator(f"input[name=age][value={age}]").check()
    page.locator("input[name=enrolment]").fill("20")
    page.locator("main form button").click()
    with page.expect_download() as given:
        page.locator("form[action$='/slips/'] button").click()
    content = Path(str(given.value.path())).read_bytes()
    printed = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)
    page.locator("form[action$='/open/'] button").click()
    expect(page.locator("main dl")).to_be_visible()
    return page.url.removeprefix(window.site.url), ["".join(one.split()) for one in NUMBER.findall(printed)]


def looked_at(window: Look, path: str = "") -> None:
    """Hold a page to what every page is held to."""
    if path:
        window.at(path)
    assert window.axe() == []
    assert window.sideways() == []


def send(page: Page) -> None:
    """Press the button that goes on."""
    page.locator("button[name=go][value=next]").click()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_survey_from_the_empty_list_to_its_shares(psychologist: Callable[..., Look], site: Site, width: int) -> None:
    window = psychologist(width=width, language="kk")
    looked_at(window, "/surveys/")
    looked_at(window, "/surveys/begin/")
    page, slips = begin(window, f"7-{width}", "middle")
    assert len(slips) == 20
    looked_at(window)
    with replace(site.database, app=site.database.public).as_default():
        count = len(rules.questionnaire().sheet("middle").questions)
        for place, slip in enumerate(slips[:12]):
            actions.hand_in(actor=None, slip=slip, said=[1 + place % 3] * count, now=domain_now())
    looked_at(window, f"{page}close/")
    window.page.locator("main form button").click()
    expect(window.page.locator(".a-survey__bar").first).to_be_visible()
    looked_at(window)
    for language in ("ru", "en"):
        looked_at(window, f"{page}?language={language}")
    looked_at(window, "/surveys/")
    assert window.complaints == []


@pytest.mark.parametrize(("width", "age"), [(PHONE, "young"), (NARROWEST, "older")])
def test_a_pupil_answers_on_a_telephone_that_keeps_nothing(
    psychologist: Callable[..., Look], look: Opened, site: Site, width: int, age: str
) -> None:
    scripts = width == PHONE
    _page, slips = begin(psychologist(), f"8-{age}", age)
    count = len(rules.questionnaire().sheet(age).questions)
    with public_site(site) as url:
        window = look(width=width, scripts=scripts)
        page = window.page
        for language in ("kk", "ru", "en"):
            page.goto(f"{url}/class/?language={language}")
            assert window.sideways() == []
        page.locator("input[name=slip]").fill("0000 0000 0000")
        page.locator("main form button").click()
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        page.locator("input[name=slip]").fill(rules.shown(slips[0]))
        page.locator("main form button").click()
        for step in range(count + 1):
            expect(page.locator("input[name=step]")).to_have_value(str(step))
            assert window.sideways() == []
            if scripts and step < 3:
                assert window.axe() == []
            if step:
                expect(page.locator(".a-say .govuk-radios__item").first).to_have_css("display", "flex")
                for face in page.locator(".a-face").all():
                    expect(face).to_have_css("width", "48px")
                page.locator("input[type=radio]").nth(step % 4).check()
            send(page)
        expect(page.locator("a[href='tel:111']")).to_be_visible()
        assert window.sideways() == []
        if scripts:
            assert window.axe() == []
        assert page.url.startswith(f"{url}/class/end/")
        assert [one for one in page.context.cookies() if one["name"] != "arasha_language"] == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0 if scripts else True
        page.goto(f"{url}/class/?language=en")
        page.locator("input[name=slip]").fill(slips[0])
        page.locator("main form button").click()
        expect(page.locator(".govuk-error-summary")).to_be_visible()
