"""A child's own application in the browser: taken down, the race drawn and said, dismissed; on a phone, too."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, Look
from tests.browser.test_people import PEOPLE, open_case

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
WORDS = "Әкемнің құқығын алып тастаңыздаршы"


@pytest.fixture
def keeper(look: Opened, seats: list[Seat]) -> Look:
    """A window signed in as the district's coordinator."""
    window = look(width=DESKTOP, language="en")
    window.at("/sign-in/").get_by_role("button", name=PEOPLE["coordinator"]).click()
    expect(window.page.locator("h1")).to_be_visible()
    return window


def test_a_child_applies_and_what_becomes_of_it_stands_on_the_page(keeper: Look) -> None:
    year = str(datetime.now(UTC).year - 17)
    people = open_case(keeper, surname="Сапарова", given="Аяру", year=year)
    dossier = re.findall(r"[0-9a-f-]{36}", people)[0]
    address = f"/adulthood/of/{dossier}/"
    page = keeper.at(f"{address}new/")
    page.get_by_label("What the child asks for").select_option("Deprivation of parental rights")
    page.get_by_label("Who must not know").fill("Әкесі")
    page.get_by_role("button", name="Record").click()
    expect(page.locator("main")).to_contain_text("This field is required")
    expect(page.get_by_label("Who must not know")).to_have_value("Әкесі")
    page.get_by_label("In the child’s words").fill(WORDS)
    page.get_by_role("button", name="Record").click()
    main = page.locator("main")
    expect(main).to_contain_text("Must not know: Әкесі")
    expect(main).to_contain_text(WORDS)
    expect(main).to_contain_text("left to the 18th birthday")
    keeper.at(address).get_by_role("button", name="On to the next stage").click()
    expect(page.locator("main")).to_contain_text("Next stage: Court")
    page.get_by_role("link", name="It was dismissed").click()
    for label, text in (
        ("Which body dismissed it", "Сот"),
        ("Name of who decided", "Б. Сәрсенбаев"),
        ("Position of who decided", "судья"),
        ("Act and article they name", "жоқ"),
        ("In their words", "18-ге толады"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("Because of age").check()
    page.get_by_role("button", name="Record").click()
    expect(page.locator("main")).to_contain_text("судья Б. Сәрсенбаев")
    page = keeper.at("/adulthood/")
    expect(page.locator("main")).to_contain_text("Сапарова Аяру")
    # Last, for it leaves the window in another language: the second application is still under way.
    page = keeper.at(f"{address}new/")
    page.get_by_label("What the child asks for").select_option("Documents")
    page.get_by_label("In the child’s words").fill(WORDS)
    page.get_by_role("button", name="Record").click()
    link = page.get_by_role("link", name="It was dismissed").get_attribute("href")
    for one in (address, f"{address}new/", str(link), "/adulthood/", "/adulthood/?shown=unknown"):
        assert keeper.unsound(one) == []
