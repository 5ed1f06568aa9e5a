"""The story of the ground, lived in the browser: one report becomes one duty, and silence does not stay hidden."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tasks import sweep
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look, Site

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
PEOPLE = {
    "doctor": "Айгүл Сейітқызы",
    "clinic-head": "Марат Оспанов",
    "inspector": "Дәурен Сейітқали",
    "coordinator": "Гүлнар Әбдікерімова",
    "police-head": "Нұрлан Бекмұратов",
    "neighbour": "Тимур Рахимов",
}


@pytest.fixture
def as_person(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as somebody of the district, by the one click that training instances offer."""

    def signed_in(login: str, *, width: int = DESKTOP, language: str = "en") -> Look:
        window = look(width=width, language=language)
        page = window.at("/sign-in/")
        page.get_by_role("button", name=PEOPLE[login]).click()
        expect(page.locator("h1")).to_be_visible()
        return window

    return signed_in


def report(page: Page) -> None:
    """Fill in the short form: no name, no number."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/signals/report/")
    page.get_by_label("threats, humiliation or pressure").check()
    page.get_by_label("Age, years").fill("7")
    page.get_by_role("group", name="Is the child safe now?").get_by_label("not known").check()
    page.get_by_role("group", name="Can the person suspected reach").get_by_label("yes").check()
    page.get_by_label("What you saw or heard").fill("A canary sat in the clinic and said nothing.")
    page.get_by_role("button", name="Send the report").click()


def test_one_report_becomes_one_duty_and_silence_climbs(as_person: Callable[..., Look], site: Site) -> None:
    doctor = as_person("doctor")
    report(doctor.page)
    expect(doctor.page.locator("h1")).to_have_text("Your report has been received")

    inspector = as_person("inspector")
    duty = inspector.page.get_by_role("row").filter(has_text="7 years")
    expect(duty).to_contain_text("hours left")
    duty.get_by_role("link").click()
    expect(inspector.page.locator("h1")).to_contain_text("Juvenile police unit, Saryagash")
    expect(inspector.page.get_by_text("How this deadline was computed")).to_be_visible()
    expect(inspector.page.locator("main")).not_to_contain_text("canary")
    address = inspector.page.url

    coordinator = as_person("coordinator")
    coordinator.at("/training/clock/")
    coordinator.page.get_by_role("button", name="One day on").click()
    coordinator.page.get_by_role("button", name="One hour on").click()
    sweep(domain_now())

    coordinator.at("/board/")
    expect(coordinator.page.get_by_role("row").filter(has_text="Juvenile police unit, Saryagash").first).to_be_visible()
    coordinator.at("/board/late/")
    late = (
        coordinator.page.get_by_role("row")
        .filter(has_text="7 years")
        .filter(has_text="Juvenile police unit, Saryagash")
    )
    following = coordinator.page.get_by_role("link", name="Next")
    # The longest silence stands first; on which page the newest is depends on the hour.
    while not late.count() and following.count():
        following.click()
    expect(late).to_contain_text("late")

    head = as_person("police-head")
    head.page.goto(address)
    expect(head.page.locator("aside")).to_contain_text("Saryagash district police, command")

    inspector.page.goto(address)
    inspector.page.get_by_label("The answer").fill("The child was seen at home with her aunt and is safe.")
    inspector.page.get_by_role("button", name="Record that it is met").click()
    expect(inspector.page.locator("main")).to_contain_text("is safe")

    coordinator.at("/signals/")
    coordinator.page.get_by_role("row").filter(has_text="7 years").get_by_role("link").click()
    expect(coordinator.page.locator("main")).to_contain_text("canary")
    coordinator.page.get_by_role("button", name="Open the child’s case").click()
    expect(coordinator.page.locator("h1")).to_have_text("Who is the child?")
    coordinator.page.get_by_role("button", name="Open the child’s case").click()
    coordinator.page.get_by_role("link", name="Time line").click()
    story = coordinator.page.locator("#story")
    for sentence in (
        "A report came in; who reported is sealed",
        "Obligation arose — Juvenile police unit, Saryagash",
        "Time is up, no answer — Juvenile police unit, Saryagash",
        "Obligation met late — Juvenile police unit, Saryagash",
        "Case opened — Saryagash district coordination",
    ):
        expect(story).to_contain_text(sentence)
    assert [window.complaints for window in (doctor, inspector, coordinator, head)] == [[], [], [], []]


def test_a_form_sent_without_answers_says_what_is_missing_and_keeps_what_was_typed(
    as_person: Callable[..., Look],
) -> None:
    window = as_person("doctor")
    page = window.at("/signals/report/")
    page.get_by_label("What the child is called").fill("Аружан")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_label("What the child is called")).to_have_value("Аружан")


@pytest.mark.parametrize("login", ["doctor", "clinic-head", "neighbour"])
def test_whoever_is_not_on_the_file_finds_nothing_anywhere(as_person: Callable[..., Look], login: str) -> None:
    coordinator = as_person("coordinator")
    page = coordinator.at("/signals/")
    signal = page.locator("td a").first.get_attribute("href") or ""
    page.goto(coordinator.site.url + signal)
    file = page.locator("aside a[href^='/files/']").get_attribute("href") or ""
    page.goto(coordinator.site.url + file)
    duty = page.locator("main a[href^='/obligations/']").first.get_attribute("href") or ""

    stranger = as_person(login)
    for path in (signal, file, duty, "/board/", "/signals/"):
        answer = stranger.page.goto(stranger.site.url + path)
        assert answer is not None
        missing = stranger.page.goto(stranger.site.url + "/files/00000000-0000-4000-8000-000000000000/")
        assert missing is not None
        if path in (signal, file, duty):
            assert (answer.status, missing.status) == (404, 404)
    for path in ("/", "/cases/", "/messages/"):
        body = stranger.at(path).locator("main").inner_text()
        assert not any(name in body for name in ("Аяру", "Ерасыл", "Мадина"))


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("login", ["doctor", "coordinator", "inspector"])
def test_the_pages_of_the_story_are_accessible_in_kazakh(
    as_person: Callable[..., Look], login: str, width: int
) -> None:
    window = as_person(login, width=width, language="kk")
    paths = {
        "doctor": ["/", "/signals/report/"],
        "coordinator": ["/", "/signals/", "/board/", "/cases/", "/messages/", "/training/clock/"],
        "inspector": ["/", "/messages/"],
    }[login]
    if login == "coordinator":
        page = window.at("/signals/")
        signal = page.locator("td a").first.get_attribute("href") or ""
        page.goto(window.site.url + signal)
        paths += [signal, page.locator("aside a[href^='/files/']").get_attribute("href") or ""]
    if login == "inspector":
        paths.append(window.at("/").locator("a[href^='/obligations/']").first.get_attribute("href") or "")
    found = {path: [*window.at(path).evaluate("[]"), *window.axe(), *window.sideways()] for path in paths}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_page_of_the_story_scrolls_sideways_on_a_phone(as_person: Callable[..., Look], language: str) -> None:
    window = as_person("coordinator", width=320, language=language)
    for path in ("/", "/signals/", "/board/", "/messages/"):
        window.at(path)
        assert window.sideways() == [], path
