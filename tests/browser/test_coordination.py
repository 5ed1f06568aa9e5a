"""The pages of coordination: a file with its journey and time line, at phone and desktop width."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from arasha.cases.models import Case
from arasha.kernel.access.actions import begin_session, enter
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.actions import advance_clock
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import clock_ahead, domain_now
from arasha.obligations.actions import meet
from arasha.obligations.models import Obligation
from arasha.obligations.tasks import sweep
from arasha.signals.actions import open_case_from
from arasha.signals.models import Signal
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
PEOPLE = {"coordinator": "Гүлнар Әбдікерімова"}
NARROWEST = 320


def acting(seats: list[Seat], login: str) -> Callable[[], Actor]:
    """Return what lets somebody of the demonstration act in the present transaction."""
    seat = next(seat for seat in seats if seat.login == login)
    token = secrets.token_urlsafe()
    expires = domain_now() - clock_ahead() + timedelta(hours=5)
    begin_session(user_id=seat.account.user_id, token=token, expires_at=expires)
    return lambda: enter(token, seat.post_id)


@pytest.fixture(scope="module")
def case(demonstrated: list[Seat]) -> str:
    """A case of twelve days: answered late, then silent; returns its address."""
    seats = demonstrated
    coordinator, inspector = acting(seats, "coordinator"), acting(seats, "inspector")
    with transaction.atomic():
        actor = coordinator()
        signal = Signal.objects.order_by("received_at").first()
        assert signal is not None
        made: Case = open_case_from(actor=actor, signal=signal.pk, now=domain_now())
    with transaction.atomic():
        actor = inspector()
        duty = Obligation.objects.filter(dossier=made.dossier_id, unit=actor.unit_id).order_by("due_now", "pk").first()
        assert duty is not None
        meet(actor=actor, obligation=duty.pk, answer="Баланы көрдім.", now=domain_now())
    for hours in (30, 60, 100, 60):
        advance_clock(by=timedelta(hours=hours), actor=INSTALLATION, now=domain_now())
        sweep(domain_now())
    return f"/files/{made.dossier_id}/"


@pytest.fixture
def coordinator(look: Opened, case: str) -> Opened:
    """Open a window signed in as the district's coordinator."""

    def signed_in(**how: object) -> Look:
        window = look(**how)
        window.at("/sign-in/").get_by_role("button", name=PEOPLE["coordinator"]).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_pages_of_a_file_are_accessible_in_kazakh(coordinator: Opened, case: str, width: int) -> None:
    window = coordinator(width=width, language="kk")
    paths = [case, f"{case}story/", f"{case}duties/", f"{case}story/?kind=silence&period=week"]
    for path in paths:
        window.at(path)
        assert [*window.axe(), *window.sideways()] == [], path
    assert window.complaints == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_page_of_a_file_scrolls_sideways_on_the_narrowest_phone(
    coordinator: Opened, case: str, language: str
) -> None:
    window = coordinator(width=NARROWEST, language=language)
    for path in (case, f"{case}story/", f"{case}duties/"):
        window.at(path)
        assert window.sideways() == [], path


def test_silence_is_drawn_on_the_journey_and_told_in_the_list(coordinator: Opened, case: str) -> None:
    page = coordinator(width=DESKTOP, language="en").at(case)
    expect(page.locator(".a-journey__grid")).to_be_visible()
    expect(page.locator(".a-journey__grid .a-gap--all").last).to_contain_text("10 days: nobody")
    expect(page.locator(".a-journey .a-tl")).to_be_hidden()
    phone = coordinator(width=PHONE, language="en").at(case)
    expect(phone.locator(".a-journey__grid")).to_be_hidden()
    expect(phone.locator(".a-journey .a-tl")).to_contain_text("10 days: nobody wrote anything, and it lasts")


def test_the_time_line_is_narrowed_without_scripts_and_the_choice_stands_in_the_address(
    coordinator: Opened, case: str
) -> None:
    window = coordinator(width=DESKTOP, language="en", scripts=False)
    page = window.at(f"{case}story/")
    page.get_by_label("Reports and signals").check()
    page.get_by_role("button", name="Show these").click()
    assert "kind=signal" in page.url
    expect(page.locator("#story")).to_contain_text("A report came in; who reported is sealed")
    expect(page.locator("#story")).not_to_contain_text("Obligation met late")


def test_the_time_line_is_taken_along_as_a_document(coordinator: Opened, case: str) -> None:
    page = coordinator(width=DESKTOP, language="en").at(f"{case}story/")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take it as PDF").click()
    assert taken.value.suggested_filename.startswith("TRK-")
    assert taken.value.path().read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_board_and_my_work_are_accessible_in_kazakh(coordinator: Opened, width: int) -> None:
    window = coordinator(width=width, language="kk")
    for path in ("/", "/board/", "/board/table/", "/board/late/", "/board/unseen/", "/month/", "/month/?month=2026-11"):
        window.at(path)
        assert [*window.axe(), *window.sideways()] == [], path
    assert window.complaints == []


def test_the_paper_for_tonight_is_one_click(coordinator: Opened) -> None:
    page = coordinator(width=PHONE, language="kk").at("/")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Түнгі парақ").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
