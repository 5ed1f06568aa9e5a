"""A place for a child, in the browser: asked, refused with a reason, the next one offered, waited for, begun."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import transaction
from playwright.sync_api import Locator, expect

from arasha.kernel.worktime.queries import domain_now
from arasha.plans.tests.offered import COUNSELLING
from arasha.services import actions as directory
from arasha.services.rules import ProviderSaid, SiteSaid
from arasha.web.actions import Seat
from tests.browser.children import DISTRICT, acting, file_of
from tests.browser.conftest import PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
COORDINATOR, PROVIDER = "Гүлнар Әбдікерімова", "Бақыт Жұмабеков"
FIRST, NEXT = "«Сынақ» психология кабинеті", "Қорғаншылық және қамқоршылық органы, Сарыағаш"


@pytest.fixture(scope="module")
def seats(demonstrated: list[Seat]) -> dict[str, Seat]:
    """The demonstration district's people, each in their first post."""
    return {seat.login: seat for seat in reversed(demonstrated)}


@pytest.fixture(scope="module")
def dossier(seats: dict[str, Seat]) -> UUID:
    """A child's file; guardianship's own people give counselling, too."""
    with transaction.atomic():
        body = acting(seats["guardianship"]).body_id
    with transaction.atomic():
        actor, now = acting(seats["coordinator"]), domain_now()
        said = ProviderSaid(name_kk=NEXT, kind="ngo", ownership="ngo", territory=DISTRICT)
        provider = directory.add_provider(actor=actor, said=said, body_id=body, now=now)
        where = SiteSaid(territory=DISTRICT, phone="+77253721122")
        site_id = directory.add_site(actor=actor, provider_id=provider, said=where, now=now)
        directory.add_offering(actor=actor, site_id=site_id, said=COUNSELLING, now=now)
    return file_of(seats, "Аяру", age=13)


def looked_at(window: Look) -> None:
    """Hold a page to what every page is held to."""
    assert window.axe() == []
    assert window.sideways() == []


def row(window: Look, called: str) -> Locator:
    """Return the line of a service among those that fit."""
    return window.page.locator("main tbody tr", has_text=called).first


def asked(window: Look, urgency: str, *, bring_in: bool = False) -> None:
    """Ask for a place on the page that is open, without the reason of its urgency at first."""
    page = window.page
    looked_at(window)
    page.check(f"input[name=urgency][value={urgency}]")
    page.select_option("select[name=why]", "")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    looked_at(window)
    page.select_option("select[name=why]", "not_safe")
    if bring_in:
        page.locator("input[name=bring_in]").first.check()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("#steps")).to_be_visible()
    looked_at(window)


def step(window: Look, code: str, **said: str) -> None:
    """Record a step of a place as people do."""
    page = window.page
    form = page.locator(f"#steps details:has(input[name=step][value={code}])")
    form.locator("summary").click()
    for name, value in said.items():
        field = form.locator(f"[name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "radio":
            form.locator(f"[name={name}][value={value}]").check()
        else:
            field.fill(value)
    looked_at(window)
    form.locator("button[type=submit]").click()
    expect(page.locator(".moj-alert").first).to_be_visible()


def test_refused_the_next_is_offered_waits_and_begins(as_person: Opened, dossier: UUID) -> None:
    window = as_person(COORDINATOR)
    home = f"/plans/{dossier}/places/"
    page = window.at(home)
    looked_at(window)
    page.locator(f"a.govuk-button[href='{home}find/']").click()
    looked_at(window)
    page.select_option("[name=service]", "psychological_support")
    page.locator("main form button[type=submit]").first.click()
    row(window, FIRST).locator("a[href*='/places/ask/']").click()
    asked(window, "week")
    step(window, "refuse", reason="no_room", said_by="telephone")
    looked_at(window)
    row(window, NEXT).locator("a[href*='/places/ask/']").click()
    asked(window, "today", bring_in=True)
    step(window, "wait", urgency="today", why="not_safe", said_by="telephone")
    own(as_person)
    step(window, "begin", on=f"{domain_now():%d.%m.%Y}", said_by="telephone")
    looked_at(window)
    for path in (home, f"{home}find/", "/plans/handing-over/", "/plans/unmet/"):
        assert window.unsound(path) == []
    expect(window.at(home).locator("main tbody tr")).to_have_count(2)


def own(as_person: Opened) -> None:
    """Who was brought in sees on a phone that the child waits, and says how much room there is."""
    window = as_person(PROVIDER, width=PHONE)
    assert window.unsound("/plans/waiting/") == []
    page = window.at("/plans/waiting/")
    expect(page.locator("main tbody")).to_contain_text("Аяру")
    page.locator("main a[href^='/services/room/']").first.click()
    looked_at(window)
    page = window.at("/plans/waiting/")
    page.locator("main tbody a").first.click()
    looked_at(window)
