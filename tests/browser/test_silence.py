"""Nobody acts for a child: it stands on the file, in my work and on the list, in the browser; muting needs a reason."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect

from arasha.coordination import actions
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.web.actions import Seat
from tests.browser.children import file_of
from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
COORDINATOR, ALONE = "Гүлнар Әбдікерімова", "Баламен ешкім оңаша сөйлескен жоқ"
# Which silence is muted on which window: each its own, so that either may come first.
MUTED = {PHONE: "Баланы ешкім көрген жоқ", DESKTOP: "Ешкім ештеңе істеген жоқ"}


@pytest.fixture(scope="module")
def dossier(demonstrated: list[Seat]) -> UUID:
    """A child's file for whom nobody did anything for twenty days, by the clock that notices it."""
    seats: dict[str, Seat] = {seat.login: seat for seat in reversed(demonstrated)}
    file = file_of(seats, "Аружан", age=9)
    later = domain_now() + timedelta(days=20)
    with system("count") as actor:
        actions.watch_files(actor=actor, now=later)
        assert actions.notice_silences(actor=actor, now=later) > 0
    return file


@pytest.mark.parametrize("width", sorted(MUTED))
def test_a_silence_is_seen_wherever_its_lead_looks_and_is_muted_with_a_reason_only(
    look: Opened, dossier: UUID, width: int
) -> None:
    window = look(width=width)
    page = window.at("/sign-in/")
    page.get_by_role("button", name=COORDINATOR).click()
    expect(page.locator("h1")).to_be_visible()
    for path, place in (("/", "#silences"), (f"/files/{dossier}/", "#silences"), ("/silences/", "main table")):
        window.at(path)
        expect(page.locator(place)).to_contain_text(ALONE if "files" in path else "Аружан")
        assert window.axe() == [], path
        assert window.sideways() == [], path
    window.at(f"/files/{dossier}/silences/")
    page.keyboard.press("Tab")
    button = page.locator("main form button[type=submit]").last
    button.click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert window.axe() == []
    page.locator("input[name=reason][value=known]").check()
    page.locator("textarea[name=words]").fill("Бала әжесінде, күн сайын хабарласамыз")
    page.locator("input[name=until]").fill(f"{local(domain_now()).date() + timedelta(days=5):%d.%m.%Y}")
    page.locator("select[name=silence]").select_option(label=MUTED[width])
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("күн сайын хабарласамыз")
    assert window.sideways() == []
    assert window.complained == []
