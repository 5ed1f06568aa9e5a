"""One child, once, lived in the browser: a child without a paper, a family, and a second file that is noticed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arasha.kernel.worktime.queries import domain_now
from arasha.people.tasks import match_people
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look, Site

pytestmark = pytest.mark.browser
SIGNAL = re.compile(r"/signals/[0-9a-f-]{36}/")
Opened = Callable[..., Look]
PEOPLE = {"coordinator": "Гүлнар Әбдікерімова", "inspector": "Дәурен Сейітқали", "neighbour": "Тимур Рахимов"}


@pytest.fixture
def as_person(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as somebody of the district."""

    def signed_in(login: str, *, width: int = DESKTOP, language: str = "en") -> Look:
        window = look(width=width, language=language)
        window.at("/sign-in/").get_by_role("button", name=PEOPLE[login]).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def to_first_signal(page: Page) -> None:
    """Open the first signal of the queue that waits."""
    links = [link.get_attribute("href") or "" for link in page.locator("main a").all()]
    page.goto(page.url.removesuffix("/signals/") + next(link for link in links if SIGNAL.fullmatch(link)))


def open_case(window: Look, *, surname: str, given: str, year: str = "", absent: str = "") -> str:
    """Open the case of the first signal that waits, for a child of this name; return the address of its people."""
    page = window.at("/signals/")
    to_first_signal(page)
    page.get_by_role("button", name="Open the child’s case").click()
    page.get_by_label("Surname").fill(surname)
    page.get_by_label("Given name").fill(given)
    page.get_by_role("group", name="Date of birth").get_by_label("Year").fill(year)
    page.get_by_label("Or the age, years").fill("")
    if absent:
        page.get_by_label("If there is no document: why").select_option(label=absent)
    page.get_by_role("button", name="Open the child’s case").click()
    expect(page.locator("h1")).to_contain_text(given)
    return page.url.replace("/files/", "/people/").removeprefix(window.site.url)


def write(page: Page) -> None:
    """Send the form of a page, which comes back with the word that it was recorded."""
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()


def test_a_child_without_a_paper_is_written_down_and_how_to_talk_with_him_stands_first(
    as_person: Callable[..., Look],
) -> None:
    window = as_person("coordinator")
    people = open_case(window, surname="", given="Дана", absent="the birth was not registered")
    page = window.at(people)
    expect(page.get_by_role("heading", name="1 person in this file")).to_be_visible()
    page.get_by_role("link", name="Дана").first.click()
    page.get_by_role("link", name=re.compile("Correct.*How to talk with them")).click()
    page.get_by_role("group", name="Languages").get_by_label("sign language", exact=True).check()
    page.get_by_label("Interpreter").first.select_option(label="sign language interpreter")
    write(page)
    expect(page.locator("main section").first).to_contain_text("sign language")
    expect(page.locator("main")).to_contain_text("IIN: not shown")
    assert window.axe() == []
    for _name in range(2):
        window.at(people + "add/")
        page.get_by_label("Given name").fill("Сәуле" if not _name else "Олег")
        page.get_by_label("Who they are in this file").select_option(label="an adult who cares for the child")
        page.get_by_label("What they are to the child").select_option(label="stepfather" if _name else "mother")
        page.get_by_label("Lives with the child").check()
        write(page)
    expect(page.locator("svg.a-genogram")).to_be_visible()
    assert window.axe() == []


def test_an_interpreter_of_the_family_is_refused_and_nothing_typed_is_lost(as_person: Callable[..., Look]) -> None:
    window = as_person("coordinator")
    people = open_case(window, surname="Ким", given="Анна", year="2015")
    page = window.at(people + "add/")
    page.get_by_label("Surname").fill("Ким")
    page.get_by_label("Given name").fill("Вера")
    page.get_by_label("Who they are in this file").select_option(label="an adult who cares for the child")
    write(page)
    page.get_by_role("link", name="Ким Анна").first.click()
    page.get_by_role("link", name=re.compile("Correct.*How to talk with them")).click()
    page.get_by_role("group", name="Languages").get_by_label("Russian").check()
    page.get_by_label("Who interprets").fill("Вера Ким")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("main")).to_contain_text("Ask an interpreter from outside")
    expect(page.get_by_role("group", name="Languages").get_by_label("Russian")).to_be_checked()


def test_a_second_file_of_a_child_is_seen_before_it_opens_and_noticed_when_it_did(
    as_person: Callable[..., Look], site: Site
) -> None:
    window = as_person("coordinator")
    open_case(window, surname="Нұрғалиева", given="Әйгерім", year="2014")
    page = window.at("/signals/")
    to_first_signal(page)
    page.get_by_role("button", name="Open the child’s case").click()
    page.get_by_label("Surname").fill("Nurgalieva")
    page.get_by_label("Given name").fill("Aigerim")
    page.get_by_role("group", name="Date of birth").get_by_label("Year").fill("2014")
    page.get_by_role("button", name="Look once more").click()
    expect(page.get_by_role("complementary")).to_contain_text("Нұрғалиева Әйгерім")
    page.get_by_role("button", name="Open the child’s case").click()
    match_people(int(domain_now().timestamp()))
    page = window.at("/people/matches/")
    page.get_by_role("link", name=re.compile("Nurgalieva")).click()
    expect(page.get_by_role("row").filter(has_text="Given name")).to_contain_text("spelled otherwise")
    assert window.axe() == []
    page.get_by_role("button", name="One person").click()
    expect(page.locator("main")).to_contain_text("A second person must look")
    expect(page.get_by_role("button", name="One person")).to_have_count(0)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_box_finds_in_any_script_and_its_address_never_holds_what_was_typed(
    as_person: Callable[..., Look], width: int
) -> None:
    window = as_person("coordinator", width=width, language="kk")
    page = window.at("/find/")
    page.locator("#id_q").fill("ayaru saparova")
    page.get_by_role("button", name="Табу").click()
    expect(page.locator("table")).to_contain_text("Аяру")
    assert page.url == f"{window.site.url}/find/"
    assert window.axe() == []
    page.locator("#id_q").fill("%_%")
    page.get_by_role("button", name="Табу").click()
    expect(page.locator("#id_q_error")).to_be_visible()
    stranger = as_person("neighbour")
    stranger.at("/find/").locator("#id_q").fill("Сапарова Аяру")
    stranger.page.get_by_role("button", name="Find").click()
    expect(stranger.page.locator("h1")).to_have_text("Nobody was found in your files")
