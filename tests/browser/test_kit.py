"""The kit page shows every component: what is sound there is sound on every screen that uses it."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, Look

pytestmark = pytest.mark.browser
LANGUAGES = ("kk", "ru", "en")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_kazakh(look: Callable[..., Look], width: int, scheme: str) -> None:
    window = look(width=width, scheme=scheme)
    window.at("/kit/")
    assert window.axe() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_scrolls_sideways_on_the_narrowest_screen(look: Callable[..., Look], language: str) -> None:
    window = look(width=NARROWEST, language=language)
    window.at("/kit/")
    assert window.sideways() == []


def test_the_browser_complains_about_nothing(look: Callable[..., Look]) -> None:
    window = look()
    page = window.at("/kit/")
    page.wait_for_selector(".js-enabled")
    assert window.complaints == []


def test_kazakh_letters_come_from_our_font(look: Callable[..., Look]) -> None:
    page = look().at("/kit/")
    line = "«Әділ Һәкімұлы Іңкәр Ғұмырқызының өтінішін Ұлытауда күтеді» ₸ №"
    missing = page.evaluate(
        """async line => {
            const font = '500 16px "Golos Text Variable"';
            await document.fonts.load(font, line);
            const width = family => {
                const canvas = document.createElement('canvas').getContext('2d');
                return letter => { canvas.font = `40px ${family}`; return canvas.measureText(letter).width; };
            };
            const ours = [width('"Golos Text Variable", monospace'), width('"Golos Text Variable", serif')];
            return [...new Set(line)].filter(letter => ours[0](letter) !== ours[1](letter));
        }""",
        line,
    )
    assert missing == []


def test_changing_the_language_keeps_the_page(look: Callable[..., Look]) -> None:
    page = look(language="kk").at("/kit/?sort=due")
    page.locator("header .a-langs button[lang=ru]").first.click()
    assert page.locator("html").get_attribute("lang") == "ru"
    assert page.url.endswith("/kit/?sort=due")


def test_everything_is_reached_without_javascript(look: Callable[..., Look]) -> None:
    window = look(width=PHONE, scripts=False)
    page = window.page
    page.goto(window.site.url + "/kit/")
    page.locator(".a-menu > summary").click()
    assert page.locator(".a-menu__body .moj-side-navigation a").first.is_visible()
    page.locator(".a-menu__body button[lang=en]").click()
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_page_for_what_is_not_there_is_sound_in_kazakh(look: Callable[..., Look], width: int) -> None:
    window = look(width=width)
    window.at("/no-such-page/")
    assert window.axe() == []
    assert window.sideways() == []


def test_a_first_visit_weighs_at_most_150_kb_and_a_later_one_30(look: Callable[..., Look]) -> None:
    window = look()
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        body = response.body()
        weights[response.url.rsplit("/", 1)[-1]] = len(body if response.url.endswith("woff2") else gzip.compress(body))

    window.page.on("response", weigh)
    window.at("/kit/")
    window.page.wait_for_load_state("networkidle")
    assert any(name.endswith(".woff2") for name in weights)
    assert sum(weights.values()) <= 150_000, weights
    assert weights[""] <= 30_000, weights


def test_printing_leaves_out_what_paper_cannot_use(look: Callable[..., Look]) -> None:
    page = look().at("/kit/")
    page.emulate_media(media="print")
    for selector in (".a-top", ".a-rail", ".govuk-button >> nth=0", ".a-theme"):
        assert not page.locator(selector).first.is_visible()
    assert page.locator(".a-tl").first.is_visible()
