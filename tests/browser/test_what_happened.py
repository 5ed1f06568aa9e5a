"""What happened, in the browser: told unasked, asked by one alone, written down with vague years, nothing mixed up."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from arasha.kernel.access.actions import TeamMember, add_member, end_session, enter
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.queries import domain_now
from arasha.web.actions import Seat
from arasha.web.stage import begin
from tests.browser.conftest import PHONE, Look
from tests.browser.test_people import open_case

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
LEAD, DOCTOR, POLICE = "Гүлнар Әбдікерімова", "Айгүл Сейітқызы", "Нұрлан Бекмұратов"
TOLD, ANSWERED = "Ол мені әр жұма сайын ұрады", "Сұрақ: не болды? Жауап: айтып берді"


@pytest.fixture
def case(as_person: Opened, seats: list[Seat], request: pytest.FixtureRequest) -> str:
    """Open the case of a girl of whom the doctor's clinic is a partner; return the address of its pages."""
    given = f"Аяру{'абвгд'[len(request.node.name) % 5]}"
    people = open_case(as_person(LEAD, language="en"), surname="Сапарова", given=given, year="2013")
    file = UUID(people.partition("#")[0].strip("/").split("/")[1])
    lead, doctor = (next(seat for seat in seats if seat.login == login) for login in ("coordinator", "doctor"))
    token = begin(lead)
    with transaction.atomic():
        enter(token, lead.post_id)
        with act(verb="add_member", stream=dossier_stream(file), now=domain_now()):
            add_member(dossier=file, member=TeamMember("partner", unit_id=doctor.unit_id, reason="assessment"))
    end_session(token=token)
    return f"/cases/{file}/"


def top(page: Page, selector: str) -> float:
    """Return how far below the window's head something stands."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


def test_what_a_child_told_stands_before_any_question_and_one_alone_asks(as_person: Opened, case: str) -> None:
    doctor, lead = as_person(DOCTOR, width=PHONE, language="kk"), as_person(LEAD, width=PHONE, language="kk")
    assert lead.unsound(f"{case}hearing/") == []
    _the_child_tells_the_doctor(doctor, case)

    page = lead.at(f"{case}hearing/")
    expect(page.locator("blockquote")).to_have_text(TOLD)
    assert top(page, "blockquote") < top(page, "main form textarea"), "it stands before anybody can write or ask"
    assert "өзі айтты" in page.locator("main").inner_text()
    assert lead.unsound(f"{case}hearing/") == []
    expect(lead.at(f"{case}happened/new/").locator("main a[href$='/hearing/']").last).to_be_visible()

    # Nobody is the interviewer yet: the lead herself may not ask either.
    lead.at(f"{case}hearing/facts/")
    expect(lead.page.locator("textarea[name=words]")).to_have_count(1)
    assert lead.axe() == []
    lead.at(f"{case}hearing/").locator("form:has(input[value=interviewer]) button").click()
    expect(lead.page.locator("main")).to_contain_text("Сарыағаш ауданының полиция басқармасы, басшылық")
    expect(lead.page.locator("input[value=interviewer]")).to_have_count(0)
    _others_are_refused(doctor, case)
    _the_interviewer_asks(as_person(POLICE, language="kk"), case)
    for window in (lead, doctor):
        page = window.at(f"{case}hearing/")
        expect(page.locator("main")).not_to_contain_text(ANSWERED)
        heard = page.locator(".a-panel ul").first.locator("> li")
        assert heard.count() == 2, "that the child was heard twice is told to all"
    for window in (lead, doctor):
        assert window.complained == []


def _the_child_tells_the_doctor(doctor: Look, case: str) -> None:
    page = doctor.at(f"{case}hearing/")
    page.locator("textarea[name=words]").fill(TOLD)
    page.locator("#told button[type=submit]").click()
    expect(page.locator(".moj-alert")).to_be_visible()
    assert (doctor.axe(), doctor.sideways()) == ([], [])


def _others_are_refused(doctor: Look, case: str) -> None:
    """Who is not the interviewer is told who is, and may only keep what the child told by itself."""
    page = doctor.page
    answer = page.goto(f"{doctor.site.url}{case}hearing/facts/")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator(".moj-alert")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Сарыағаш ауданының полиция басқармасы, басшылық")
    assert page.locator("main form").last.get_attribute("action") == f"{case}hearing/"
    assert (doctor.axe(), doctor.sideways()) == ([], [])


def _the_interviewer_asks(police: Look, case: str) -> None:
    expect(police.at(f"{case}hearing/").locator("blockquote")).to_have_text(TOLD)
    assert police.unsound(f"{case}hearing/facts/") == []
    police.page.locator("textarea[name=words]").fill(ANSWERED)
    police.page.locator("main form:has(textarea) button[type=submit]").click()
    expect(police.page.locator("blockquote").filter(has_text=ANSWERED)).to_be_visible()
    assert police.unsound(f"{case}hearing/facts/") == []
    assert police.complained == []


def test_several_acts_over_vague_years_are_one_incident_and_statements_stand_apart(
    as_person: Opened, case: str
) -> None:
    lead = as_person(LEAD, width=PHONE, language="kk")
    assert lead.unsound(f"{case}happened/") == []
    assert lead.unsound(f"{case}happened/new/") == []
    one = _written_down(lead, f"{case}happened/new/")
    for language, words in (
        ("kk", "басталуы: шамамен 2013 ж., аяқталуы: 2019 ж."),
        ("ru", "начало: около 2013 г., конец: 2019 год"),
        ("en", "from about 2013 to 2019"),
    ):
        expect(lead.at(f"{one}?language={language}").locator("main")).to_contain_text(words)
    assert lead.unsound(one) == []
    assert lead.unsound(f"{one}change/") == []
    expect(lead.at(f"{case}happened/").locator("main ol > li")).to_have_count(1)
    path, heard, seen = f"{case}statements/", "Көрші айқай естіген", "Бала үйге барғысы келмеді"
    _stated(lead, path, heard, kind="allegation", source="witness", way="told_by_other")
    _stated(lead, path, seen, kind="observed", source="self", way="seen")
    page = lead.page
    for kind, words, other in (
        ("allegation", "Көрші айқай естіген", "Бала үйге барғысы келмеді"),
        ("observed", "Бала үйге барғысы келмеді", "Көрші айқай естіген"),
    ):
        panel = page.locator(f".a-statements__kind--{kind}")
        expect(panel.locator("li > p").first).to_have_text(words)
        expect(panel.locator("ul.govuk-list > li")).to_have_count(1)
        expect(panel.locator("ul.govuk-list").first).to_contain_text(
            "куә" if kind == "allegation" else "жазып отырған қызметкердің өзі"
        )
        expect(panel.locator("li > p")).not_to_contain_text([other])
    assert lead.unsound(f"{case}statements/") == []
    assert lead.complained == []


def _written_down(lead: Look, path: str) -> str:
    """Fill the form in: two acts, every week, from about 2013 to 2019; return the incident's page."""
    page = lead.at(path)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert (lead.axe(), lead.sideways()) == ([], [])
    for act_ in ("working.2-c.1", "working.4-a.1"):
        box = page.locator(f"input[value='{act_}']")
        if not box.is_visible():
            page.locator("details", has=box).locator("summary").click()
        box.check()
    page.locator("input[name=frequency][value=weekly]").check()
    page.locator("input[name=since]").fill("2013")
    page.locator("input[name=since_about]").check()
    page.locator("input[name=until]").fill("2019")
    page.locator("select[name=setting]").select_option("home")
    page.locator("input[name=relations][value=step_parent]").check()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".moj-alert")).to_be_visible()
    return page.url.removeprefix(lead.site.url)


def _stated(lead: Look, path: str, words: str, **chosen: str) -> None:
    page = lead.at(path)
    page.locator(f"#add input[name=kind][value={chosen.pop('kind')}]").check()
    for name, code in chosen.items():
        page.locator(f"#add select[name={name}]").select_option(code)
    page.locator("#add textarea[name=words]").fill(words)
    page.locator("#add select[name=incident]").select_option(index=1)
    page.locator("#add button[type=submit]").click()
    expect(page.locator(".moj-alert")).to_be_visible()


def test_injuries_are_marked_by_pointer_and_by_keyboard_over_two_days(as_person: Opened, case: str) -> None:
    doctor = as_person(DOCTOR, language="kk")
    assert doctor.unsound(f"{case}injuries/") == []
    page = doctor.page
    # By pointer: what is typed before a place is pointed at stays.
    page.locator("#id_size").fill("3×1,5")
    page.locator("a[data-place=front_forearm_left] path").click()
    assert page.locator("#id_region").input_value() == "front_forearm_left"
    assert page.locator("#id_size").input_value() == "3×1,5"
    page.locator("#id_kind").select_option("bruise")
    page.locator("#id_seen_on").fill("20.11.2026")
    page.locator("#add button[type=submit]").click()
    expect(page.locator("main ol > li")).to_have_count(1)
    _by_keyboard(page)
    expect(page.locator("main ol > li")).to_have_count(2)
    expect(page.locator(".a-figure__part.is-marked")).to_have_count(2)
    expect(page.locator(".a-figure__number")).to_have_text(["1", "2"])
    _one_day_alone(page)
    assert doctor.unsound(f"{case}injuries/") == []
    assert doctor.complained == []


def _by_keyboard(page: Page) -> None:
    """Write a second injury down without a pointer: the figure is no stop on the way, the list of places is."""
    page.locator("#id_region").focus()
    for _key in range(3):
        page.keyboard.press("ArrowDown")
    assert page.locator("#id_region").input_value() not in {"", "front_forearm_left"}
    page.locator("#id_seen_on").focus()
    page.keyboard.type("22.11.2026")
    page.locator("#id_words").focus()
    page.keyboard.type("Сары жиекті")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "submit"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Сары жиекті")


def _one_day_alone(page: Page) -> None:
    """Narrow to the first day by keyboard: its injury alone is listed and marked."""
    expect(page.locator("input[name=day]")).to_have_count(2)
    page.locator("input[name=day][value='2026-11-20']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("main ol > li")).to_have_count(1)
    expect(page.locator("main ol > li")).to_contain_text("3 × 1,5 см")
    expect(page.locator(".a-figure__part.is-marked")).to_have_count(1)
