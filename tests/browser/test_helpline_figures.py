"""The helpline's figures and lines in the browser, full and empty, in three languages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import expect

from arasha.kernel.worktime.queries import domain_now
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, Look, Site

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
HEAD = "Гүлжан Бекенова"
# Before anything of the demonstration.
BEFORE = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
MARCH = "?from=2026-03&to=2026-03"


@pytest.fixture(scope="module")
def seats(site: Site, demonstrated: list[Seat]) -> list[Seat]:
    """The demonstration district, whose helpline has a head and a month of contacts and calls."""
    made = demonstrated
    head = next(seat for seat in made if seat.login == "helpline")
    put_down(site, head)
    return made


def put_down(site: Site, head: Seat) -> None:
    """Let contacts and calls lie there as they are written down, and the operator answer for the line."""
    at, lately = BEFORE, domain_now() - timedelta(hours=2)
    with psycopg.connect(site.database.superuser, autocommit=True) as owner:
        for table in ("access_post", "helpline_contact", "helpline_call"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
        owner.execute("UPDATE access_post SET rank = 'head' WHERE id = %s", [head.post_id])
        for number in range(60):
            owner.execute(
                "INSERT INTO helpline_contact (id, dossier_id, unit_id, channel, external, source, repeats, language,"
                " state, began_at, unanswered, taken_at, first_reply_at, logged_at, operator_id, danger, caller, kind,"
                " reason, reasons, sex, age, region_id, steps, referred) VALUES (%s, %s, %s, %s, '', '', 0, 'kk',"
                " 'ended', %s, 0, %s, %s, %s, %s, 'safe', 'child_self', 'counselling', %s, '{}', %s, '10_12', %s,"
                " '{}', '{}')",
                [
                    *(uuid4(), uuid4(), head.unit_id, "chat" if number % 3 else "telephone", at, at),
                    *(at + timedelta(seconds=number), at + timedelta(minutes=9), head.post_id),
                    *("physical" if number % 2 else "learning", "girl" if number % 5 else "boy"),
                    "610000000" if number % 2 else "750000000",
                ],
            )
            owner.execute(
                "INSERT INTO helpline_call (id, unit_id, account_id, external, state, outcome, began_at, heard_at,"
                " queue, extension, answered_by, ended_by, wait, talk, held, transfers, conference, gaps, wished, due)"
                " VALUES (%s, %s, 1, %s, 'over', %s, %s, %s, 'children', '299', '299', 'caller', %s, 61000, 0, 0,"
                " false, '{}', false, false)",
                [
                    *(uuid4(), head.unit_id, str(number), "answered" if number % 4 else "abandoned"),
                    *(lately, lately, number * 1000),
                ],
            )


@pytest.fixture
def sitting(look: Opened, seats: list[Seat]) -> Opened:
    """Open a window in which somebody has signed in."""

    def signed_in(name: str, *, width: int = DESKTOP, language: str = "en") -> Look:
        window = look(width=width, language=language)
        window.at("/sign-in/").get_by_role("button", name=name).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in


def looked_at(window: Look, path: str) -> None:
    """Hold a page to what every page is held to."""
    window.at(path)
    assert window.axe() == []
    assert window.sideways() == []
    assert window.complaints == []


@pytest.mark.parametrize(("width", "language"), [(PHONE, "kk"), (DESKTOP, "ru"), (NARROWEST, "en")])
def test_the_pages_hold_in_every_language(sitting: Opened, width: int, language: str) -> None:
    window = sitting(HEAD, width=width, language=language)
    for path in (
        "/helpline/figures/",
        f"/helpline/figures/{MARCH}",
        "/helpline/figures/past/",
        "/helpline/lines/",
        "/helpline/figures/?from=2020-01&to=2020-02",
    ):
        looked_at(window, path)


def test_the_supervisor_reads_figures_narrows_them_and_gives_a_line(sitting: Opened, seats: list[Seat]) -> None:
    window = sitting(HEAD)
    page = window.at(f"/helpline/figures/{MARCH}")
    row = page.locator("tr", has=page.get_by_role("rowheader", name="Contacts", exact=True))
    expect(row.locator("td").first).to_have_text("60")
    page.locator("select[name=region]").select_option("610000000")
    page.locator("main form button[type=submit]").first.click()
    expect(
        page.locator("tr", has=page.get_by_role("rowheader", name="Contacts", exact=True)).locator("td").first
    ).to_have_text("30")
    with page.expect_download() as given:
        page.locator("a[href*='/figures/file/']").click()
    assert given.value.suggested_filename.endswith(".csv")
    page = window.at("/helpline/lines/")
    expect(page.locator("main")).to_contain_text("299")
    page.locator("input[name=number]").fill("299")
    page.locator("select[name=post]").select_option(index=1)
    page.locator("main form button").last.click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main")).not_to_contain_text("seven days")
    page.locator("main tbody form button").click()
    expect(page.locator("main")).to_contain_text("seven days")
