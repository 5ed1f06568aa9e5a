"""The helpline in the browser: two operators, a crash of a tab, one call-back, a supervisor at danger."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from playwright.sync_api import expect

from arasha.helpline import actions
from arasha.helpline.models import CallBack, Contact
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
FIRST, SECOND, HEAD = "Гүлжан Бекенова", "Ерлан Сыдықов", "Айнұр Тілеуова"


@pytest.fixture(scope="module")
def seats(demonstrated: list[Seat]) -> list[Seat]:
    """The demonstration district, whose contacts have ended."""
    made = demonstrated
    with transaction.atomic(), system("helpline") as clock:
        for row in Contact.objects.filter(state="waiting"):
            actions.miss_contact(actor=clock, contact=row.pk, kind="missed", now=domain_now())
    return made


@pytest.fixture
def sitting(look: Opened, seats: list[Seat]) -> Opened:
    """Open a window in which somebody of the helpline has signed in."""

    def signed_in(name: str, *, width: int = DESKTOP, language: str = "en", scripts: bool = True) -> Look:
        window = look(width=width, language=language, scripts=scripts)
        window.at("/sign-in/").get_by_role("button", name=name).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def unit_of(seats: list[Seat]) -> int:
    """Return the helpline's unit."""
    return next(seat.unit_id for seat in seats if seat.login == "helpline")


def chat(seats: list[Seat], words: str, danger: str = "not_asked") -> str:
    """Let somebody write; return the address of the contact."""
    given: dict[str, Any] = {"channel": "chat", "external": uuid4().hex, "unit": unit_of(seats), "danger": danger}
    with transaction.atomic(), system("helpline") as clock:
        row = actions.begin_contact(actor=clock, now=domain_now(), **given)
        actions.hear(actor=clock, contact=row.pk, words=words, ticket=uuid4(), now=domain_now())
    return f"/helpline/{row.pk}/"


def wrote(address: str, words: str) -> None:
    """Let the caller write again."""
    with transaction.atomic(), system("helpline") as clock:
        contact = UUID(address.split("/")[2])
        actions.hear(actor=clock, contact=contact, words=words, ticket=uuid4(), now=domain_now())


def looked_at(window: Look, path: str = "") -> None:
    """Hold a page to what every page is held to."""
    if path:
        window.at(path)
    assert window.axe() == []
    assert window.sideways() == []


def test_one_of_two_operators_gets_a_contact_and_what_is_half_written_survives(
    sitting: Opened, seats: list[Seat]
) -> None:
    address = chat(seats, "Көмектесіңізші")
    first, second = sitting(FIRST), sitting(SECOND)
    for window in (first, second):
        window.at(address)
    first.page.get_by_role("button", name="Take this contact").click()
    expect(first.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    second.page.get_by_role("button", name="Take this contact").click()
    expect(second.page.get_by_text("Another operator was faster")).to_be_visible()

    first.page.locator("#message").fill("Мен осында")
    first.page.locator("input[name=caller][value=child_self]").check()
    expect(first.page.get_by_text("Kept.", exact=True)).to_be_visible()
    wrote(address, "Тағы бір сөз")
    expect(first.page.get_by_text("Тағы бір сөз")).to_be_visible()  # live, and nothing of the box is lost
    expect(first.page.locator("#message")).to_have_value("Мен осында")
    context = first.page.context
    first.page.evaluate("() => { window.stop(); }")
    first.page.close()  # the tab is gone without a word
    fresh = context.new_page()
    fresh.goto(first.site.url + address)
    expect(fresh.locator("#message")).to_have_value("Мен осында")
    expect(fresh.locator("input[name=caller][value=child_self]")).to_be_checked()
    fresh.locator("#message").press("Control+Enter")
    expect(fresh.locator(".a-talk__ours")).to_have_count(1)
    expect(fresh.locator("#message")).to_have_value("")


def test_a_call_begins_by_one_key_beside_chats_and_keys_turn(sitting: Opened, seats: list[Seat]) -> None:
    chat(seats, "Біреу бар ма?")
    window = sitting(SECOND)
    page = window.at("/helpline/")
    page.keyboard.press("Alt+n")
    expect(page.get_by_text("Біреу бар ма?")).to_be_visible()
    page.keyboard.press("F2")
    expect(page.locator("h1")).to_contain_text("Telephone")
    looked_at(window)
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_text("Біреу бар ма?")).to_be_visible()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("h1")).to_contain_text("Telephone")
    page.get_by_role("button", name="Wrong number").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    assert window.complaints == []


def test_a_call_back_is_taken_once(sitting: Opened, seats: list[Seat]) -> None:
    first, second = sitting(FIRST), sitting(SECOND)
    for window in (first, second):
        window.at("/helpline/call-backs/")
    first.page.get_by_role("button", name="Take", exact=True).click()
    expect(first.page.get_by_text("+77010000001")).to_be_visible()
    looked_at(first)
    second.page.get_by_role("button", name="Take", exact=True).click()
    expect(second.page.get_by_text("Another operator has taken this call-back.")).to_be_visible()
    expect(second.page.get_by_text("+77010000001")).to_have_count(0)
    first.page.get_by_role("button", name="talked").click()
    expect(first.page.get_by_text("Nobody is to be rung", exact=True)).to_be_visible()
    with system("helpline"):
        assert CallBack.objects.get().attempts == 1


@pytest.mark.parametrize(("width", "language"), [(PHONE, "ru"), (DESKTOP, "kk")])
def test_danger_shows_and_a_supervisor_joins(sitting: Opened, seats: list[Seat], width: int, language: str) -> None:
    address = chat(seats, f"Қорқамын {width}", danger="not_safe")
    operator, head = sitting(FIRST, width=width, language=language), sitting(HEAD, width=width, language=language)
    looked_at(operator, address)
    operator.page.locator("form[action$='/take/'] button").click()
    expect(operator.page.locator("#pass")).to_be_visible()
    looked_at(operator)
    looked_at(head, "/helpline/wall/")
    head.page.locator(f"a[href='{address}']").click()
    head.page.locator("button[formaction$='/join/']").click()
    expect(head.page.locator("#message")).to_be_visible()
    for path in (f"{address}signal/", "/helpline/", "/helpline/past/"):
        looked_at(operator, path)
    assert operator.complaints == []
    assert head.complaints == []


def test_everything_works_without_a_script(sitting: Opened, seats: list[Seat]) -> None:
    address = chat(seats, "Скриптсіз")
    window = sitting(SECOND, scripts=False)
    page = window.page
    page.goto(window.site.url + address)
    page.locator("form[action$='/take/'] button").click()
    page.locator("#message").fill("Тыңдап тұрмын")
    page.locator("select[name=reason]").select_option("anger")
    page.locator("button[formaction$='/say/']").click()
    expect(page.locator(".a-talk__ours")).to_have_count(1)
    expect(page.locator("select[name=reason]")).to_have_value("anger")
    page.locator("button[data-key=log]").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
