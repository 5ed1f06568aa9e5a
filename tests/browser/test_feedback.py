"""A child says on a phone without scripts how the help was; the service reads nothing of fewer than ten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.participation import actions, rules
from arasha.services import actions as directory
from arasha.services.tests.directory import FAMILY_SUPPORT, HELP, OFFICE
from arasha.web.actions import Seat
from tests.browser.children import acting, file_of
from tests.browser.conftest import DESKTOP, PHONE, Look, Site, public_site

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
COORDINATOR, PROVIDER = "Гүлнар Әбдікерімова", "Назым Оспанова"
WORDS = "Бөлме суық болды, бірақ апай жақсы"
GOOD = [1, 1, 2, 1, 3]


@pytest.fixture(scope="module")
def seats(demonstrated: list[Seat]) -> dict[str, Seat]:
    """The demonstration district's people, each in their first post."""
    return {seat.login: seat for seat in reversed(demonstrated)}


@pytest.fixture(scope="module")
def place(seats: dict[str, Seat]) -> UUID:
    """A site at which the school's own people work."""
    with transaction.atomic():
        body = acting(seats["psychologist"]).body_id
    with transaction.atomic():
        actor, now = acting(seats["coordinator"]), domain_now()
        provider = directory.add_provider(actor=actor, said=FAMILY_SUPPORT, body_id=body, now=now)
        return directory.add_site(actor=actor, provider_id=provider, said=OFFICE, now=now)


@pytest.fixture
def offering(seats: dict[str, Seat], place: UUID) -> UUID:
    """A service that is given there."""
    with transaction.atomic():
        actor = acting(seats["coordinator"])
        return directory.add_offering(actor=actor, site_id=place, said=HELP, now=domain_now())


def others(seats: dict[str, Seat], offering: UUID, site: Site, count: int) -> None:
    """Let more children be asked and answer."""
    numbers = [rules.new_number() for _turn in range(count)]
    for turn, number in enumerate(numbers):
        dossier = file_of(seats, f"Бала {turn}")
        with transaction.atomic():
            actions.invite(
                actor=acting(seats["coordinator"]),
                dossier=dossier,
                offering=offering,
                age="child",
                number=number,
                invitation=uuid4(),
                now=domain_now(),
            )
    with replace(site.database, app=site.database.public).as_default():
        for number in numbers:
            actions.hand_in(
                actor=None, number=number, said=GOOD, words="", help_asked=False, language="kk", now=domain_now()
            )


def work(*, over: bool = False) -> None:
    """Let the worker open what came in, and count the half-year when it is over."""
    now: datetime = domain_now()
    with system("letters") as actor:
        actions.open_words(actor=actor, now=now)
    if over:
        with system("letters") as actor:
            actions.close_periods(actor=actor, now=now + timedelta(days=230))


def looked_at(window: Look, *, scripts: bool = True) -> None:
    """Hold a page to what every page is held to; without scripts nothing can ask axe."""
    assert window.sideways() == []
    assert not scripts or window.axe() == []


def invited(window: Look, dossier: UUID, offering: UUID) -> str:
    """Invite the child of a file on its page; returns the number."""
    page = window.at(f"/feedback/files/{dossier}/?of={offering}")
    looked_at(window)
    page.check("input[name=age][value=child]")
    page.click("main form button")
    expect(page.locator(".a-code")).to_be_visible()
    looked_at(window)
    return page.locator(".a-code").inner_text()


def said(window: Look, number: str, *, scripts: bool) -> None:
    """Answer as a child of twelve; a mistyped number first."""
    page = window.page
    page.fill("input[name=number]", "1234")
    page.click("main form button")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    looked_at(window, scripts=scripts)
    page.fill("input[name=number]", number)
    page.click("main form button")
    looked_at(window, scripts=scripts)
    onward(page)
    for place in GOOD:
        looked_at(window, scripts=scripts)
        page.check(f".govuk-radios__input[value='{place}']")
        onward(page)
    page.fill("textarea", WORDS)
    looked_at(window, scripts=scripts)
    onward(page)
    expect(page.locator("a[href='tel:111']")).to_be_visible()
    looked_at(window, scripts=scripts)


def onward(page: Page) -> None:
    """Press the button that goes on."""
    page.click("button[name=go][value=next]:not([aria-hidden])")


def test_a_child_speaks_and_its_service_reads_what_ten_said_together(
    look: Opened, as_person: Opened, seats: dict[str, Seat], offering: UUID, site: Site
) -> None:
    others(seats, offering, site, 7)
    coordinator, provider = as_person(COORDINATOR), as_person(PROVIDER, width=PHONE)
    numbers = [invited(coordinator, file_of(seats, called), offering) for called in ("Аяру", "Мадина")]
    with public_site(site) as url:
        for scripts, number in zip((False, True), numbers, strict=True):
            phone = look(width=PHONE, scripts=scripts)
            phone.page.goto(f"{url}/said/?language=kk")
            said(phone, number, scripts=scripts)
    work()
    reading(coordinator, provider, offering)
    with public_site(site) as url:
        phone.page.goto(f"{url}/said/of/{offering}/?language=kk")
        expect(phone.page.locator("main")).to_contain_text("Әзірге")
        looked_at(phone)


def reading(coordinator: Look, provider: Look, offering: UUID) -> None:
    """Coordination reads the words and names the service; whoever gives it reads nothing of nine."""
    page = coordinator.at("/feedback/")
    expect(page.locator("main")).to_contain_text(WORDS)
    looked_at(coordinator)
    page = provider.at(f"/feedback/offerings/{offering}/")
    expect(page.locator("main")).not_to_contain_text(WORDS)
    expect(page.locator("main dl")).to_have_count(0)
    looked_at(provider)
    assert provider.at("/feedback/").locator("h1").inner_text()
    expect(provider.page.locator("main")).not_to_contain_text(WORDS)


def test_what_ten_said_stands_for_everybody_and_the_service_answers(
    look: Opened, as_person: Opened, seats: dict[str, Seat], offering: UUID, site: Site
) -> None:
    others(seats, offering, site, 11)
    work(over=True)
    provider = as_person(PROVIDER)
    page = provider.at(f"/feedback/offerings/{offering}/")
    expect(page.locator("main dl").first).to_be_visible()
    looked_at(provider)
    page.fill("textarea[name=kk]", "Бөлмені жылыттық")
    page.click("main form button")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    looked_at(provider)
    page.fill("textarea[name=ru]", "Мы утеплили комнату")
    page.click("main form button")
    expect(page.locator("main")).to_contain_text("Бөлмені жылыттық")
    coordinator = as_person(COORDINATOR, width=PHONE)
    page = coordinator.at("/feedback/")
    page.locator("summary.govuk-details__summary").first.click()
    looked_at(coordinator)
    with public_site(site) as url:
        for width, language in ((PHONE, "ru"), (DESKTOP, "kk"), (PHONE, "kk")):
            window = look(width=width)
            window.page.goto(f"{url}/said/of/{offering}/?language={language}")
            looked_at(window)
        expect(window.page.locator("main")).to_contain_text("Бөлмені жылыттық")
