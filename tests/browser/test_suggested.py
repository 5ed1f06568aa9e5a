"""Risk, entitlement and safety plans in the browser: suggested and why, one form for all facts, kept while typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look
from tests.browser.test_people import PEOPLE, open_case

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
# What is typed is sent after a pause; a loaded machine takes its time.
WAIT = 30_000


@pytest.fixture
def as_person(look: Opened, seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as somebody of the district."""

    def signed_in(name: str, *, width: int = DESKTOP, language: str = "en") -> Look:
        window = look(width=width, language=language)
        window.at("/sign-in/").get_by_role("button", name=name).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def test_risk_and_entitlement_are_read_and_written_on_a_desk_and_on_a_telephone(as_person: Callable[..., Look]) -> None:
    lead = as_person(PEOPLE["coordinator"])
    home = open_case(lead, surname="Сапарова", given="Аяру", year="2013").replace("/people/", "/plans/").split("#")[0]
    page = lead.at(f"{home}eligibility/")
    assert (lead.axe(), lead.sideways()) == ([], [])
    facts = page.locator("#facts")
    facts.get_by_label("Points by the criteria of cruel treatment").fill("1000")
    facts.get_by_role("group", name="The assessment found a need of help").get_by_label("yes", exact=True).check()
    facts.get_by_role("button", name="Write it down").click()
    expect(page.locator("main")).to_contain_text("The assessment found a need of help: yes")
    expect(page.get_by_label("Points by the criteria of cruel treatment")).to_have_value("1000")
    assert (lead.axe(), lead.sideways()) == ([], [])
    page = lead.at(f"{home}risk/")
    page.get_by_label("very high", exact=True).check()
    page.get_by_role("button", name="Record the judgement").click()
    expect(page.locator("main")).to_contain_text("Judgements so far")
    assert (lead.axe(), lead.sideways()) == ([], [])
    for language in ("kk", "ru"):
        narrow = as_person(PEOPLE["coordinator"], width=PHONE, language=language)
        for name in ("risk", "eligibility"):
            narrow.at(f"{home}{name}/")
            assert (narrow.axe(), narrow.sideways()) == ([], [])


def test_a_safety_plan_is_kept_while_it_is_typed_and_two_windows_lose_nothing(as_person: Callable[..., Look]) -> None:
    lead = as_person(PEOPLE["coordinator"])
    home = open_case(lead, surname="Сапарова", given="Айша", year="2014").replace("/people/", "/plans/").split("#")[0]
    other = as_person(PEOPLE["coordinator"], width=PHONE)
    page, second = lead.at(f"{home}safety-plan/"), other.at(f"{home}safety-plan/")
    page.get_by_label("What I can do").press_sequentially("Көршіге барамын")
    expect(page.locator("#kept [role=status]")).to_contain_text("Saved", timeout=WAIT)
    second.get_by_label("What I can do").press_sequentially("Апама барамын")
    expect(second.locator("#kept [role=status]")).to_contain_text("kept beside it", timeout=WAIT)
    second.get_by_role("link", name="Look at both").click()
    expect(second.locator("main")).to_contain_text("Two windows wrote here")
    assert (other.axe(), other.sideways()) == ([], [])
    second.get_by_role("button", name="Take what the other window wrote").click()
    expect(second.get_by_label("What I can do")).to_have_value("Апама барамын")
    second.get_by_label("the child agrees", exact=True).check()
    second.get_by_role("button", name="Keep the plan").click()
    expect(second.get_by_role("heading", name="Version 1")).to_be_visible()
    expect(second.locator("main")).to_contain_text("Көршіге барамын")
    second.get_by_role("button", name="Keep the draft, lay the other aside").click()
    expect(second.get_by_role("button", name="Write the next version")).to_be_visible()
    assert (other.axe(), other.sideways()) == ([], [])
    assert lead.complained + other.complained == []
