"""A child is referred in the browser: declined by one service, taken by the next; a specialist is asked."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from arasha.kernel.access.actions import begin_session, enter
from arasha.kernel.access.models import Unit
from arasha.plans.tests.offered import COUNSELLING
from arasha.services import actions as directory
from arasha.services.rules import ProviderSaid, SiteSaid
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look
from tests.browser.test_people import PEOPLE, open_case

pytestmark = pytest.mark.browser
DISTRICT = "615400000"
DOCTOR, OFFICER = "Айгүл Сейітқызы", "Бақыт Жұмабеков"
SERVICES = {"doctor": "Емхана кеңесі", "guardianship": "Қорғаншылық кеңесі"}
Opened = Callable[..., Look]
NUMBERS = count(1)


@pytest.fixture(scope="module")
def seats(demonstrated: list[Seat]) -> list[Seat]:
    """The demonstration district, two bodies of which give a service of the directory."""
    made = demonstrated
    by_login = {seat.login: seat for seat in made}
    for login, name in SERVICES.items():
        _enter(by_login["coordinator"], by_login[login], name)
    return made


def _enter(keeper: Seat, giver: Seat, name: str) -> None:
    """Enter what somebody's body offers, as the district's coordinator."""
    now, token = datetime.now(UTC), uuid4().hex
    body = Unit.objects.using("owner").get(pk=giver.unit_id).body_id
    with transaction.atomic():
        begin_session(user_id=keeper.account.user_id, token=token, expires_at=datetime(2099, 1, 1, tzinfo=UTC))
        actor = enter(token, keeper.post_id)
        said = ProviderSaid(name_kk=name, kind="ngo", ownership="ngo", territory=DISTRICT)
        provider = directory.add_provider(actor=actor, said=said, now=now, body_id=body)
        place = SiteSaid(territory=DISTRICT, phone="+77253721122", name_kk=name)
        site = directory.add_site(actor=actor, provider_id=provider, said=place, now=now)
        offered = replace(COUNSELLING, served=[DISTRICT])
        directory.add_offering(actor=actor, site_id=site, said=offered, now=now)


def sound(window: Look) -> None:
    """Assert that a page has no fault that axe finds, and no sideways scrolling; keep a picture where one is asked."""
    assert (window.axe(), window.sideways()) == ([], [])
    if place := os.environ.get("ARASHA_PICTURES"):
        window.page.screenshot(path=str(Path(place) / f"{next(NUMBERS)}.png"), full_page=True)


def refer_to(page: Page, title: str) -> None:
    """Choose a service of the list of what fits."""
    page.locator("tr", has_text=title).locator("a[href*='/referrals/send/']").first.click()


def send(page: Page) -> None:
    """Fill in the page that sends a referral."""
    page.get_by_label("Can wait").check()
    page.get_by_label("What the service must know").fill("Ұйықтай алмайды, әңгімелесу керек")
    page.get_by_label("The child and a grown-up agree").check()
    page.locator("input[name=unit]").first.check()
    page.get_by_role("button", name="Send the referral").click()
    expect(page.locator("main")).to_contain_text("silence comes back to you by itself")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_referral_is_declined_and_taken_by_the_next(as_person: Opened, width: int) -> None:
    lead = as_person(PEOPLE["coordinator"], language="en", width=width)
    given = "Аяру" if width == DESKTOP else "Дана"
    people = open_case(lead, surname="Сапарова", given=given, year="2013")
    home = people.replace("/people/", "/plans/").split("#")[0]
    page = lead.at(f"{home}referrals/")
    sound(lead)
    page.get_by_role("button", name="Refer to a service").click()
    sound(lead)
    refer_to(page, "Polyclinic No. 2")
    expect(page.locator("main")).to_contain_text("Answer owed within 3 working days")
    expect(page.locator("main")).to_contain_text("Reads: identity")
    sound(lead)
    send(page)
    sound(lead)
    address = "/" + page.url.split("/", 3)[3]
    doctor = as_person(DOCTOR, width=width, language="kk")
    theirs = doctor.at("/plans/referrals/received/")
    sound(doctor)
    theirs = doctor.at(address)
    sound(doctor)
    theirs.locator("details", has_text="Бас тартылды").first.locator("summary").click()
    theirs.locator("#id_refuse_reason").select_option("no_room")
    theirs.locator("#id_refuse_said_by").select_option("own")
    theirs.locator("form:has(#id_refuse_reason) button[type=submit]").click()
    expect(theirs).to_have_url(re.compile("/plans/referrals/received/"))
    page = lead.at(address)
    expect(page.locator("main")).to_contain_text("Send the child to another service")
    sound(lead)
    refer_to(page, "Guardianship body")
    send(page)
    _taken(as_person(OFFICER, width=width, language="ru"), "/" + page.url.split("/", 3)[3])
    assert lead.complaints == []


def _taken(officer: Look, address: str) -> None:
    page = officer.at(address)
    page.locator("details:has(#id_begin_said_by) summary").click()
    page.locator("#id_begin_said_by").select_option("own")
    page.locator("form:has(#id_begin_said_by) button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Помощь началась")
    sound(officer)


def test_a_specialist_is_asked_and_answers(as_person: Opened) -> None:
    lead = as_person(PEOPLE["coordinator"], language="en", width=PHONE)
    home = open_case(lead, surname="Ахметова", given="Айша", year="2014").replace("/people/", "/plans/").split("#")[0]
    page = lead.at(f"{home}specialists/?specialist=doctor")
    sound(lead)
    page.get_by_label("Your question").fill("Бала үш күн ұйықтамаған. Не істеу керек?")
    page.locator("label", has_text="olyclinic").first.click()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("main")).to_contain_text("the case stays with you")
    sound(lead)
    doctor = as_person(DOCTOR, language="en")
    theirs = doctor.at("/" + page.url.split("/", 3)[3])
    sound(doctor)
    theirs.get_by_label("Your answer").fill("Ертең таңертең әкеліңіз")
    theirs.get_by_role("button", name="Answer", exact=True).click()
    expect(theirs.locator("main")).to_contain_text("Whoever asked was told")
    sound(doctor)
