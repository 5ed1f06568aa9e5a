"""A policy officer reads, tries and drafts a changed limit; a lawyer reviews it; an old file keeps its version."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
PEOPLE = {
    "officer": "Әсел Мұқанова",
    "lawyer": "Жанар Әбілқасым",
    "doctor": "Айгүл Сейітқызы",
    "inspector": "Дәурен Сейітқали",
    "coordinator": "Гүлнар Әбдікерімова",
}
MEDICAL = "/procedures/suspected_violence_health/2/"
CASE = (
    "try/?concern=suspected_violence&reporter=health_worker&way=through_head&school=known&clinic=known"
    "&district=615400000&moment=27.11.2026+17:30&before=20"
)
PAGES = (
    "/procedures/",
    MEDICAL,
    MEDICAL + "picture/",
    MEDICAL + CASE,
    MEDICAL + "difference/1/",
    "/procedures/acts/",
    "/procedures/acts/sop-health-2020/",
    "/procedures/?standing=ended",
)


@pytest.fixture
def as_person(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as somebody, by the one click that training instances offer."""

    def signed_in(who: str, *, width: int = DESKTOP, language: str = "en", scripts: bool = True) -> Look:
        window = look(width=width, language=language, scripts=scripts)
        page = window.at("/sign-in/")
        page.get_by_role("button", name=PEOPLE[who]).click()
        expect(page.locator("h1")).to_be_visible()
        return window

    return signed_in


def newest_duty(window: Look) -> str:
    """Return the address of the inspector's newest duty of a written answer."""
    page = window.at("/")
    link = page.get_by_role("row").filter(has_text="7 years").last.get_by_role("link").first
    return link.get_attribute("href") or ""


def report(window: Look) -> None:
    page = window.at("/signals/report/")
    page.get_by_label("threats, humiliation or pressure").check()
    page.get_by_label("Age, years").fill("7")
    page.get_by_role("group", name="Is the child safe now?").get_by_label("not known").check()
    page.get_by_role("group", name="Can the person suspected reach").get_by_label("yes").check()
    page.get_by_label("What you saw or heard").fill("What was seen.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("h1")).to_have_text("Your report has been received")


def advance(window: Look) -> None:
    page = window.at("/training/clock/")
    page.get_by_role("button", name="One day on").click()


def draft_a_shorter_limit(page: Page) -> None:
    """Change the inspection's 24 hours to 12 in the text as it is offered, first with a fault."""
    page.get_by_role("link", name="Propose a change of it").click()
    field = page.get_by_label("The procedure’s text")
    text = field.input_value()
    assert "version: 3" in text
    start = text.index("step: inspection_answers")
    changed = text[:start] + text[start:].replace("amount: 24", "amount: 12", 1)
    field.fill(changed.replace("counts_from: identified", "counts_from: birth", 1))
    page.get_by_role("button", name="Keep as a draft").click()
    line = next(number for number, row in enumerate(changed.splitlines(), start=1) if "counts_from: identified" in row)
    expect(page.locator(".govuk-error-summary")).to_contain_text(f"pasted.yaml, line {line}: 'birth' is not one of")
    assert "counts_from: birth" in field.input_value()
    field.fill(changed)
    page.get_by_role("button", name="Keep as a draft").click()


def decide_by_two(lawyer: Look, officer: Look) -> None:
    """Let the lawyer review the draft and the officer put it in force from tomorrow."""
    page = lawyer.at("/procedures/suspected_violence_health/3/")
    page.get_by_label("Reviewed: the text may come into force").check()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator("aside")).to_contain_text("Жанар Әбілқасым")
    tomorrow = (local(domain_now()) + timedelta(days=1)).strftime("%d.%m.%Y")
    page = officer.at("/procedures/suspected_violence_health/3/")
    page.get_by_label("Put it in force from a day").check()
    page.get_by_label("From which day").fill(tomorrow)
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator("main")).to_contain_text("not yet in force")


def test_a_limit_is_changed_by_two_people_and_an_old_file_keeps_its_version(as_person: Callable[..., Look]) -> None:
    doctor = as_person("doctor")
    report(doctor)
    inspector = as_person("inspector")
    old = newest_duty(inspector)
    expect(inspector.at(old).locator("main")).to_contain_text("version 2")

    officer = as_person("officer")
    page = officer.at("/procedures/")
    page.get_by_role("link", name="Medical procedure: violence against a child").click()
    step = page.locator("#inspection_answers")
    expect(step).to_contain_text("Juvenile police: a written answer")
    expect(step).to_contain_text("24 hours")
    expect(step).to_contain_text("act not verified")
    page.get_by_role("link", name="Try it").click()
    page.get_by_label("Way of the report").select_option(label="through the head of the organisation")
    page.get_by_label("The child's school").select_option(label="known")
    page.get_by_role("group", name="Bodies that do not exist there").get_by_label("Guardianship body").check()
    page.get_by_role("button", name="Show what would be owed").click()
    result = page.locator("#result")
    expect(result).to_contain_text("6 obligations would arise")
    expect(result).to_contain_text("Juvenile police unit, Saryagash")
    expect(result).to_contain_text("No such body in the district: Guardianship body")

    page = officer.at(MEDICAL)
    draft_a_shorter_limit(page)
    expect(page).to_have_url(re.compile("/procedures/suspected_violence_health/3/$"))
    expect(page.locator("#decide")).not_to_contain_text("Reviewed: the text may come into force")
    page.get_by_role("link", name="Show the differences").first.click()
    row = page.get_by_role("row").filter(has_text="Limit")
    expect(row).to_contain_text("24 hours")
    expect(row).to_contain_text("12 hours")
    expect(page.locator("main")).to_contain_text("open file")

    lawyer = as_person("lawyer")
    decide_by_two(lawyer, officer)

    advance(as_person("coordinator"))
    expect(officer.at("/procedures/suspected_violence_health/3/").locator("main")).to_contain_text("in force")
    report(doctor)
    new = newest_duty(inspector)
    assert new != old
    expect(inspector.at(new).locator("main")).to_contain_text("version 3")
    expect(inspector.page.locator("main")).to_contain_text("12 hours")
    expect(inspector.at(old).locator("main")).to_contain_text("version 2")
    assert [window.complaints for window in (doctor, inspector, lawyer)] == [[], [], []]
    assert len(officer.complaints) == 1  # the browser's own word on the faulty text: 422
    assert "422" in officer.complaints[0]


def test_a_doctor_reads_procedures_and_decides_nothing(as_person: Callable[..., Look]) -> None:
    window = as_person("doctor", scripts=False)
    page = window.at(MEDICAL)
    expect(page.locator("#decide")).to_have_count(0)
    expect(page.get_by_role("link", name="Propose a change of it")).to_have_count(0)
    answer = page.goto(window.site.url + "/procedures/differential_response/1/")
    assert answer is not None
    assert answer.status == 404


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_pages_are_accessible_in_kazakh(as_person: Callable[..., Look], width: int) -> None:
    window = as_person("officer", width=width, language="kk")
    paths = (*PAGES, "/procedures/draft/", "/procedures/differential_response/1/")
    found = {path: [*window.at(path).evaluate("[]"), *window.axe(), *window.sideways()] for path in paths}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_page_scrolls_sideways_on_the_narrowest_phone(as_person: Callable[..., Look], language: str) -> None:
    window = as_person("officer", width=NARROWEST, language=language)
    for path in (*PAGES, "/procedures/draft/?from=first_response~1"):
        window.at(path)
        assert window.sideways() == [], path
