"""Infrastructure in the browser: a promise and a need are entered, and stand side by side, neither set off."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from arasha.kernel.worktime.queries import domain_now
from tests.browser.conftest import PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
COORDINATOR, READER = "Гүлнар Әбдікерімова", "Айгүл Сейітқызы"
DISTRICT = "615400000"
SIDE_BY_SIDE = f"/infrastructure/?area={DISTRICT}&kind=school"


def day(more: int) -> str:
    """Return a day as forms take it."""
    return f"{domain_now() + timedelta(days=more):%d.%m.%Y}"


def looked_at(window: Look) -> None:
    """Hold a page to what every page is held to."""
    assert window.axe() == []
    assert window.sideways() == []


def send(page: Page) -> None:
    """Send the form of a page."""
    page.locator("main form button[type=submit]").last.click()


def promise(window: Look) -> str:
    """Enter a promise, wrong at first; returns its page."""
    page = window.at("/infrastructure/commitments/add/")
    looked_at(window)
    page.select_option("[name=kind]", "school")
    page.select_option("[name=territory]", DISTRICT)
    for name, typed in (
        ("what", "Дарбаза ауылындағы мектеп"),
        ("count", "2"),
        ("promised_by", "Түркістан облысының әкімдігі"),
        ("promised_on", day(-90)),
        ("due_on", day(-1)),
    ):
        page.fill(f"[name={name}]", typed)
    send(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    looked_at(window)
    page.fill("[name=document]", "№ 12 қаулы, 3-бет")
    send(page)
    expect(page.locator("h1")).to_have_text("Дарбаза ауылындағы мектеп")
    looked_at(window)
    return page.url.removeprefix(window.site.url)


def opened(window: Look) -> None:
    """Say that one of the two opened."""
    page = window.page
    page.select_option("[name=kind]", "opened")
    page.fill("[name=on]", day(-2))
    page.fill("[name=count]", "1")
    page.fill("[name=source]", "Қабылдау актісі № 5")
    send(page)
    looked_at(window)


def need(window: Look, count: int, counted_by: str) -> None:
    """Enter how many are missing."""
    page = window.at("/infrastructure/needs/add/")
    looked_at(window)
    page.select_option("[name=kind]", "school")
    page.select_option("[name=territory]", DISTRICT)
    page.fill("[name=count]", str(count))
    page.fill("[name=counted_by]", counted_by)
    page.fill("[name=counted_on]", day(-3))
    page.fill("[name=source]", "2026 жылғы тізім")
    send(page)
    expect(page.locator("main table")).to_be_visible()
    looked_at(window)


def test_a_promise_and_a_need_stand_side_by_side(as_person: Opened) -> None:
    window = as_person(COORDINATOR)
    address = promise(window)
    opened(window)
    need(window, 7, "Аудан әкімдігі")
    need(window, 11, "Министрлік")
    reader = as_person(READER, width=PHONE)
    for one in (window, reader):
        page = one.at(SIDE_BY_SIDE)
        row = page.locator("main tbody tr").first
        for words in ("7", "Аудан әкімдігі", "11", "Министрлік"):
            expect(row.locator("td").first).to_contain_text(words)
        assert [cell.inner_text() for cell in row.locator("td.govuk-table__cell--numeric").all()] == [
            "2",
            "1",
            "1",
            "0",
        ]
        looked_at(one)
    page = reader.at(address)
    expect(page.locator("main form")).to_have_count(0)
    looked_at(reader)
    page = window.at(SIDE_BY_SIDE)
    page.get_by_role("link", name="11", exact=True).first.click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    for path in ("/infrastructure/", "/infrastructure/commitments/", f"/infrastructure/needs/?area={DISTRICT}"):
        assert window.unsound(path) == []
