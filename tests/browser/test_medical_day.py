"""The day of the medical procedure (row P02), lived in the browser in the child's own district.

Told by a doctor through the clinic's head; evaluated within the hour; six bodies owe. One asks for more time, one
declines, one stays silent until the nation hears; the sender has the proof. Then once more, with the stepfather as
the district's inspector.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import yaml
from playwright.sync_api import Page, expect

from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tasks import sweep
from arasha.web import demonstration
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = pytest.mark.browser
PHRASE = "blue hills 1987"
DAY, HOUR = "One day on", "One hour on"
DUTY = re.compile(r"/obligations/[0-9a-f-]{36}/$")


@dataclass
class District:
    """The demonstration district: windows signed in as its people, kept open through the day."""

    look: Callable[..., Look]
    names: dict[str, str]
    windows: dict[str, Look]

    def window(self, login: str, *, width: int = DESKTOP, language: str = "en") -> Look:
        """Return the window in which somebody works, signed in by the one click of training instances."""
        if login not in self.windows:
            window = self.look(width=width, language=language)
            window.at("/sign-in/").get_by_role("button", name=self.names[login]).click()
            expect(window.page.locator("h1")).to_be_visible()
            self.windows[login] = window
        return self.windows[login]

    def let_pass(self, *steps: str) -> None:
        """Move the training clock on by its buttons, and let silence climb after each step."""
        window = self.window("coordinator")
        for step in steps:
            window.at("/training/clock/").get_by_role("button", name=step).click()
            expect(window.page.locator("h1")).to_be_visible()
            sweep(domain_now())


@pytest.fixture(scope="module")
def names(demonstrated: list[Seat]) -> dict[str, str]:
    """Make the district; return the names of its people by login."""
    plan = yaml.safe_load((demonstration.DATA / "demonstration.yaml").read_text(encoding="utf-8"))
    posts = [post for body in plan["bodies"] for unit in body["units"] for post in unit["posts"]]
    return {post["login"]: post["person"] for post in posts}


@pytest.fixture
def district(look: Callable[..., Look], names: dict[str, str]) -> District:
    """Return the district with no window open yet."""
    return District(look, names, {})


def report(doctor: Look, age: int, *, must_not_know: str = "", close_to_suspect: str = "") -> str:
    """Tell of a child through the clinic's head; return the code of the receipt."""
    page = doctor.at("/signals/report/")
    page.locator("input[name=concerns][value=physical]").check()
    page.locator("input[name=safe_now][value=unknown]").check()
    page.locator("input[name=suspect_has_access][value=yes]").check()
    page.get_by_label("Age, years").fill(str(age))
    page.get_by_label("Who must not learn of this report").fill(must_not_know)
    if close_to_suspect:
        page.get_by_role("group", name="close to the suspect").get_by_label(close_to_suspect).check()
    page.get_by_label("The child’s school or kindergarten").select_option(label="School No. 14, Saryagash")
    page.get_by_label("What you saw or heard").fill("Bruises on both arms; the girl keeps silent.")
    page.get_by_role("group", name="Which way the report goes").get_by_label("head of").check()
    page.get_by_label("A phrase that only you know").fill(PHRASE)
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("h1")).to_have_text("Your report has been received")
    return page.locator(".a-receipt__code").inner_text()


def receipt(reader: Look, code: str) -> Page:
    """Open the receipt as whoever reported does: without an account, from anywhere."""
    page = reader.at("/receipt/?language=en")
    page.get_by_label("Code of the receipt").fill(code)
    page.get_by_label("Your phrase").fill(PHRASE)
    page.get_by_role("button", name="Show the receipt").click()
    expect(page.locator("main")).to_contain_text("A report about a child was received on")
    return page


def said(page: Page) -> str:
    """Return what a page says, without the minute at which it says it."""
    return re.sub(r"\b\d\d:\d\d\b", "", page.locator("main").inner_text(), count=1)


def open_duty(window: Look, age: int, what: str) -> Page:
    """Open a duty from somebody's first page, as a worker does."""
    row = window.at("/").get_by_role("row").filter(has_text=f"{age} years").filter(has_text=what)
    row.get_by_role("link").first.click()
    expect(window.page).to_have_url(DUTY)
    return window.page


def explained(page: Page, owner: str, limit: str, act: str) -> None:
    """Expect that a duty says who owes it, by when and how computed, by which act and whether that is verified."""
    main = page.locator("main")
    expect(main).to_contain_text(owner)
    expect(page.get_by_text("How this deadline was computed")).to_be_visible()
    expect(main).to_contain_text(limit)
    expect(main).to_contain_text(act)
    expect(main).to_contain_text("act not verified")


def meet(page: Page, answer: str, outcome: str = "") -> None:
    """Answer a duty on its page."""
    if outcome:
        page.get_by_label(outcome).check()
    page.get_by_role("textbox", name="The answer").fill(answer)
    page.get_by_role("button", name="Record that it is met").click()
    expect(page.locator("main")).to_contain_text(answer)


def ask_for_time(page: Page) -> None:
    """Ask for six days."""
    page.locator("#askform_reason").select_option("child_away")
    page.locator("#askform_words").fill("The aunt lives in Shymkent.")
    page.locator("#askform_until").fill(f"{domain_now() + timedelta(days=6):%d.%m.%Y}")
    page.locator("form[action$='/ask/'] button").click()
    expect(page.locator("#asked")).to_be_visible()


def decline(page: Page) -> None:
    """Say that the unit can't do it."""
    page.get_by_text("We can’t do it").click()
    page.locator("form[action$='/decline/'] select").select_option(index=1)
    page.locator("form[action$='/decline/'] textarea").fill("The girl left our school in summer.")
    page.get_by_role("button", name="Decline it").click()
    expect(page).to_have_url(re.compile("/obligations/$"))


def test_the_day_of_the_medical_procedure(district: District, look: Callable[..., Look]) -> None:
    code = report(district.window("doctor", width=PHONE), age=8)
    sender = look(width=PHONE, language="en")
    page = receipt(sender, code)
    expect(page.locator(".a-receipt")).to_contain_text("received")
    for unit in ("Juvenile police unit, Saryagash", "Guardianship body, Saryagash", "School No. 14, Saryagash"):
        expect(page.locator(".a-place").filter(has_text=unit)).to_contain_text("Number")
    with page.expect_download() as proof:
        page.get_by_role("button", name="Save as a document (PDF)").click()
    assert proof.value.path().read_bytes().startswith(b"%PDF-")

    # Evaluated within the hour by the head's team; confirmed: a team for the case, and a responsible social worker.
    page = open_duty(district.window("clinic-head"), 8, "evaluation of the child")
    explained(page, "Polyclinic No. 2", "1 hour", "evaluation by a multidisciplinary team within 1 hour")
    meet(page, "Seen by a doctor, a psychologist and a nurse.", outcome="violence is confirmed")
    coordinator = district.window("coordinator")
    explained(open_duty(coordinator, 8, "team for the case"), "Saryagash district", "24 hours", "a team is formed")

    # The guardianship body asks for time and is given it.
    guardianship = district.window("guardianship")
    page = open_duty(guardianship, 8, "written answer")
    explained(page, "Guardianship body, Saryagash", "1 working day", "written notice within 1 day")
    ask_for_time(page)
    coordinator.page.goto(page.url)
    coordinator.page.get_by_role("button", name="Give this time").click()
    guardianship.page.goto(page.url)
    expect(guardianship.page.locator("aside").last).to_contain_text("Shymkent")

    # The school declines: it comes straight back to the coordinator.
    page = open_duty(district.window("psychologist"), 8, "written answer")
    declined = page.url
    decline(page)
    coordinator.page.goto(declined)
    main = coordinator.page.locator("main")
    expect(main).to_contain_text("This body said that it can’t. Owed now by: Saryagash district coordination.")
    coordinator.page.get_by_role("link", name="Open that obligation").click()
    meet(coordinator.page, "Told the school’s head of studies by telephone.")

    # The inspector stays silent: unit head, district, region, nation.
    silent = open_duty(district.window("inspector"), 8, "written answer").url
    rungs = [
        ((DAY, HOUR), "police-head", "Saryagash district police, command"),
        ((DAY,), "coordinator", "Saryagash district coordination"),
        ((DAY, DAY), "region", "Turkistan region coordination"),
        ((DAY, DAY, DAY, DAY), "nation", "Committee for the Protection of Children’s Rights"),
    ]
    for steps, login, unit in rungs:
        district.let_pass(*steps)
        told = district.window(login).at(silent.removeprefix(sender.site.url))
        rung = told.locator("aside li").filter(has_text=re.compile(unit.replace("’", "['’]"))).first
        expect(rung).to_contain_text("told")
    expect(receipt(sender, code).locator(".a-receipt")).to_contain_text("received")

    # The coordinator takes it; the sender hears that it is worked on, and that it is finished.
    page = coordinator.at("/signals/")
    page.get_by_role("row").filter(has_text="8 years").get_by_role("link").first.click()
    page.get_by_role("button", name="Open the child’s case").click()
    expect(page.locator("h1")).to_have_text("Who is the child?")
    page.get_by_role("button", name="Open the child’s case").click()
    expect(receipt(sender, code).locator(".a-receipt")).to_contain_text("being worked on")
    assert [window.complaints for window in district.windows.values()] == [[]] * len(district.windows)


def test_the_stepfather_is_the_inspector_and_learns_nothing(district: District) -> None:
    inspector = district.window("inspector")
    before = said(inspector.at("/"))
    told = inspector.at("/messages/").locator("main").inner_text()
    report(
        district.window("doctor"), age=11, must_not_know="The stepfather", close_to_suspect=district.names["inspector"]
    )
    assert said(inspector.at("/")) == before
    assert inspector.at("/messages/").locator("main").inner_text() == told

    coordinator = district.window("coordinator")
    page = open_duty(coordinator, 11, "written answer")
    expect(page.locator("main")).to_contain_text("Saryagash district coordination")
    file = page.locator("a[href^='/files/']").first.get_attribute("href") or ""
    owed = coordinator.at("/").get_by_role("row").filter(has_text="11 years")
    expect(owed.filter(has_text="Juvenile police unit, Saryagash")).to_have_count(0)
    answer = inspector.page.goto(inspector.site.url + file)
    assert answer is not None
    assert answer.status == 404


def test_the_sender_hears_that_it_is_finished_and_not_why(district: District, look: Callable[..., Look]) -> None:
    code = report(district.window("doctor"), age=5)
    coordinator = district.window("coordinator")
    page = coordinator.at("/signals/")
    page.get_by_role("row").filter(has_text="5 years").get_by_role("link").first.click()
    page.get_by_text("No case is needed", exact=True).click()
    page.get_by_label("mistaken").check()
    page.locator("form[action$='/close/'] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("mistaken")
    shown = receipt(look(width=PHONE, language="en"), code)
    expect(shown.locator(".a-receipt")).to_contain_text("finished")
    expect(shown.locator("main")).not_to_contain_text("mistaken")
