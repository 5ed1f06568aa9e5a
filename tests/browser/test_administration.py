"""An administrator arranges the district, and its duty is seen by who must ring, on phone and desktop."""

from collections.abc import Callable
from datetime import time

import pytest
from playwright.sync_api import expect

from arasha.administration import actions
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import Unit
from arasha.kernel.worktime.queries import domain_now
from arasha.web.actions import Seat
from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, Look

pytestmark = pytest.mark.browser
ADMINISTRATOR, NURSE = "Олжас Ким", "Раушан Төлегенова"
PAGES = (
    "/administration/",
    "/administration/units/",
    "/administration/proposals/",
    "/administration/bodies/",
    "/administration/bodies/?words=nothing",
    "/administration/bodies/add/",
    "/administration/bodies/{body}/",
    "/administration/bodies/{body}/change/",
    "/administration/bodies/{body}/units/add/",
    "/administration/structure/",
    "/administration/structure/table/",
    "/administration/calendar/",
    "/access-tables/",
    "/administration/units/{unit}/posts/{post}/change/",
    "/administration/units/{unit}/",
    "/administration/units/{unit}/change/",
    "/administration/units/{unit}/functions/",
    "/administration/units/{unit}/posts/",
    "/administration/units/{unit}/end/",
    "/duty/",
    "/duty/{unit}/",
    "/duty/{unit}/add/",
    "/duty/{unit}/change/",
    "/duty/{unit}/table/",
)


@pytest.fixture(scope="module")
def unit(demonstrated: list[Seat]) -> int:
    """The district's juvenile inspection, on duty round the clock, so that the hour of the test does not matter."""
    made: list[Seat] = demonstrated
    assert made
    with system("demonstrate") as actor:
        found = Unit.objects.get(code="police-saryagash-juvenile").pk
        actions.add_hours(
            actor=actor,
            now=domain_now(),
            unit_id=found,
            weekdays=range(7),
            starts=time(8),
            ends=time(8),
            name="Дәурен Сейітқали",
            phone="8 701 234 56 78",
            since=domain_now(),
        )
    return found


def signed_in(look: Callable[..., Look], name: str, width: int, language: str) -> Look:
    """Somebody's window."""
    window = look(width=width, language=language)
    window.at("/sign-in/").get_by_role("button", name=name).click()
    expect(window.page.locator("h1")).to_be_visible()
    return window


@pytest.mark.parametrize(("width", "language"), [(PHONE, "kk"), (DESKTOP, "ru"), (NARROWEST, "en")])
def test_every_page_is_usable(look: Callable[..., Look], unit: int, width: int, language: str) -> None:
    window = signed_in(look, ADMINISTRATOR, width, language)
    with system("test"):
        body, post = Unit.objects.values_list("body_id", "posts__pk").get(pk=unit)
    for path in PAGES:
        window.at(path.format(unit=unit, body=body, post=post))
        assert [*window.axe(), *window.sideways()] == [], path
    assert window.complaints == []


def test_a_function_is_proposed_by_hand_and_waits(look: Callable[..., Look], unit: int) -> None:
    window = signed_in(look, ADMINISTRATOR, DESKTOP, "en")
    page = window.at(f"/administration/units/{unit}/functions/")
    page.locator("select[name=function]").select_option("helpline")
    page.get_by_role("button", name="Continue").press("Enter")
    page.wait_for_url(f"**/administration/units/{unit}/")
    expect(page.locator("main")).to_contain_text("waits for a second person")
    page = window.at("/administration/proposals/")
    expect(page.locator("button[value=confirm]")).to_have_count(0)  # not one's own
    page.locator("button[value=withdraw]").click()
    expect(page.locator("main")).to_contain_text("The proposal is withdrawn.")


def test_a_unit_is_changed_by_hand_and_a_table_is_tried_before_it_is_proposed(
    look: Callable[..., Look], unit: int
) -> None:
    window = signed_in(look, ADMINISTRATOR, PHONE, "kk")
    page = window.at(f"/administration/units/{unit}/change/")
    page.locator("input[name=phone]").fill("8 7253 71 23 45")
    page.locator("form[method=post] button.govuk-button").last.press("Enter")
    page.wait_for_url(f"**/administration/units/{unit}/")
    page = window.at("/administration/proposals/")
    page.locator("th a").first.click()
    expect(page.locator("main")).to_contain_text("+7 72537 1 23 45")
    assert [*window.axe(), *window.sideways()] == []
    page.locator("button[value=withdraw]").click()
    page = window.at("/administration/structure/table/")
    table = (
        "what;code;body;name_kk;name_ru;name_en;territory;sector;kind\nbody;new-body;;К;Р;E;615400000;health;hospital\n"
    )
    page.locator("textarea[name=table]").fill(table.replace("hospital", "palace"))
    page.locator("form[method=post] button.govuk-button").last.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_contain_text("palace")
    assert [*window.axe(), *window.sideways()] == []
    expect(page.locator("textarea[name=table]")).to_have_value(table.replace("hospital", "palace"))
    page.locator("textarea[name=table]").fill(table)
    page.locator("form[method=post] button.govuk-button").last.press("Enter")
    expect(page.locator("#would")).to_be_visible()
    assert [*window.axe(), *window.sideways()] == []


def test_a_nurse_finds_the_number_to_ring(look: Callable[..., Look], unit: int) -> None:
    window = signed_in(look, NURSE, PHONE, "kk")
    page = window.at(f"/duty/{unit}/")
    assert [*window.axe(), *window.sideways()] == []
    expect(page.locator("a[href^='tel:']").first).to_have_attribute("href", "tel:+7-701-234-5678")
