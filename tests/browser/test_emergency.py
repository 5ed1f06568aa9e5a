"""Emergency access and who looked, on a phone, in Kazakh."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from arasha.web.actions import Seat
from tests.browser.conftest import PHONE, Look

pytestmark = pytest.mark.browser
COORDINATOR, NEIGHBOUR, HEAD = "Гүлнар Әбдікерімова", "Тимур Рахимов", "Нұрлан Бекмұратов"


def faults(window: Look, path: str) -> list[str]:
    window.at(path)
    return [*window.axe(), *window.sideways()]


def test_a_neighbour_opens_a_file_in_an_emergency_and_the_coordinator_sees_who_and_reviews(
    look: Callable[..., Look], seats: list[Seat]
) -> None:
    def signed_in(name: str) -> Look:
        window = look(width=PHONE, language="kk")
        window.at("/sign-in/").get_by_role("button", name=name).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    coordinator, neighbour = signed_in(COORDINATOR), signed_in(NEIGHBOUR)
    page = coordinator.at("/signals/")
    signal = page.locator("td a").first.get_attribute("href") or ""
    page.goto(coordinator.site.url + signal)
    file = page.locator("aside a[href^='/files/']").get_attribute("href") or ""
    assert faults(coordinator, f"{signal}bar/") == []

    assert faults(neighbour, "/emergency/") == []
    secret = next(seat.account.totp_secret for seat in seats if seat.login == "neighbour")
    neighbour.page.locator("main a.govuk-button").click()
    neighbour.page.locator("input[name=code]").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    neighbour.page.locator("input[name=code]").press("Enter")
    neighbour.page.wait_for_url("**/emergency/")
    assert [*neighbour.axe(), *neighbour.sideways()] == []
    neighbour.page.locator("input[name=named]").fill(neighbour.site.url + file)
    neighbour.page.locator("input[name=reason]").first.check()
    neighbour.page.locator("button.govuk-button--warning").click()
    neighbour.page.wait_for_url(f"**{file}")

    assert faults(coordinator, f"{file}looks/") == []
    expect(coordinator.page.locator("table")).to_contain_text(NEIGHBOUR)
    assert faults(coordinator, "/emergency/openings/") == []
    coordinator.page.locator("button[name=justified][value=yes]").click()
    expect(coordinator.page.locator("main")).to_contain_text("негізді")
    assert faults(signed_in(HEAD), "/budgets/") == []
