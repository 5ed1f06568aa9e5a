"""The frames that other screens fill: sign-in and public pages, the menu on a phone, every error page."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from arasha.ui import views
from arasha.ui.forms import SampleForm
from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, Look, Scheme, Site

pytestmark = pytest.mark.browser
BASES = {
    "public": "{% extends 'ui/public_base.html' %}{% block title %}Т{% endblock %}",
    "sign_in": "{% extends 'ui/sign_in_base.html' %}{% block title %}Т{% endblock %}"
    "{% block heading_text %}Өзіңіз екеніңізді растаңыз{% endblock %}",
}
HEADINGS = {"public": "<h1 class='govuk-heading-l'>Не болды?</h1>", "sign_in": ""}


LIVE = (
    "{% extends 'ui/wide_base.html' %}{% block content %}<div hx-get='/part/' hx-trigger='load'></div>"
    "<div hx-get='https://www.gov.kz/part/' hx-trigger='load'></div>"
    "<div hx-get='/part/' hx-trigger='load[1 == 1]'></div>{% endblock %}"
)


def shown(look: Look, base: str, language: str = "kk") -> None:
    """Answer /shown/ with a page made from a base, under the policy that real pages have."""
    content = HEADINGS[base] + "<form>{{ form }}<button class='govuk-button'>Жіберу</button></form>"
    request = RequestFactory().get("/shown/")
    with translation.override(language):
        template = engines["django"].from_string(f"{BASES[base]}{{% block content %}}{content}{{% endblock %}}")
        html = template.render({"form": SampleForm()}, request)
    serve(look, html)


def serve(look: Look, html: str) -> None:
    """Answer /shown/ with this page and open it."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
    look.page.route("**/shown/", lambda route: route.fulfill(body=html, headers=headers))
    look.at("/shown/")


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_kazakh(look: Callable[..., Look], base: str, width: int, scheme: Scheme) -> None:
    window = look(width=width, scheme=scheme)
    shown(window, base)
    assert window.axe() == []
    assert window.complaints == []


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_scrolls_sideways_on_the_narrowest_screen(look: Callable[..., Look], base: str, language: str) -> None:
    window = look(width=NARROWEST, language=language)
    shown(window, base, language)
    assert window.sideways() == []


def test_escape_three_times_leaves_a_public_page(look: Callable[..., Look]) -> None:
    window = look()
    window.page.route("https://www.gov.kz/**", lambda route: route.fulfill(body="elsewhere"))
    shown(window, "public")
    window.page.wait_for_selector(".js-enabled")
    for _ in range(3):
        window.page.keyboard.press("Escape")
    window.page.wait_for_url("https://www.gov.kz/**")


def test_a_public_page_loads_neither_our_font_nor_a_cookie(look: Callable[..., Look]) -> None:
    window = look()
    window.page.context.clear_cookies()
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    shown(window, "public")
    assert not [address for address in asked if "woff" in address or "arasha." in address]
    assert window.page.context.cookies() == []


@pytest.mark.parametrize("name", ["400", "403", "404", "413", "429", "500", "503", "form_expired"])
def test_an_error_page_is_sound_in_kazakh(look: Callable[..., Look], site: Site, name: str) -> None:
    request = RequestFactory().get("/")
    html = views.error_page(request, 400, page=name).content
    window = look(width=PHONE)
    window.page.route("**/shown/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    window.at("/shown/")
    assert window.axe() == []
    assert window.sideways() == []


def test_the_menu_of_a_phone_is_sound_when_open(look: Callable[..., Look]) -> None:
    window = look(width=PHONE)
    window.at("/kit/").locator(".a-menu > summary").click()
    assert window.axe() == []
    assert window.sideways() == []


def test_a_page_that_renews_its_parts_asks_only_us_and_evaluates_nothing(look: Callable[..., Look]) -> None:
    window = look()
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    window.page.route("**/part/", lambda route: route.fulfill(body="<p class='came'>мәтін</p>"))
    serve(window, engines["django"].from_string(LIVE).render({"live": True}, RequestFactory().get("/shown/")))
    window.page.wait_for_selector(".came")
    assert not [address for address in asked if "gov.kz" in address]
    assert sorted(complaint.split(",")[0] for complaint in window.complaints) == [
        "htmx:evalDisallowedError",
        "htmx:invalidPath",
    ]
