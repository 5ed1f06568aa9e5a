"""Pages of proposals: a keeper decides line by line, and the provider's own people propose."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from arasha.kernel.access.tests import cast
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.services import actions
from arasha.services.models import Offering, Site
from arasha.services.tests.directory import (
    DISTRICT,
    FAMILY_SUPPORT,
    HELP,
    OFFICE,
    Directory,
    acting,
    answered,
    browser_of,
    entered,
)
from tests.database import as_owner

TODAY = datetime.now(UTC)
OFFERING: dict[str, Any] = {
    "service": "family_support",
    "age_from": "0",
    "age_to": "17",
    "sexes": "all",
    "with_parent": "yes",
    "siblings": "unknown",
    "languages": ["kk", "ru"],
    "served": [DISTRICT],
    "cost": "free",
    "status": "open",
}


@pytest.fixture(autouse=True)
def _instance(directory: Directory) -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=TODAY, using="default")


@pytest.fixture
def browser(directory: Directory) -> Client:
    return browser_of(directory.district)


def text_of(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status
    return str(answer.content.decode())


def sent(browser: Client, path: str, data: Mapping[str, Any], status: int = 302) -> str:
    answer = browser.post(path, data)
    assert answer.status_code == status, answer.content.decode()
    return answer["Location"] if status == 302 else str(answer.content.decode())


def test_from_a_link_to_what_is_taken(browser: Client, directory: Directory) -> None:
    provider, site, offering = entered(directory.district)
    page = browser.post(f"/services/keep/sites/{site}/link/")
    assert "it is shown once" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    said = {"site": {"phone": "111", "address_ru": "ул. Новая, 2 'x'"}, "offerings": {str(offering): {"cost": "paid"}}}
    proposal = answered(directory.district, site, said | {"evil": "<script>"})
    assert "An answer waits" in text_of(browser, f"/services/keep/{provider}/")
    path = f"/services/keep/proposals/{proposal}/"
    shown = text_of(browser, path)
    for words in (
        "ул. Исмаилова, 1",
        "ул. Новая, 2 &#x27;x&#x27;",
        "This is the number of: Unified helpline.",
        "was left out",
    ):
        assert words in shown
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen
    assert "Nothing was decided" in sent(browser, path, {"seen": seen[1]}, 422)
    refused = sent(browser, path, {"seen": seen[1], "line-0": "take"}, 422)
    assert "another keeper must first ring" in refused
    sent(browser, f"{path}vouch/", {"rang": "old"})
    assert "You rang. Another keeper must take the new number." in text_of(browser, path)
    sent(
        browser,
        path,
        {"seen": seen[1], "line-0": "foreign_number", "line-1": "take", "line-2": "not_so", "line-3": "take"},
    )
    with as_owner():
        row, what = Site.objects.get(), Offering.objects.get()
    assert (row.phone, row.address_ru, what.cost) == ("+77253721122", "ул. Новая, 2 'x'", "free")
    assert what.verified_on == cast.day_of(datetime.now(UTC))
    assert "An answer waits" not in text_of(browser, f"/services/keep/{provider}/")


def test_the_providers_own_people_look_at_their_entry_and_propose(directory: Directory) -> None:
    with acting(directory.district) as actor:
        provider = actions.add_provider(actor=actor, said=FAMILY_SUPPORT, now=TODAY, body_id=directory.nurse.body_id)
        site = actions.add_site(actor=actor, provider_id=provider, said=OFFICE, now=TODAY)
        offering = actions.add_offering(actor=actor, site_id=site, said=HELP, now=TODAY)
    browser = browser_of(directory.nurse)
    assert str(offering) in text_of(browser, "/services/own/")
    for path in (f"/services/own/sites/{site}/", f"/services/own/offerings/{offering}/"):
        assert "changes nothing yet" in text_of(browser, path)
    told = {"phone": "+7 725 372 11 22", "day_0": "9–18", "address_kk": "x", "address_ru": "y"}
    sent(browser, f"/services/own/sites/{site}/", told)
    fields = {name: OFFERING[name] for name in ("age_from", "age_to", "sexes", "with_parent", "siblings", "languages")}
    sent(browser, f"/services/own/offerings/{offering}/", fields | {"cost": "part", "status": "paused"})
    keeper = browser_of(directory.district)
    assert text_of(keeper, f"/services/keep/{provider}/").count("Proposed by those who work there") == 2
    assert sent(browser, f"/services/own/sites/{site}/", {"phone": "12"}, 422)
