"""The way in: an invitation becomes an account, two factors open the door, a passkey opens it faster."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from arasha.administration.tests.people import Member, code_of, make_member
from tests.browser.conftest import NARROWEST, PHONE, Look, Site

pytestmark = pytest.mark.browser
PASSWORD = "тау үсті бұлт жүзеді"


@pytest.fixture
def administrator(site: Site, request: pytest.FixtureRequest) -> Iterator[Member]:
    """Somebody who administers accounts, built on the owner's login; new for each test, as a code opens once."""
    with replace(site.database, app=site.database.owner).as_default():
        made = make_member(f"administrator.{request.node.name[:40]}", "administration")
    with site.database.as_default():
        yield made


def fill_password(page: Page, login: str, password: str) -> None:
    page.locator("#id_login").fill(login)
    page.locator("#id_password").fill(password)
    page.locator("main button[type=submit]").first.click()


def sign_in(look: Look, member: Member) -> Page:
    page = look.at("/sign-in/")
    fill_password(page, member.login, member.password)
    page.locator("#id_code").fill(member.code())
    page.locator("main form:has(#id_code) button").click()
    page.wait_for_url(re.compile(r"^(?!.*/sign-in/).*$"))
    return page


def test_an_invited_person_gets_in_and_each_page_is_accessible(
    look: Callable[..., Look], administrator: Member
) -> None:
    office = look(language="en")
    sign_in(office, administrator)
    page = office.at("/administration/accounts/invite/")
    assert office.axe() == []
    page.locator("#id_name").fill("Жаңа Адам")
    page.locator("#id_login").fill("new.person")
    page.locator("#id_email").fill("new@example.kz")
    page.locator("main form button[type=submit]").click()
    link = re.search(r"/link/[\w-]+/", page.locator("main code").inner_text())
    assert link

    phone = look(width=PHONE, language="kk")
    own = phone.at(link[0])
    assert phone.axe() == []
    assert phone.sideways() == []
    secret = own.locator("main code").inner_text()
    own.locator("#id_password").fill(PASSWORD)
    own.locator("#id_again").fill(PASSWORD)
    own.locator("#id_code").fill("000000")
    own.locator("main form button[type=submit]").click()
    expect(own.locator(".govuk-error-summary")).to_be_visible()
    assert phone.axe() == []
    own.locator("#id_password").fill(PASSWORD)
    own.locator("#id_again").fill(PASSWORD)
    own.locator("#id_code").fill(code_of(secret))
    own.locator("main form button[type=submit]").click()
    expect(own.locator("main li code")).to_have_count(10)
    assert phone.axe() == []
    new = Member(0, "new.person", PASSWORD, secret, 0)
    own = phone.at("/sign-in/")
    assert phone.axe() == []
    fill_password(own, new.login, new.password)
    expect(own.locator("#id_code")).to_be_visible()
    assert phone.axe() == []
    assert phone.sideways() == []
    own.locator("#id_code").fill(new.code(1))  # the present one was shown when the link was used
    own.locator("main form:has(#id_code) button").click()
    own.wait_for_url("**/post/")  # no post yet, and the page says so
    assert phone.axe() == []
    assert [line for line in phone.complaints if "favicon" not in line] == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/lost/", "/sign-in/password/", "/sign-in/password/asked/"])
def test_sign_in_pages_fit_a_narrow_screen_in_three_languages(
    look: Callable[..., Look], language: str, path: str
) -> None:
    window = look(width=NARROWEST, language=language)
    window.at(path)
    assert window.sideways() == []


def test_a_passkey_is_added_and_opens_the_door(look: Callable[..., Look], site: Site, administrator: Member) -> None:
    window = look(language="en")
    # A passkey belongs to a name, not to a number; both lead to this machine.
    window.site = Site(site.url.replace("127.0.0.1", "localhost"), site.database)
    tools = window.page.context.new_cdp_session(window.page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    member = replace(administrator)
    page = window.at("/sign-in/")
    fill_password(page, member.login, member.password)
    page.locator("#id_code").fill(member.code(1))
    page.locator("main form:has(#id_code) button").click()
    page.wait_for_url(re.compile(r"^(?!.*/sign-in/).*$"))
    page = window.at("/account/passkeys/add/")
    page.locator("#id_code").fill(member.code())  # asked again: this is important
    page.locator("main form button[type=submit]").first.click()
    page.locator("#id_name").fill("Desk")
    page.locator("main form[data-passkey] button").click()
    page.wait_for_url("**/account/")
    expect(page.get_by_text("Desk").first).to_be_visible()
    assert window.axe() == []
    page.context.clear_cookies()
    page = window.at("/sign-in/")
    fill_password(page, member.login, member.password)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(re.compile(r"^(?!.*/sign-in/).*$"))
    assert [line for line in window.complaints if "favicon" not in line] == []
