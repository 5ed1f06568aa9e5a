"""Phrases by keyboard, a caller who wishes to be known, the hand-over of a shift and a debrief, in the browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, PHONE, Look
from tests.browser.test_helpline import FIRST, HEAD, SECOND, chat, looked_at, seats, sitting

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
__all__ = ["seats", "sitting"]


def taken(window: Look, address: str) -> None:
    """Take a contact that waits."""
    window.at(address)
    window.page.locator("form[action$='/take/'] button").click()
    expect(window.page.locator("#message")).to_be_visible()


def test_a_phrase_goes_in_at_the_cursor_by_keyboard_alone(sitting: Opened, seats: list[Seat]) -> None:
    window = sitting(FIRST)
    taken(window, chat(seats, "Сәлем"))
    page = window.page
    message = page.locator("#message")
    message.fill("Иә. Соңы")
    message.press("Home")
    for _ in range(3):
        message.press("ArrowRight")
    page.keyboard.press("Alt+p")
    expect(page.locator("#phrase_q")).to_be_focused()
    page.locator("#phrase_language").select_option("kk")
    page.locator("#phrase_q").focus()
    page.keyboard.type("safe-now")
    expect(page.locator("#phrase-list li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(message).to_have_value("Иә. Дәл қазір қауіпсіз жердесің бе? Соңы")
    expect(message).to_be_focused()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    page.keyboard.press("Alt+p")
    page.keyboard.type("call-1")
    expect(page.locator("#phrase-list li")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(message).to_have_value("Иә. Дәл қазір қауіпсіз жердесің бе? " + words_of("103") + " Соңы")
    looked_at(window)
    head = sitting(HEAD)
    looked_at(head, "/helpline/phrases/")
    expect(head.page.get_by_text("1 · safe-now")).to_be_visible()
    assert window.complaints == []


def words_of(number: str) -> str:
    """Return the Kazakh words of the shipped phrase that names a number."""
    return {
        "103": "Жарақат алсаң немесе жағдайың нашарласа, 103 нөміріне қоңырау шал – жедел жәрдем.",
    }[number]


def test_a_phrase_goes_in_without_a_script(sitting: Opened, seats: list[Seat]) -> None:
    window = sitting(FIRST, scripts=False)
    taken(window, chat(seats, "Сәлем"))
    page = window.page
    page.locator("#message").fill("Сәлем!")
    page.locator("#phrases summary").click()
    page.locator("#phrase_q").fill("thank")
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator("#phrase-list button").first.click()
    expect(page.locator("#message")).to_have_value("Сәлем! Thank you for telling me. It takes courage.")


def planned(head: Look, begins: timedelta, ends: timedelta, who: str) -> None:
    """Plan a shift on its page."""
    now = domain_now()
    head.at("/helpline/shifts/plan/")
    for name, moment in (("starts_at", now + begins), ("ends_at", now + ends)):
        head.page.locator(f"[name={name}]").fill(local(moment).strftime("%Y-%m-%dT%H:%M"))
    head.page.get_by_label(who).check()
    head.page.locator("main form button[type=submit]").first.click()
    expect(head.page.locator(".a-shifts")).to_contain_text(who)


def test_a_shift_is_handed_over_matter_by_matter(sitting: Opened, seats: list[Seat]) -> None:
    head, first, second = sitting(HEAD), sitting(FIRST), sitting(SECOND, width=PHONE)
    planned(head, timedelta(hours=-7), timedelta(hours=1), FIRST)
    planned(head, timedelta(minutes=30), timedelta(hours=9), SECOND)
    address = chat(seats, "Маған кешке жазыңызшы")
    taken(first, address)
    matter = f"#m-{address.split('/')[2]}"
    looked_at(first, "/helpline/shifts/")
    mine = first.page.locator(matter)
    mine.locator("summary").click()
    mine.locator("textarea").fill("Кешкі сегізде жазамыз дедім")
    mine.get_by_role("button", name="Keep").click()
    expect(first.page.locator(matter)).to_contain_text("Кешкі сегізде жазамыз дедім")
    looked_at(second, "/helpline/shifts/")
    theirs = second.page.locator(matter)
    expect(theirs).to_contain_text("Кешкі сегізде жазамыз дедім")
    theirs.get_by_role("button", name="I take it over").click()
    expect(second.page.locator(matter)).to_contain_text("taken over")
    first.at(address)
    expect(first.page.locator("#message")).to_have_count(0)
    second.at(address)
    expect(second.page.locator("#message")).to_be_visible()
    assert second.complaints == []


@pytest.mark.parametrize(("width", "language"), [(PHONE, "ru"), (DESKTOP, "kk")])
def test_the_pages_are_sound(sitting: Opened, seats: list[Seat], width: int, language: str) -> None:
    window = sitting(FIRST, width=width, language=language)
    address = chat(seats, f"Қайырлы күн {width}")
    taken(window, address)
    looked_at(window, f"{address}profile/")
    page = window.page
    page.locator("[name=open-wished]").check()
    page.locator("[name=open-word]").fill(f"көк айдаһар {width} {language}")
    page.locator("main form button.govuk-button:not(.govuk-button--secondary)").last.click()
    expect(page.locator("[name=note-note]")).to_be_visible()
    page.locator("button[name=flag]").first.click()
    looked_at(window)
    window.at(address)
    page.locator("button[formaction$='/heavy/']").click()
    expect(page.locator("[name=supervisor]").first).to_be_visible()
    looked_at(window)
    for path in ("phrases/", "shifts/"):
        looked_at(window, f"/helpline/{path}")
    head = sitting(HEAD, width=width, language=language)
    for path in ("profiles/", "debriefs/", "shifts/plan/"):
        looked_at(head, f"/helpline/{path}")
