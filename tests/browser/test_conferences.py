"""A sitting in the browser: asked for, put on the agenda, decided without quorum, minuted; on a phone, too."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, Look
from tests.browser.test_people import PEOPLE, open_case

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]


@pytest.fixture
def keeper(look: Opened, seats: list[Seat]) -> Look:
    """A window signed in as the district's coordinator, who holds the demonstration's sitting."""
    window = look(width=DESKTOP, language="en")
    window.at("/sign-in/").get_by_role("button", name=PEOPLE["coordinator"]).click()
    expect(window.page.locator("h1")).to_be_visible()
    return window


def path(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3].split("#")[0].split("?")[0]


def test_a_case_is_asked_for_decided_and_minuted(keeper: Look) -> None:
    people = open_case(keeper, surname="Сапарова", given="Аяру", year="2013")
    dossier = re.findall(r"[0-9a-f-]{36}", people)[0]
    page = keeper.at(f"/conferences/of/{dossier}/ask/")
    page.get_by_label("Who should speak about it").select_option("Saryagash district coordination")
    page.get_by_label("It can’t wait for the next ordinary sitting").check()
    page.get_by_role("button", name="Ask for it").click()
    expect(page.locator("main")).to_contain_text("Asked for, not on an agenda yet")
    page = keeper.at("/conferences/")
    expect(page.locator("main")).to_contain_text("Asked of your unit")
    page.get_by_role("link", name="Multidisciplinary team, sitting 1").click()
    sitting = path(page)
    expect(page.locator("#proposed")).to_contain_text("An urgent decision is needed")
    page.get_by_role("button", name=re.compile("^Put on the agenda.*TRK")).click()
    page.get_by_role("link", name="Сапарова Аяру").click()
    item = path(page)
    _heard(page)
    _decided(page)
    _minuted(page)
    minutes = path(page)
    for address in ("/conferences/", "/conferences/new/", "/conferences/secretary/", sitting, item, minutes):
        assert keeper.unsound(address) == []
    assert keeper.unsound(f"/conferences/of/{dossier}/") == []


def _heard(page: Page) -> None:
    """Say nothing at first: the page keeps what was typed and says at its field what is missing."""
    page.get_by_label("Asked now").check()
    page.get_by_label("The child’s words").fill("Әжемде қалғым келеді")
    page.locator("#child form button").click()
    expect(page.locator("#child")).to_contain_text("Choose one.")
    expect(page.get_by_label("The child’s words")).to_have_value("Әжемде қалғым келеді")
    page.get_by_label("Who may hear these words? The child decides.").select_option("Everybody present")
    page.locator("#child form button").click()
    expect(page.locator("#child blockquote")).to_have_text("Әжемде қалғым келеді")


def _decided(page: Page) -> None:
    """Nobody came, and it is decided: it is urgent."""
    expect(page.locator("#there")).to_contain_text("No quorum")
    page.locator("#decided textarea").first.fill("Психолог аптасына екі рет кездеседі")
    page.get_by_label("Who carries it out").select_option(index=1)
    page.get_by_label("By which day").fill(f"{datetime.now(UTC) + timedelta(days=9):%d.%m.%Y}")
    page.get_by_role("button", name="Decide it").click()
    expect(page.locator("#decided")).to_contain_text("without quorum, to be confirmed")


def _minuted(page: Page) -> None:
    page.locator("#minutes summary").click()
    page.locator("#minutes").get_by_label("I chaired").check()
    page.locator("#minutes form button").click()
    page.get_by_role("link", name="Version 1").click()
    expect(page.locator("main")).to_contain_text("Әжемде қалғым келеді")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Print (PDF)").click()
    assert taken.value.suggested_filename == "minutes.pdf"
