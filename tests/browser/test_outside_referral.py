"""A child is referred to a service without an account: a link is made, opened without scripts, answered."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from arasha.kernel.access.actions import begin_session, enter, system
from arasha.kernel.worktime.queries import domain_now
from arasha.plans import actions
from arasha.plans.tests.offered import COUNSELLING
from arasha.services import actions as directory
from arasha.services.rules import ProviderSaid, SiteSaid
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look, Site, public_site
from tests.browser.test_people import PEOPLE, open_case
from tests.browser.test_referrals import DISTRICT, refer_to, sound

pytestmark = pytest.mark.browser
FUND = "Айналайын қоры"
Opened = Callable[..., Look]


@pytest.fixture(scope="module")
def seats(demonstrated: list[Seat]) -> list[Seat]:
    """The demonstration district, and a fund in its directory that has no account."""
    made = demonstrated
    keeper, now, token = next(seat for seat in made if seat.login == "coordinator"), datetime.now(UTC), uuid4().hex
    with transaction.atomic():
        begin_session(user_id=keeper.account.user_id, token=token, expires_at=datetime(2099, 1, 1, tzinfo=UTC))
        actor = enter(token, keeper.post_id)
        said = ProviderSaid(name_kk=FUND, kind="ngo", ownership="ngo", territory=DISTRICT)
        provider = directory.add_provider(actor=actor, said=said, now=now)
        place = SiteSaid(territory=DISTRICT, phone="+77253721122", name_kk=FUND, mail="qor@example.kz")
        site_id = directory.add_site(actor=actor, provider_id=provider, said=place, now=now)
        offered = replace(COUNSELLING, served=[DISTRICT])
        directory.add_offering(actor=actor, site_id=site_id, said=offered, now=now)
    return made


def take() -> None:
    """Let the clock take in what came over links."""
    with system("watch_places") as actor:
        actions.take_outside(actor=actor, now=domain_now())


def send(page: Page) -> None:
    """Refer the child to a service without an account."""
    page.get_by_label("Can wait").check()
    page.get_by_label("What the service must know").fill("Ұйықтай алмайды, әңгімелесу керек")
    page.get_by_label("The child and a grown-up agree").check()
    page.locator("input[name=unit][value=outside]").check()
    page.get_by_role("button", name="Send the referral").click()
    expect(page.locator("main")).to_contain_text("let it answer by a link")


def made(lead: Look) -> tuple[str, str]:
    """Make a link on the referral's page; returns its path and its code."""
    page = lead.page
    page.get_by_role("link", name="Let the service answer by a link").click()
    sound(lead)
    page.get_by_role("button", name="Make the link").click()
    sound(lead)
    text = page.locator("main").inner_text()
    path, code = re.search(r"/r/[A-Za-z0-9_-]{22}/", text), re.search(r"\d{4} \d{4}", text)
    assert path
    assert code
    expect(page.locator("main svg").first).to_be_visible()
    expect(page.locator("a[href^='mailto:']")).to_have_count(1)
    return path[0], code[0]


def answered(phone: Look, url: str, path: str, code: str, *, scripts: bool) -> None:
    """Open the link, mistype the code once, read and take the child."""

    def looked_at() -> None:
        assert phone.sideways() == []
        assert not scripts or phone.axe() == []

    page = phone.page
    page.goto(f"{url}{path}?language=kk")
    looked_at()
    page.fill("input[name=code]", "12")
    page.click("main form button")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    looked_at()
    page.fill("input[name=code]", code)
    page.click("main form button")
    expect(page.locator("main")).to_contain_text("Ұйықтай алмайды")
    expect(page.locator("main")).not_to_contain_text("Сапарова")
    looked_at()
    page.locator("details", has_text="Қабылдаймыз").first.locator("summary").click()
    page.fill("#id_accept_name", "Айгүл Сейітова, директор")
    page.locator("form:has(#id_accept_name) button").click()
    expect(page.locator("main [role=status]")).to_be_visible()
    looked_at()
    # The window's own choice of a language is all that there is; the public's pages set nothing.
    assert {one["name"] for one in page.context.cookies()} <= {"arasha_language"}


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.usefixtures("seats")
def test_a_service_without_an_account_answers_over_a_link(
    as_person: Opened, look: Opened, site: Site, *, scripts: bool
) -> None:
    width = DESKTOP if scripts else PHONE
    lead = as_person(PEOPLE["coordinator"], language="en", width=width)
    people = open_case(lead, surname="Сапарова", given="Аяру" if scripts else "Дана", year="2013")
    home = people.replace("/people/", "/plans/").split("#")[0]
    page = lead.at(f"{home}referrals/")
    page.get_by_role("button", name="Refer to a service").click()
    refer_to(page, FUND)
    send(page)
    here = "/" + page.url.split("/", 3)[3]
    path, code = made(lead)
    with public_site(site) as url:
        phone = look(width=PHONE, scripts=scripts)
        answered(phone, url, path, code, scripts=scripts)
    take()
    page = lead.at(here)
    expect(page.locator("main")).to_contain_text("Айгүл Сейітова, директор")
    expect(page.locator("main")).to_contain_text("not verified")
    sound(lead)


@pytest.mark.usefixtures("seats")
def test_several_children_are_looked_over_and_referred(as_person: Opened) -> None:
    lead = as_person(PEOPLE["coordinator"], language="en", width=PHONE)
    for given in ("Нұрлан", "Мадина"):
        people = open_case(lead, surname="Ахметова", given=given, year="2014")
    home = people.replace("/people/", "/plans/").split("#")[0]
    page = lead.at(f"{home}referrals/")
    page.get_by_role("button", name="Refer to a service").click()
    refer_to(page, FUND)
    page.get_by_role("link", name="Refer several children to this service").click()
    sound(lead)
    for given in ("Нұрлан", "Мадина"):
        page.get_by_label(re.compile(given)).check()
    page.get_by_role("button", name="Look over").click()
    sound(lead)
    page.get_by_label("What the service must know").fill("Топтық сабақ")
    page.locator("select[name^=agreed_]").first.select_option("child_and_adult")
    page.get_by_role("button", name="Send the referrals").click()
    expect(page.locator("main")).to_contain_text("Not sent")
    sound(lead)
