"""A certificate in the browser: issued, checked on a phone without scripts, withdrawn by two persons, checked again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from arasha.kernel.worktime.queries import domain_now
from tests.browser.conftest import PHONE, Look, Site, public_site

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
# The one person of guardianship in the district: nobody else of its body could be the second.
ISSUER, COORDINATOR = "Бақыт Жұмабеков", "Гүлнар Әбдікерімова"
HOLDER = "Әлия Нұрланқызы Сәрсенбаева"


def looked_at(window: Look, *, scripts: bool = True) -> None:
    """Hold a page to what every page is held to; without scripts nothing can ask axe."""
    assert window.sideways() == []
    assert not scripts or window.axe() == []


def issued(window: Look) -> tuple[str, str]:
    """Issue a certificate, its line wrong at first, and print it; returns its number and its page."""
    page = window.at("/certificates/")
    looked_at(window)
    page = window.at("/certificates/issue/")
    looked_at(window)
    page.select_option("[name=programme]", "adoptive_parents")
    page.fill("[name=entry]", HOLDER[:10])
    page.fill("[name=completed_on]", f"{domain_now():%d.%m.%Y}")
    page.click("main form button[type=submit]")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    looked_at(window)
    page.fill("[name=entry]", "17/2026")
    page.click("main form button[type=submit]")
    number = page.locator("code.a-code").inner_text()
    looked_at(window)
    page.fill("[name=holder]", HOLDER)
    with page.expect_download() as given:
        page.click("main form button[type=submit]")
    printed = " ".join(one.extract_text() for one in PdfReader(Path(str(given.value.path()))).pages)
    assert number in printed
    assert HOLDER in printed
    page.locator("main a[href^='/certificates/']").last.click()
    expect(page.locator("main")).to_contain_text("Жарамды")
    expect(page.locator("main")).not_to_contain_text(number)
    looked_at(window)
    return number, page.url.removeprefix(window.site.url)


def answers(look: Opened, url: str, number: str) -> set[str]:
    """Ask on phones, with scripts and without, in all languages; returns what they answer in Kazakh."""
    found = set()
    for scripts in (True, False):
        window = look(width=PHONE, scripts=scripts)
        for language in ("ru", "en", "kk"):
            window.page.goto(f"{url}/certificate/?language={language}")
            window.page.fill("[name=number]", number.lower().replace("-", " "))
            window.page.click("main form button[type=submit]")
            expect(window.page.locator("[role=status] b")).to_be_visible()
            looked_at(window, scripts=scripts)
        found.add(window.page.locator("[role=status] b").inner_text())
        assert number not in window.page.content()
    return found


def test_a_number_answers_and_two_persons_withdraw_it(look: Opened, as_person: Opened, site: Site) -> None:
    issuer, coordinator = as_person(ISSUER), as_person(COORDINATOR, width=PHONE)
    number, address = issued(issuer)
    with public_site(site) as url:
        assert answers(look, url, number) == {"Жарамды"}
        assert answers(look, url, "AAAA-AAAA-AAAA-AAAA") == {"Жарамсыз"}
    page = issuer.at(address)
    page.check("input[name=reason][value=mistake]")
    page.click("form[action$='/withdraw/'] button")
    expect(page.locator("form[action$='/decide/']")).to_have_count(0)
    looked_at(issuer)
    with public_site(site) as url:
        assert answers(look, url, number) == {"Жарамды"}
    second(coordinator)
    with public_site(site) as url:
        assert answers(look, url, number) == {"Жарамсыз"}
    page = issuer.at(address)
    expect(page.locator("form[action$='/print/']")).to_have_count(0)
    looked_at(issuer)
    assert issuer.unsound("/certificates/") == []


def second(window: Look) -> None:
    """Let coordination, whose rail tells of it, withdraw the certificate."""
    page = window.at("/")
    assert page.locator("a[href='/certificates/waiting/']").count()
    assert window.unsound("/certificates/waiting/") == []
    page.locator("main a[href^='/certificates/waiting/']").click()
    looked_at(window)
    page.click("button[value=withdraw]")
    expect(page.locator("main tbody")).to_have_count(0)
    looked_at(window)
    assert window.at("/").locator("a[href='/certificates/waiting/']").count() == 0
