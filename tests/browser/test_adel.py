"""Adel (J1) in the browser, as far as the system reaches: she may harm herself, nobody acts, she is nearly 18.

What must happen: an alarm that only a named person ends, a silence that stands on top of her file and in my work, and
the pages on which her own application and what she needs at 18 are kept.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from playwright.sync_api import expect

from arasha.coordination import actions
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.signals.actions import open_case_from, report_signal
from arasha.signals.rules import Report
from arasha.web.actions import Seat
from tests.browser.children import DISTRICT, acting
from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
COORDINATOR, ADEL = "Гүлнар Әбдікерімова", "Адель"


@pytest.fixture(scope="module")
def dossier(demonstrated: list[Seat]) -> UUID:
    """Her file: told of by the doctor, opened, and left alone for twenty days by the clock that notices it."""
    seats: dict[str, Seat] = {seat.login: seat for seat in reversed(demonstrated)}
    told = Report(
        door="health",
        territory=DISTRICT,
        concerns=["self_harm", "physical"],
        safe_now="no",
        suspect_has_access="yes",
        child_called=ADEL,
        child_age=17,
        child_sex="girl",
    )
    with transaction.atomic():
        signal = report_signal(actor=acting(seats["doctor"]), report=told, now=domain_now())
    with transaction.atomic():
        case = open_case_from(actor=acting(seats["coordinator"]), signal=signal.pk, now=domain_now())
        file: UUID = case.dossier_id
    later = domain_now() + timedelta(days=20)
    with system("count") as actor:
        actions.watch_files(actor=actor, now=later)
        assert actions.notice_silences(actor=actor, now=later) > 0
    return file


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_where_the_real_system_was_silent_it_is_said(look: Opened, dossier: UUID, width: int) -> None:
    window = look(width=width)
    page = window.at("/sign-in/")
    page.get_by_role("button", name=COORDINATOR).click()
    expect(page.locator("h1")).to_be_visible()
    window.at(f"/files/{dossier}/")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#silences")).to_contain_text("Баланы ешкім көрген жоқ")
    assert window.axe() == []
    assert window.sideways() == []
    window.at("/")
    expect(page.locator("#silences")).to_contain_text(ADEL)
    window.at(f"/adulthood/of/{dossier}/")
    assert window.axe() == []
    assert window.sideways() == []
    window.at(f"/adulthood/{dossier}/")
    expect(page.locator("main")).to_contain_text("18")
    assert window.axe() == []
    assert window.sideways() == []
    assert window.complained == []
