"""An adoption, lived in the browser: guardianship parts a child in two, and only by asking learns who is who."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import transaction
from playwright.sync_api import expect

from arasha.cases.actions import accept_lead, offer_lead
from arasha.kernel.access.actions import enter
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.queries import domain_now
from arasha.people.queries import child_of
from arasha.people.rules import Described, Name, birth_said
from arasha.signals.actions import open_case_from
from arasha.signals.models import Signal
from arasha.web.actions import Seat
from arasha.web.stage import begin
from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
GUARDIAN = "Бақыт Жұмабеков"


@pytest.fixture(scope="module")
def seats(demonstrated: list[Seat]) -> dict[str, Seat]:
    """The demonstration district's people, each in their first post."""
    return {seat.login: seat for seat in reversed(demonstrated)}


@pytest.fixture(scope="module")
def both(seats: dict[str, Seat]) -> list[str]:
    """The pages of one child in two files that guardianship leads: before an adoption, and after it."""
    guardian, pages = seats["guardianship"], []
    for surname in ("Сейтқали", "Ахметова"):
        child = Described(name=Name(surname, "Аяжан", ""), birth=birth_said(age=7, on=domain_now().date()), sex="girl")
        with transaction.atomic():
            actor = _as(seats["coordinator"])
            signal = Signal.objects.filter(state="waiting").earliest("received_at")
            file = open_case_from(actor=actor, signal=signal.pk, child=child, now=domain_now()).dossier_id
            reason = "other_body"
            offer = offer_lead(actor=actor, dossier=file, to_unit=guardian.unit_id, reason=reason, now=domain_now())
        with transaction.atomic():
            accept_lead(actor=_as(guardian), offer=offer.pk, now=domain_now())
            pages.append(_page(file))
    return pages


def _as(seat: Seat) -> Actor:
    return enter(begin(seat), seat.post_id)


def _page(file: UUID) -> str:
    child = child_of(file)
    assert child is not None
    return f"/people/{file}/{child.pk}/"


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "en"), (PHONE, "kk")])
def test_guardianship_seals_once_and_is_told_only_when_it_asks(
    look: Opened, both: list[str], width: int, language: str
) -> None:
    window = look(width=width, language=language)
    window.at("/sign-in/").get_by_role("button", name=GUARDIAN).click()
    expect(window.page.locator("h1")).to_be_visible()
    page = window.at(both[1])
    page.locator(f'a[href="{both[1]}adoption/"]').click()
    page.locator("#id_q").fill("seitkali ayazhan")
    page.locator("form[role=search] button").last.click()
    expect(page.locator("input[type=radio]")).to_have_count(1)
    assert window.axe() == []
    assert window.sideways() == []
    page.locator("input[type=radio]").check()
    page.locator("form[action$='/seal/'] button").click()
    page.locator("form[action$='/tell/'] button").click()
    expect(page.locator(f'aside a[href="{both[0]}"]')).to_have_count(1)
    assert window.axe() == []
    page.locator("form[action$='/lift/'] button").click()
    expect(page.locator("form[action$='/tell/']")).to_have_count(1)
